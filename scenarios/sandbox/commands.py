"""The commands by which lines and links are changed together with their document: (0, 0, values) and the like."""

from collections.abc import Sequence
from typing import Any

from scenarios.sandbox import reading
from scenarios.sandbox.env import Env, Values
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.fields import Field, Model

CREATE, UPDATE, DELETE, UNLINK, LINK, CLEAR, SET = range(7)


def run(env: Env, model: Model, record: int, values: Values) -> None:
    """Carry out every x2many value of the record."""
    for name, given in values.items():
        field = model.fields.get(name)
        if field is None or not field.many or field.delegate or given in (None, False):
            continue
        for command in _commands(model.name, field, given):
            if field.type == "one2many":
                _on_lines(env, field, record, command)
            else:
                _on_links(env, model.name, field, record, command)


def _commands(model: str, field: Field, given: Any) -> list[Sequence[Any]]:
    if not isinstance(given, (list, tuple)):
        raise WrongValue(f"Wrong value for {model}.{field.name}: {given!r}")
    if given and all(isinstance(each, int) and not isinstance(each, bool) for each in given):
        return [(SET, 0, list(given))]
    for each in given:
        if not isinstance(each, (list, tuple)) or not each or each[0] not in range(7):
            raise WrongValue(f"Wrong value for {model}.{field.name}: {given!r}")
    return list(given)


def _on_lines(env: Env, field: Field, record: int, command: Sequence[Any]) -> None:
    """A command on a one2many: the lines' own many2one is what changes."""
    code = command[0]
    if not field.inverse:
        return
    if code == CREATE:
        env.create(field.relation, {**command[2], field.inverse: record})
    elif code == UPDATE:
        env.write(field.relation, [command[1]], command[2])
    elif code == DELETE:
        env.unlink(field.relation, [command[1]])
    elif code == LINK:
        env.write(field.relation, [command[1]], {field.inverse: record})
    else:
        _release(env, field, record, command)


def _release(env: Env, field: Field, record: int, command: Sequence[Any]) -> None:
    """Lines that leave: deleted when they cannot be without their document."""
    owner = env.engine.model(field.relation).fields[field.inverse]
    lines = sorted(env.engine.table(field.relation).having(field.inverse, record))
    kept = list(command[2]) if command[0] == SET else []
    leaving = [command[1]] if command[0] == UNLINK else [i for i in lines if i not in kept]
    if owner.required:
        env.unlink(field.relation, leaving)
    elif leaving:
        env.write(field.relation, leaving, {field.inverse: False})
    for joining in kept:
        if joining not in lines:
            env.write(field.relation, [joining], {field.inverse: record})


def _on_links(env: Env, model: str, field: Field, record: int, command: Sequence[Any]) -> None:
    """A command on a many2many: the list of ids is what changes."""
    code = command[0]
    before = reading.column(env, model, field, [record])[record]
    if code == CREATE:
        after = [*before, env.create(field.relation, command[2])]
    elif code == UPDATE:
        env.write(field.relation, [command[1]], command[2])
        return
    elif code == DELETE:
        env.unlink(field.relation, [command[1]])
        return
    elif code == UNLINK:
        after = [i for i in before if i != command[1]]
    elif code == LINK:
        after = before if command[1] in before else [*before, command[1]]
    else:
        after = [] if code == CLEAR else list(dict.fromkeys(command[2]))
    _link(env, model, field, record, before, after)


def _link(env: Env, model: str, field: Field, record: int, before: list[int], after: list[int]) -> None:
    if field.mirror:
        for other in set(before) ^ set(after):
            theirs = env.engine.model(field.relation).fields[field.mirror]
            code = LINK if other in after else UNLINK
            _on_links(env, field.relation, theirs, other, (code, record))
    elif field.column:
        row = env.engine.table(model).rows[record]
        kept = {k: v for k, v in row.items() if k != field.name}
        env.engine.put(model, record, {**kept, field.name: sorted(after)} if after else kept)
