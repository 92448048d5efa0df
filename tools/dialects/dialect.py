"""Says a call in the words of the Odoo that is asked, and its answer in the words that the desk thinks in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat

from domain.calls import Call
from domain.ports import Transport
from domain.values import Json, Row
from tools.dialects.differences import Ask, Method
from tools.dialects.hearing import Hearing
from tools.dialects.phrasing import Phrasing
from tools.dialects.versions import DIFFERENCES, NATIVE

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "create": ("vals_list",),
    "fields_get": ("allfields", "attributes"),
    "read": ("ids", "fields", "load"),
    "read_group": ("domain", "fields", "groupby", "offset", "limit", "orderby", "lazy"),
    "search": ("domain", "offset", "limit", "order"),
    "search_count": ("domain", "limit"),
    "search_read": ("domain", "fields", "offset", "limit", "order"),
    "write": ("ids", "vals"),
}
"""What the positional arguments of a method are, where fields are named in them."""


class Dialect:
    """The words of one version of Odoo, beside those of Odoo 18."""

    def __init__(self, version: int) -> None:
        self.version = version
        differences = DIFFERENCES[version]
        self._phrasing = Phrasing(version, differences.fields)
        self._hearing = Hearing(differences.fields)
        self._methods = {(row.model, row.ours): row for row in differences.methods}
        self._context = {row.ours: row.theirs for row in differences.context}

    def spoken(self, call: Call, uid: int) -> Call:
        """The call of a user as this version wants it; raises UnknownField for what it cannot be asked."""
        names = [*PARAMETERS.get(call.method, ()), *repeat("", len(call.args))]
        args = tuple(self._said(call, name, value) for name, value in zip(names, call.args, strict=False))
        kwargs = {name: self._said(call, name, value) for name, value in call.kwargs.items()}
        row = self._method(call)
        said = replace(call, args=args, kwargs=kwargs)
        return replace(said, method=row.theirs or call.method, args=row.args(args, uid)) if row else said

    def understood(self, call: Call, answer: Json, ask: Ask) -> Json:
        """The answer to a call as Odoo 18 would have given it; ``ask`` looks up what an answer does not say itself."""
        if row := self._method(call):
            return row.answer(answer)
        match call.method, answer:
            case "read" | "search_read", [dict(), *_]:
                return [*self._hearing.rows(call.model, _given(call, "fields"), _dicts(answer), ask)]
            case "read_group", [dict(), *_]:
                return [*self._hearing.groups(call.model, _dicts(answer))]
            case "fields_get", dict():
                return self._hearing.definitions(call.model, _given(call, "allfields"), answer)
        return answer

    def _said(self, call: Call, name: str, value: Json) -> Json:
        """One argument by its name."""
        if name == "context" and isinstance(value, dict):
            return {self._context.get(key, key): each for key, each in value.items()}
        if call.method not in PARAMETERS:
            return value
        return self._argument(call.model, call.method, name, _plain(value))

    def _argument(self, model: str, method: str, name: str, value: Json) -> Json:
        say = self._phrasing
        match name:
            case "domain":
                return say.domain(model, value)
            case "groupby":
                return say.grouped(model, value)
            case "fields" if method == "read_group":
                return say.grouped(model, value)
            case "fields" | "allfields":
                return say.read(model, value)
            case "order" | "orderby":
                return say.order(model, value)
            case "vals" | "vals_list":
                return say.values(model, value)
        return value

    def _method(self, call: Call) -> Method | None:
        return self._methods.get((call.model, call.method)) or self._methods.get((None, call.method))


class Speaking:
    """A way to an Odoo of another version that takes Odoo 18's words and gives them."""

    def __init__(self, inner: Transport, dialect: Dialect) -> None:
        self._inner = inner
        self._dialect = dialect

    @property
    def uid(self) -> int:
        return self._inner.uid

    def execute(self, call: Call) -> Json:
        """Carry out one call; raises OdooFault."""
        said = self._dialect.spoken(call, self.uid)
        return self._dialect.understood(call, self._inner.execute(said), self._beside(said))

    def _beside(self, call: Call) -> Ask:
        """Further looks in the company and language of a call; what is archived is seen, what is forbidden is not."""
        given = call.kwargs.get("context")
        context: Row = {**(given if isinstance(given, dict) else {}), "active_test": False}

        def ask(model: str, ids: Iterable[int], fields: Sequence[str]) -> Mapping[int, Row]:
            wanted: list[Json] = [*sorted({*ids} - {0})]
            kwargs: Row = {"domain": [["id", "in", wanted]], "fields": [*fields], "context": context}
            look = Call(model=model, method="search_read", kwargs=kwargs)
            return {int(str(row["id"])): row for row in _dicts(self._inner.execute(look))} if wanted else {}

        return ask


def dialect(version: int) -> Dialect:
    """The words of one version: 17, 18 or 19."""
    return Dialect(version)


def speaking(inner: Transport, version: int) -> Transport:
    """The way itself where it speaks Odoo 18's words already, else one that translates."""
    return inner if version == NATIVE else Speaking(inner, dialect(version))


def _given(call: Call, name: str) -> Json:
    """An argument of a call, by position or by name."""
    at = PARAMETERS[call.method].index(name)
    return _plain(call.args[at] if at < len(call.args) else call.kwargs.get(name))


def _dicts(answer: Json) -> list[Row]:
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


def _plain(value: Json) -> Json:
    """Tuples as the lists that JSON makes of them."""
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    return value
