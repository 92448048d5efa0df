"""Raw reads: columns, the other ends of relations, and fields that are worked out when asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from scenarios.sandbox import naming
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.faults import MissingError, WrongValue
from scenarios.sandbox.fields import Field, Model
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import REGISTRY


def rows(env: Env, model: str, ids: Sequence[int]) -> list[Record]:
    """Each existing record the user may read; AccessError when a rule hides one."""
    access.check(env, model, "read", ids)
    return _rows(env, model, ids)


def _rows(env: Env, model: str, ids: Iterable[int]) -> list[Record]:
    table = env.engine.table(model)
    hidden = env.engine.model(model).per_company
    found = []
    for record in ids:
        row = table.rows.get(record)
        if row is None:
            continue
        kept = {k: v for k, v in row.items() if k not in hidden} if hidden else row
        whole = Record(env, model, kept)
        whole["id"] = record
        found.append(whole)
    return found


def row(env: Env, model: str, record: int) -> Record:
    found = rows(env, model, [record])
    if not found:
        raise MissingError.of(model, record, env.uid)
    return found[0]


def value_of(env: Env, model: str, record: int, field: str) -> Any:
    """One field of one record, rights not asked (the record is in the caller's hands already)."""
    known = env.engine.model(model).fields
    if field not in known:
        raise WrongValue(f"Invalid field '{field}' on model '{model}'")
    return column(env, model, known[field], [record])[record]


def values(env: Env, model: str, ids: Sequence[int], fields: Sequence[str]) -> list[Record]:
    """The named fields of each existing record, worked out for all of them at once."""
    access.check(env, model, "read", ids)
    described = env.engine.model(model)
    table = env.engine.table(model)
    present = [record for record in ids if record in table.rows]
    found = {record: Record(env, model, {"id": record}) for record in present}
    for name, by_record in columns(env, described, present, fields).items():
        for record, whole in found.items():
            whole[name] = by_record[record]
    return [found[record] for record in present]


def columns(env: Env, model: Model, ids: list[int], fields: Sequence[str]) -> dict[str, dict[int, Raw]]:
    """Field to id to raw value; a compute runs once for all the fields it gives."""
    answered: dict[str, dict[int, Raw]] = {}
    computed: defaultdict[Callable[..., Any], list[str]] = defaultdict(list)
    for name in fields:
        if name == "id":
            continue
        if name not in model.fields:
            raise WrongValue(f"Invalid field '{name}' on model '{model.name}'")
        compute = REGISTRY.computes.get((model.name, name))
        if compute is not None:
            computed[compute].append(name)
        else:
            answered[name] = column(env, model.name, model.fields[name], ids)
    for function, names in computed.items():
        results = function(env, ids) if ids else {}
        for name in names:
            empty = model.fields[name].empty
            answered[name] = {i: results.get(i, {}).get(name, empty) for i in ids}
    return answered


def column(env: Env, model: str, field: Field, ids: Sequence[int]) -> dict[int, Raw]:
    """One field of existing records, wherever its value comes from."""
    compute = REGISTRY.computes.get((model, field.name))
    if compute is not None:
        results = compute(env, list(ids))
        return {i: results.get(i, {}).get(field.name, field.empty) for i in ids}
    path = REGISTRY.related.get((model, field.name))
    if path is not None:
        return _through(env, model, path, field, ids)
    if field.delegate:
        return _through(env, model, f"{field.delegate}.{field.name}", field, ids)
    if field.name == "display_name":
        return naming.names(env, model, ids, column)
    if field.name == "id":
        return {i: i for i in ids}
    if field.column:
        return _stored(env, model, field, ids)
    if field.inverse or field.mirror:
        return {i: other_end(env, model, field, i) for i in ids}
    return dict.fromkeys(ids, field.empty)


def _stored(env: Env, model: str, field: Field, ids: Sequence[int]) -> dict[int, Raw]:
    rows = env.engine.table(model).rows
    name = field.name
    if field.company_dependent:
        company = str(env.company)
        return {i: rows[i].get(name, {}).get(company, field.empty) for i in ids if i in rows}
    if field.many:
        return {i: list(rows[i].get(name, ())) for i in ids if i in rows}
    empty = field.empty
    return {i: rows[i].get(name, empty) for i in ids if i in rows}


def _through(env: Env, model: str, path: str, field: Field, ids: Sequence[int]) -> dict[int, Raw]:
    """A field at the end of a dotted path of many2one fields; rights are not asked on the way."""
    su = env.sudo()
    head, _, rest = path.partition(".")
    links = column(su, model, env.engine.model(model).fields[head], ids)
    if not rest:
        return links
    relation = env.engine.model(model).fields[head].relation
    targets = sorted({link for link in links.values() if link and link in env.engine.table(relation).rows})
    first, _, more = rest.partition(".")
    next_field = env.engine.model(relation).fields[first]
    found = _through(su, relation, rest, next_field, targets) if more else column(su, relation, next_field, targets)
    return {i: found.get(link, field.empty) for i, link in links.items()}


def other_end(env: Env, model: str, field: Field, record: int) -> list[int]:
    """The records whose many2one (or mirrored many2many) leads to this one, in their model's order."""
    relation = env.engine.model(field.relation)
    table = env.engine.table(field.relation)
    found = table.having(field.mirror or field.inverse, record)
    if field.thread:
        found = {i for i in found if table.rows[i].get(field.thread) == model}
    hides = "active" in relation.fields and env.context.get("active_test", True) and relation.fields["active"].column
    if hides:
        found = {i for i in found if table.rows[i].get("active")}
    return sorted(found)
