"""What one version of Odoo answers, put into Odoo 18's words: rows, groups and descriptions of fields."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.values import Json, Row
from tools.dialects.differences import Ask, Beside, Field


class Hearing:
    """The words of one version in its answers."""

    def __init__(self, rows: Iterable[Field]) -> None:
        self._rows: dict[str, dict[str, Field]] = {}
        for row in rows:
            self._rows.setdefault(row.model, {})[row.ours] = row

    def rows(self, model: str, asked: Json, rows: Sequence[Row], ask: Ask) -> list[Row]:
        """Rows as Odoo 18 would have read them; without a list of fields, all that this version has."""
        known = self._rows.get(model, {})
        wanted = list(map(str, asked)) if isinstance(asked, list) and asked else None
        said = [row for name, row in known.items() if name in (wanted or known)]
        if not rows or not said:
            return [*rows]
        said = [row for row in said if {*row.theirs} <= {*rows[0]}]
        found = {row.beside: row.beside(rows, ask) for row in said if row.beside}
        return [_kept(row, wanted, _said(row, said, found), self._hidden(model)) for row in rows]

    def groups(self, model: str, groups: Sequence[Row]) -> list[Row]:
        """``read_group``'s answer by Odoo 18's names."""
        ours = {row.plain: name for name, row in self._rows.get(model, {}).items() if row.plain}
        return [{_back(name, ours): value for name, value in group.items()} for group in groups]

    def definitions(self, model: str, asked: Json, fields: Row) -> Row:
        """``fields_get``'s answer; a field that is read by several is described by the first of them."""
        known = [row for row in self._rows.get(model, {}).values() if {*row.theirs} <= {*fields}]
        told = {name: each for name, each in fields.items() if name not in self._hidden(model)}
        told |= {row.ours: fields[row.theirs[0]] for row in known}
        wanted = asked if isinstance(asked, list) and asked else told
        return {name: each for name, each in told.items() if name in wanted}

    def _hidden(self, model: str) -> frozenset[str]:
        """Their names for what has one of ours."""
        return frozenset(row.plain for row in self._rows.get(model, {}).values() if row.plain)


def _said(row: Row, fields: Iterable[Field], found: Mapping[Beside, Mapping[int, Json]]) -> Row:
    """What this version says of one record, by Odoo 18's names."""
    record = int(str(row["id"]))
    beside = {each.ours: found[each.beside].get(record) if each.beside else None for each in fields}
    return {each.ours: each.value(row, beside[each.ours]) for each in fields}


def _kept(row: Row, wanted: Sequence[str] | None, said: Row, hidden: Collection[str]) -> Row:
    if wanted is None:
        return {name: value for name, value in row.items() if name not in hidden} | said
    both = row | said
    return {name: both[name] for name in ("id", *wanted) if name in both}


def _back(name: str, ours: Mapping[str, str]) -> str:
    """A key of a group: a field, one with its period, or a count of it."""
    field, colon, how = name.partition(":")
    stem, count = field.removesuffix("_count"), "_count" if field.endswith("_count") else ""
    return f"{ours[stem]}{count}{colon}{how}" if stem in ours else name
