"""``load``: records from a table of text with external ids, so that a repeated load updates what the first one made."""

from collections.abc import Sequence
from typing import Any

from scenarios.sandbox import sequences
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import SandboxFault, WrongValue
from scenarios.sandbox.fields import Field, Model
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import model_method


class NoMatch(Exception):
    """A cell names a record that is not there."""

    def __init__(self, field: Field, way: str, text: str) -> None:
        super().__init__(f"No matching record found for {way} '{text}' in field '{field.label}'")
        self.field = field.name
        self.label = field.label
        self.choices = _choices(field.relation, by_name=way == "name")


def _choices(model: str, *, by_name: bool) -> dict[str, Any]:
    """The window in which a person would look for what could have been meant."""
    where: dict[str, Any] = {"res_model": "ir.model.data", "domain": [["model", "=", model]]}
    return {
        "name": "Possible Values",
        "type": "ir.actions.act_window",
        "target": "new",
        "view_mode": "list,form",
        "views": [[False, "list"], [False, "form"]],
        "context": {"create": False},
        **({"res_model": model} if by_name else where),
    }


@model_method("*", "load")
def load(env: Env, model: str, fields: Sequence[str], data: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """``ids`` of what was made or updated; on a failure nothing is kept, ``ids`` is False and ``messages`` say why."""
    described = env.engine.model(model)
    paths = [tuple(name.split("/")) for name in fields]
    ids: list[int] = []
    messages: list[dict[str, Any]] = []
    point = env.engine.savepoint()
    for place, (first, last, rows) in enumerate(_records(described, paths, data)):
        try:
            ids.append(_save(env, described, _cells(described, paths, rows)))
        except (SandboxFault, NoMatch) as problem:
            messages.append(_message(place, first, last, problem))
    if messages:
        env.engine.roll_back_to(point)
    return {"ids": False if messages else ids, "messages": messages, "nextrow": 0}


def _records(
    model: Model, paths: list[tuple[str, ...]], data: Sequence[Sequence[Any]]
) -> list[tuple[int, int, list[Sequence[Any]]]]:
    """Rows whose own cells are all empty continue the record above with one more line."""
    own = [n for n, path in enumerate(paths) if not _is_lines(model, path[0])]
    found: list[tuple[int, int, list[Sequence[Any]]]] = []
    for number, row in enumerate(data):
        if found and not any(row[n] not in ("", False, None) for n in own):
            first, _, rows = found[-1]
            found[-1] = (first, number, [*rows, row])
        else:
            found.append((number, number, [row]))
    return found


def _is_lines(model: Model, name: str) -> bool:
    return name in model.fields and model.fields[name].type == "one2many"


def _cells(model: Model, paths: list[tuple[str, ...]], rows: list[Sequence[Any]]) -> dict[str, Any]:
    """Column name to text for the record itself, and for each of its lines."""
    cells: dict[str, Any] = {}
    for path, value in zip(paths, rows[0], strict=True):
        if not _is_lines(model, path[0]):
            cells["/".join(path)] = value
    for row in rows:
        lines: dict[str, dict[str, Any]] = {}
        for path, value in zip(paths, row, strict=True):
            if _is_lines(model, path[0]) and value not in ("", False, None):
                lines.setdefault(path[0], {})["/".join(path[1:])] = value
        for name, line in lines.items():
            cells.setdefault(name, []).append(line)
    return cells


def _save(env: Env, model: Model, cells: dict[str, Any]) -> int:
    """Update the record its external or database id names, else create it."""
    values = _values(env, model, cells)
    record = _known(env, model.name, cells)
    if record:
        env.write(model.name, [record], values)
    else:
        record = env.create(model.name, {k: v for k, v in values.items() if v is not None})
        if cells.get("id"):
            sequences.name_record(env, _whole(cells["id"]), model.name, record)
    _save_lines(env, model, cells, record)
    return record


def _save_lines(env: Env, model: Model, cells: dict[str, Any], record: int) -> None:
    """Lines with an id of their own, once their document is there to belong to."""
    for name, lines in cells.items():
        if not isinstance(lines, list):
            continue
        field = model.fields[name]
        theirs = env.engine.model(field.relation)
        for line in lines:
            if line.get("id") or line.get(".id"):
                values = {**_values(env, theirs, line), field.inverse: record}
                known = _known(env, theirs.name, line)
                if known:
                    env.write(theirs.name, [known], values)
                else:
                    made = env.create(theirs.name, values)
                    sequences.name_record(env, _whole(line["id"]), theirs.name, made)


def _values(env: Env, model: Model, cells: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in cells.items():
        if name in ("id", ".id"):
            continue
        head, _, way = name.partition("/")
        field = model.fields.get(head)
        if field is None:
            raise WrongValue(f"Invalid field '{head}' on model '{model.name}'")
        if isinstance(text, list):
            theirs = env.engine.model(field.relation)
            plain = [line for line in text if not (line.get("id") or line.get(".id"))]
            values[head] = [(0, 0, _values(env, theirs, line)) for line in plain]
        else:
            values[head] = _converted(env, field, way, text)
    return values


def _converted(env: Env, field: Field, way: str, text: Any) -> Any:
    if field.type == "many2one":
        return _link(env, field, way, text)
    if field.type == "boolean":
        return str(text).lower() in ("1", "true", "yes")
    if field.type == "selection":
        return next((key for key, label in field.selection if text in (key, label)), text)
    return text


def _link(env: Env, field: Field, way: str, text: Any) -> int | bool:
    """By database id, by external id, or by name."""
    if text in ("", False, None):
        return False
    if way == ".id":
        record = int(text)
        if record not in env.engine.table(field.relation).rows:
            raise NoMatch(field, "database id", text)
        return record
    if way == "id":
        try:
            return sequences.reference(env, _whole(text))[1]
        except WrongValue:
            raise NoMatch(field, "external id", text) from None
    found = env.search(field.relation, [("display_name", "=", text)], limit=1)
    if not found:
        raise NoMatch(field, "name", text)
    return found[0]


def _known(env: Env, model: str, cells: dict[str, Any]) -> int | None:
    """The record these cells name by an id, if it is there."""
    if cells.get(".id"):
        return int(cells[".id"])
    if not cells.get("id"):
        return None
    try:
        named, record = sequences.reference(env, _whole(cells["id"]))
    except WrongValue:
        return None
    return record if named == model and record in access.visible(env, model, [record]) else None


def _whole(xmlid: str) -> str:
    """An external id without a module belongs to the imports."""
    return xmlid if "." in xmlid else f"__import__.{xmlid}"


def _message(place: int, first: int, last: int, problem: Exception) -> dict[str, Any]:
    told: dict[str, Any] = {
        "rows": {"from": first, "to": last},
        "type": "error",
        "record": place,
        "message": str(problem),
    }
    if isinstance(problem, NoMatch):
        told |= {"field": problem.field, "field_name": problem.label, "moreinfo": problem.choices}
    return told
