"""``read_group``: totals by product, by state, by day, as Odoo's own reports ask for them."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple, TypeAlias

from scenarios.sandbox import reading
from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.fields import NUMERIC, Field
from scenarios.sandbox.registry import REGISTRY, model_method
from scenarios.sandbox.searches import grains, headings, ordering
from scenarios.sandbox.searches.headings import By

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


class Total(NamedTuple):
    """One aggregated column of the answer."""

    name: str
    function: str
    field: Field


Columns: TypeAlias = Mapping[str, Mapping[int, Raw]]
"""Field to record to value."""


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
    columns = _columns(env, model, env.search(model, domain), by, totals)
    groups = _groups(env, by, columns)
    answers = _answers(env, by, groups, headings.written_out(domain))
    for answer, ids in zip(answers, groups.values(), strict=True):
        answer[f"{by[0].field.name}_count" if lazy and by else "__count"] = len(ids)
        answer.update({total.name: _totalled(total, columns[total.field.name], ids) for total in totals})
    if lazy and specs[1:]:
        for answer in answers:
            answer["__context"] = {"group_by": specs[1:]}
    _refuse_order(orderby, {*specs, *(b.field.name for b in by), *(total.name for total in totals)})
    return _sorted(answers, orderby)[offset : offset + limit if limit else None]


def _refuse_order(orderby: str | bool, told: Collection[str]) -> None:
    """Groups are put in the order of what they are told with."""
    for term in orderby.split(",") if isinstance(orderby, str) else ():
        name = (term.split() or [""])[0]
        counted = name == "id" or name.endswith("_count")
        if not counted and name not in told and name.partition(":")[0] not in told:
            raise WrongValue(f"Order term '{term.strip()}' is not a valid aggregate nor valid groupby")


@model_method("*", "formatted_read_group")
def formatted_read_group(
    env: Env,
    model: str,
    domain: Sequence[Any],
    groupby: Sequence[str] = (),
    aggregates: Sequence[str] = (),
    offset: int = 0,
    limit: int | None = None,
    order: str | bool | None = None,
) -> list[dict[str, Any]]:
    """The groups by all fields at once, each with what leads from the domain to it; ``having`` is not known."""
    by = [_by(env, model, spec) for spec in groupby]
    totals = {spec: _total(env, model, spec) for spec in aggregates}
    columns = _columns(env, model, env.search(model, domain), by, [total for total in totals.values() if total])
    groups = _groups(env, by, columns)
    answers = [_formatted(answer) for answer in _answers(env, by, groups, [])]
    for answer, ids in zip(answers, groups.values(), strict=True):
        for spec, total in totals.items():
            answer[spec] = _totalled(total, columns[total.field.name], ids) if total else len(ids)
    return _sorted(answers, order or False)[offset : offset + limit if limit else None]


def _formatted(answer: dict[str, Any]) -> dict[str, Any]:
    """A period is shown with the day it begins."""
    begun = {spec: [bounds["from"], answer[spec]] for spec, bounds in answer.get("__range", {}).items()}
    plain = {key: value for key, value in answer.items() if not key.startswith("__")}
    return {**plain, **begun, "__extra_domain": answer["__domain"]}


def _by(env: Env, model: str, spec: str) -> By:
    name, _, grain = spec.partition(":")
    field = env.engine.model(model).fields.get(name)
    if field is None:
        raise WrongValue(f"Invalid field '{name}' on model '{model}'")
    if not _stored(model, field):
        raise WrongValue(f"Cannot convert {model}.{name} to SQL because it is not stored")
    if grain and grain not in grains.GRAINS:
        raise WrongValue(f"Granularity specification isn't correct: '{grain}'")
    return By(spec, field, grain or ("month" if field.type in ("date", "datetime") else ""))


def _stored(model: str, field: Field) -> bool:
    """Whether the database can group by it: kept here, or by a way of links kept elsewhere."""
    kept = field.stored and field.type != "one2many"
    return kept or bool(field.delegate) or (model, field.name) in REGISTRY.related


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
    return Total(name, function or "sum", field)


def _columns(env: Env, model: str, ids: list[int], by: list[By], totals: list[Total]) -> Columns:
    """What is grouped and totalled, by field; the ids themselves always."""
    needed = dict.fromkeys([*(b.field.name for b in by), *(t.field.name for t in totals)])
    return {"id": {i: i for i in ids}, **reading.columns(env.sudo(), env.engine.model(model), ids, list(needed))}


def _groups(env: Env, by: list[By], columns: Columns) -> dict[tuple[Raw, ...], list[int]]:
    """The records by what they share, groups in the order of their fields; without fields one group of all."""
    found: defaultdict[tuple[Raw, ...], list[int]] = defaultdict(list)
    places = [[_bucket(env, b, value) for value in columns[b.field.name].values()] for b in by]
    for record, key in zip(columns["id"], zip(*places, strict=True) if by else repeat(()), strict=False):
        found[key].append(record)
    if not by:
        found.setdefault((), [])
    return {key: found[key] for key in _in_order(env, by, found)}


def _bucket(env: Env, by: By, value: Raw) -> Raw:
    """What records of one group share: a date's group is where it starts."""
    if by.grain and value:
        return grains.start(env, by.field, by.grain, value)
    return tuple(value) if isinstance(value, list) else value


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


def _answers(env: Env, by: list[By], keys: Iterable[tuple[Raw, ...]], domain: list[Any]) -> list[dict[str, Any]]:
    """One for each group, without its figures yet."""
    known = [headings.headings(env, each, {key[place] for key in keys}) for place, each in enumerate(by)]
    rows = [[values[value] for values, value in zip(known, key, strict=True)] for key in keys]
    return [{**headings.named(by, row), **headings.found_again(domain, by, row)} for row in rows]


def _totalled(total: Total, column: Mapping[int, Raw], ids: list[int]) -> Any:
    values = [column[i] for i in ids]
    return AGGREGATES[total.function](values if total.field.type in NUMERIC else [v for v in values if v])


def _sorted(answers: list[dict[str, Any]], orderby: str | bool) -> list[dict[str, Any]]:
    if not isinstance(orderby, str):
        return answers
    for term in reversed(orderby.split(",")):
        name, *rest = term.split()
        answers.sort(key=lambda a, n=name: _sortable(a.get(n)), reverse=rest == ["desc"])  # type: ignore[misc]
    return answers


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is False, value[1] if isinstance(value, list) else value or 0)
