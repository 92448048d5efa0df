"""``read_group``: totals by product, by state, by day, as Odoo's own reports ask for them."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from scenarios.sandbox import grains, ordering, reading
from scenarios.sandbox.env import Env, Record
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.fields import NUMERIC, Field
from scenarios.sandbox.registry import model_method

AGGREGATES: dict[str, Callable[[list[Any]], Any]] = {
    "sum": lambda values: sum(values) if values else 0.0,
    "avg": lambda values: sum(values) / len(values) if values else 0.0,
    "min": lambda values: min(values, default=False),
    "max": lambda values: max(values, default=False),
    "count": len,
    "count_distinct": lambda values: len(set(values)),
    "array_agg": list,
    "bool_or": any,
    "bool_and": all,
}


class By(NamedTuple):
    """One field to group by; dates with how much of them."""

    spec: str
    field: Field
    grain: str


class Total(NamedTuple):
    """One aggregated column of the answer."""

    name: str
    function: str
    field: str


@model_method("*", "read_group")
def read_group(
    env: Env,
    model: str,
    domain: Sequence[Any],
    fields: Sequence[str],
    groupby: Sequence[str] | str,
    offset: int = 0,
    limit: int | None = None,
    orderby: str | bool = False,
    lazy: bool = True,
) -> list[dict[str, Any]]:
    """The groups that have records; with ``lazy`` only the first field groups."""
    specs = [groupby] if isinstance(groupby, str) else list(groupby)
    by = [_by(env, model, spec) for spec in (specs[:1] if lazy else specs)]
    totals = [t for t in (_total(env, model, spec) for spec in fields) if t and t.name not in specs]
    ids = env.search(model, domain)
    needed = list(dict.fromkeys([*(b.field.name for b in by), *(t.field for t in totals if t.field != "id")]))
    rows = env.sudo().value(model, ids, needed)
    groups: defaultdict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for row in rows:
        groups[tuple(_bucket(env, b, row[b.field.name]) for b in by)].append(row)
    if not by:
        groups.setdefault((), rows)
    answers = [
        _answer(env, model, list(domain), by, totals, key, groups[key], lazy) for key in _in_order(env, by, groups)
    ]
    if lazy and specs[1:]:
        for answer in answers:
            answer["__context"] = {"group_by": specs[1:]}
    return _sorted(answers, orderby)[offset : offset + limit if limit else None]


def _by(env: Env, model: str, spec: str) -> By:
    name, _, grain = spec.partition(":")
    field = env.engine.model(model).fields.get(name)
    if field is None:
        raise WrongValue(f"Invalid field '{name}' on model '{model}'")
    return By(spec, field, grain or ("month" if field.type in ("date", "datetime") else ""))


def _total(env: Env, model: str, spec: str) -> Total | None:
    """``field``, ``field:function`` or ``name:function(field)``; a field that is no number has no total."""
    matched = re.fullmatch(r"(\w+)(?::(\w+)(?:\((\w+)\))?)?", spec)
    if matched is None:
        raise WrongValue(f"Invalid field specification '{spec}'.")
    name, function, inner = matched[1], matched[2], matched[3] or matched[1]
    field = env.engine.model(model).fields.get(inner)
    if inner == "__count":
        return None
    if field is None:
        raise WrongValue(f"Invalid field '{inner}' on model '{model}'")
    if function is None and (field.type not in NUMERIC or field.name == "id"):
        return None
    if (function or "sum") not in AGGREGATES:
        raise WrongValue(f"Invalid aggregate method '{function}' for '{spec}'.")
    return Total(name, function or "sum", inner)


def _bucket(env: Env, by: By, value: Any) -> Any:
    """What records of one group share: a date's group is where it starts."""
    if isinstance(value, list):
        return tuple(value)
    return grains.start(env, by.field, by.grain, value) if by.grain and value else value


def _in_order(env: Env, by: list[By], groups: dict[tuple[Any, ...], Any]) -> list[tuple[Any, ...]]:
    """Groups in the order of their fields; empty ones last."""
    keys = list(groups)
    for place, each in reversed(list(enumerate(by))):
        values = {key[place] for key in keys}
        if each.field.type == "many2one":
            ranked = {v: n for n, v in enumerate(ordering.ordered(env, each.field.relation, {v for v in values if v}))}
        else:
            ranked = {v: n for n, v in enumerate(sorted((v for v in values if v), key=lambda v: (str(type(v)), v)))}
        keys.sort(key=lambda key, p=place, r=ranked: r.get(key[p], len(r)))  # type: ignore[misc]
    return keys


def _answer(
    env: Env,
    model: str,
    domain: list[Any],
    by: list[By],
    totals: list[Total],
    key: tuple[Any, ...],
    rows: list[Record],
    lazy: bool,
) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    terms: list[list[Any]] = []
    ranges: dict[str, Any] = {}
    for each, value in zip(by, key, strict=True):
        if each.grain and value:
            bounds = {
                "from": grains.boundary(env, each.field, value),
                "to": grains.boundary(env, each.field, grains.end(each.grain, value)),
            }
            answer[each.spec], ranges[each.spec] = grains.label(each.grain, value), bounds
            terms.append(["&", [each.field.name, ">=", bounds["from"]], [each.field.name, "<", bounds["to"]]])
        else:
            answer[each.spec] = _shown(env, each.field, value)
            terms.append([[each.field.name, "=", list(value) if isinstance(value, tuple) else value]])
    answer[f"{by[0].field.name}_count" if lazy and by else "__count"] = len(rows)
    for total in totals:
        field = env.engine.model(model).fields[total.field]
        values = [row[total.field] for row in rows]
        kept = values if field.type in NUMERIC else [v for v in values if v]
        answer[total.name] = AGGREGATES[total.function](kept)
    answer["__domain"] = _joined(domain, terms)
    if ranges:
        answer["__range"] = ranges
    return answer


def _shown(env: Env, field: Field, value: Any) -> Any:
    if field.type != "many2one" or not value:
        return list(value) if isinstance(value, tuple) else value
    described = env.engine.model(field.relation)
    return [value, reading.columns(env.sudo(), described, [value], ["display_name"])["display_name"][value]]


def _joined(domain: list[Any], terms: list[list[Any]]) -> list[Any]:
    """The caller's domain and the group's own terms, in prefix notation."""
    parts = ([_normal(domain)] if domain else []) + terms
    joined: list[Any] = ["&"] * (len(parts) - 1)
    for part in parts:
        joined.extend(part)
    return joined


def _normal(domain: list[Any]) -> list[Any]:
    """The same domain with every *and* written out."""
    wanted = 1
    out: list[Any] = []
    for term in domain:
        if wanted == 0:
            out.insert(0, "&")
            wanted = 1
        out.append(term)
        wanted += {"&": 1, "|": 1, "!": 0}.get(term, -1) if isinstance(term, str) else -1
    return out


def _sorted(answers: list[dict[str, Any]], orderby: str | bool) -> list[dict[str, Any]]:
    if not isinstance(orderby, str):
        return answers
    for term in reversed(orderby.split(",")):
        name, *rest = term.split()
        answers.sort(key=lambda a, n=name: _sortable(a.get(n)), reverse=rest == ["desc"])  # type: ignore[misc]
    return answers


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is False, value[1] if isinstance(value, list) else value or 0)
