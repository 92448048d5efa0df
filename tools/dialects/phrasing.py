"""What is asked of one version of Odoo, put into its words: fields, searches, orders, groups and values to write."""

from collections.abc import Iterable, Sequence
from itertools import chain

from domain.faults import UnknownField
from domain.values import Json
from tools.dialects.differences import Field
from tools.dialects.leads import LEADS


class Phrasing:
    """The words of one version in a call; every method takes Odoo 18's names, and raises UnknownField for no like."""

    def __init__(self, version: int, rows: Iterable[Field]) -> None:
        self._version = version
        self._rows: dict[str, dict[str, Field]] = {}
        for row in rows:
            self._rows.setdefault(row.model, {})[row.ours] = row

    def row(self, model: str, name: str) -> Field | None:
        """How this version has the field, None where it has it just so."""
        return self._rows.get(model, {}).get(name)

    def read(self, model: str, names: Json) -> Json:
        """The fields to read, each once."""
        if not isinstance(names, list):
            return names
        known = self._rows.get(model, {})
        said = (known[name].theirs if name in known else (name,) for name in map(str, names))
        return [*dict.fromkeys(chain.from_iterable(said))]

    def order(self, model: str, terms: Json) -> Json:
        """``date desc, id``."""
        if not isinstance(terms, str) or not terms:
            return terms
        named = (term.split() for term in terms.split(","))
        return ", ".join(" ".join([self._sorted(model, name), *how]) for name, *how in named)

    def grouped(self, model: str, terms: Json) -> Json:
        """Fields to group by or to sum, with their period or function: ``date:week``."""
        match terms:
            case str():
                name, colon, how = terms.partition(":")
                return f"{self._plain(model, name)}{colon}{how}"
            case list():
                return [self.grouped(model, term) for term in terms]
        return terms

    def values(self, model: str, given: Json) -> Json:
        """Values to write, of one record or of several, with the lines inside them."""
        match given:
            case dict():
                return {name: said for ours, value in given.items() for name, said in self._set(model, ours, value)}
            case list():
                return [self.values(model, one) for one in given]
        return given

    def domain(self, model: str, terms: Json) -> Json:
        """A search domain; one term may become an expression of several."""
        return [said for term in terms for said in self._term(model, term)] if isinstance(terms, list) else terms

    def _plain(self, model: str, name: str) -> str:
        row = self.row(model, name)
        if row and not row.plain:
            raise self._unsaid(row, "cannot group or sort by")
        return row.plain if row and row.plain else name

    def _sorted(self, model: str, name: str) -> str:
        """One that is only counted otherwise is sorted as it is kept."""
        row = self.row(model, name)
        return name if row and row.sorts and name in row.theirs else self._plain(model, name)

    def _set(self, model: str, name: str, value: Json) -> Iterable[tuple[str, Json]]:
        child, row = LEADS.get((model, name)), self.row(model, name)
        said = [self._command(child, command) for command in value] if child and isinstance(value, list) else value
        if row is None:
            return [(name, said)]
        if row.written is None:
            raise self._unsaid(row, "cannot be told")
        return row.written(said).items()

    def _command(self, child: str, command: Json) -> Json:
        """One of Odoo's commands on the lines of a document: (0, 0, values), (1, id, values) or one without values."""
        match command:
            case [0 | 1 as what, record, dict() as values]:
                return [what, record, self.values(child, values)]
        return command

    def _term(self, model: str, term: Json) -> Sequence[Json]:
        match term:
            case [str() as path, str() as operator, value]:
                return self._leaf(model, path, operator, value)
        return [term]

    def _leaf(self, model: str, path: str, operator: str, value: Json) -> Sequence[Json]:
        name, dot, rest = path.partition(".")
        row, onward = self.row(model, name), LEADS.get((model, name))
        if dot:
            there = self._leaf(onward, rest, operator, value) if onward else [[rest, operator, value]]
            return [_behind(self._plain(model, name), term) for term in there]
        said = self.domain(onward, value) if onward and operator in {"any", "not any"} else value
        if row is None:
            return [[name, operator, said]]
        if row.asked is None:
            raise self._unsaid(row, "cannot search by")
        return row.asked(operator, said)

    def _unsaid(self, row: Field, why: str) -> UnknownField:
        hint = f"; {row.because}" if row.because else ""
        return UnknownField(f"Odoo {self._version} {why} {row.ours} of {row.model}{hint}")


def _behind(path: str, term: Json) -> Json:
    """A term of the record that a path leads to."""
    return [f"{path}.{term[0]}", *term[1:]] if isinstance(term, list) else term
