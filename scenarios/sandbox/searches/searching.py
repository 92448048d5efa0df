"""Finding records: a domain is worked through from its cheapest conditions to its dearest, over ever fewer records."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from scenarios.sandbox import reading
from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.fields import Field, Model
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import REGISTRY
from scenarios.sandbox.searches import domains, ordering, wellformed
from scenarios.sandbox.searches.domains import All, Either, Leaf, Node, Nope


def search(
    env: Env, model: str, domain: Sequence[Any], order: str = "", limit: int | None = None, offset: int = 0
) -> list[int]:
    """The matching ids the user may see, in order."""
    access.check_model(env, model, "read")
    found = ordering.ordered(env, model, access.visible(env, model, matching(env, model, domain)), order)
    return found[offset : offset + limit if limit else None]


def matching(env: Env, model: str, domain: Any) -> set[int]:
    """The matching ids, rights not asked; archived records only when asked for."""
    described = env.engine.model(model)
    if domain is False and env.engine.release.reads_domains_first:
        return set()
    tree = domains.parse(wellformed.check(domain, read_first=env.engine.release.reads_domains_first))
    if _hides_archived(env, described, tree):
        rest = tree.parts if isinstance(tree, All) else (tree,)
        tree = All((*rest, Leaf("active", "=", True)))
    return _evaluate(env, described, tree, None)


def _hides_archived(env: Env, model: Model, tree: Node) -> bool:
    known = model.fields.get("active")
    return (
        known is not None
        and known.column
        and env.context.get("active_test", True) is not False
        and not domains.mentions(tree, "active")
    )


def _evaluate(env: Env, model: Model, node: Node, among: set[int] | None) -> set[int]:
    """The records that match, out of those given (None is all of them)."""
    if isinstance(node, Leaf):
        return _leaf(env, model, node, among)
    if isinstance(node, Nope):
        whole = among if among is not None else set(env.engine.table(model.name).rows)
        return whole - _evaluate(env, model, node.part, whole)
    if isinstance(node, Either):
        found: set[int] = set()
        for part in node.parts:
            found |= _evaluate(env, model, part, among)
        return found
    for part in sorted(node.parts, key=lambda each: _effort(model, each)):
        among = _evaluate(env, model, part, among)
    return set(env.engine.table(model.name).rows) if among is None else among


def _effort(model: Model, node: Node) -> int:
    """Conditions that an index answers come first, computed fields last."""
    if isinstance(node, Nope):
        return 3
    if not isinstance(node, Leaf):
        return 2 + max((_effort(model, part) for part in node.parts), default=0)
    field = model.fields.get(node.path.partition(".")[0])
    if field is None or field.name == "id":
        return 0
    if not field.column and not field.inverse and not field.delegate:
        return 6
    return 1 if node.operator in ("=", "in") else 2


def _leaf(env: Env, model: Model, leaf: Leaf, among: set[int] | None) -> set[int]:
    head, _, rest = leaf.path.partition(".")
    field = model.fields.get(head)
    if field is None:
        raise WrongValue(f"Invalid field {model.name}.{head} in leaf {(leaf.path, leaf.operator, leaf.value)!r}")
    path = REGISTRY.related.get((model.name, head))
    computed = (model.name, head) in REGISTRY.computes
    if not computed and (path or field.delegate):
        through = f"{path or f'{field.delegate}.{head}'}{'.' + rest if rest else ''}"
        return _leaf(env, model, Leaf(through, leaf.operator, leaf.value), among)
    if not field.searchable and not field.inverse and not field.mirror:
        if not env.engine.release.ignores_unstored_conditions:
            raise WrongValue(f"Cannot convert {model.name}.{field.name} to SQL because it is not stored")
        return _all(env, model, among)
    if rest:
        inner = [(rest, leaf.operator, leaf.value)]
        return _linked(env, model, field, _inside(env, field, inner), among)
    if field.relation and leaf.operator != "=?":
        return _relational(env, model, field, leaf, among)
    return _plain(env, model, field, leaf, among)


def _inside(env: Env, field: Field, domain: Sequence[Any]) -> set[int]:
    """Matches at the other end; an archived record is no obstacle on the way through a many2one."""
    su = env.sudo()
    return matching(su.with_context(active_test=False) if field.type == "many2one" else su, field.relation, domain)


def _relational(env: Env, model: Model, field: Field, leaf: Leaf, among: set[int] | None) -> set[int]:
    operator, value = leaf.operator, leaf.value
    if operator in ("any", "not any"):
        found = _linked(env, model, field, _inside(env, field, value), among)
    elif operator in ("child_of", "parent_of"):
        return _linked(env, model, field, hierarchy(env, field.relation, operator, value), among)
    elif "like" in operator or _has_names(operator, value):
        found = _linked(env, model, field, _named(env, field, domains.NEGATIVE.get(operator, operator), value), among)
    else:
        return _plain(env, model, field, leaf, among)
    return _all(env, model, among) - found if operator in domains.NEGATIVE else found


def _has_names(operator: str, value: Any) -> bool:
    values = value if operator in ("in", "not in") else [value]
    return any(isinstance(each, str) and each for each in values)


def _named(env: Env, field: Field, operator: str, value: Any) -> set[int]:
    """Records of the other model by display name."""
    table = env.engine.table(field.relation)
    shown = reading.columns(env.sudo(), env.engine.model(field.relation), sorted(table.rows), ["display_name"])
    label = env.engine.model(field.relation).fields["display_name"]
    test = domains.matcher(label, operator, value)
    return {i for i, name in shown["display_name"].items() if test(name)}


def _linked(env: Env, model: Model, field: Field, targets: set[int], among: set[int] | None) -> set[int]:
    """Records that lead to one of the targets through the field."""
    if field.name == "id":
        return targets & _all(env, model, among)
    if (model.name, field.name) in REGISTRY.computes:
        return _scan(env, model, field, lambda raw: bool(targets & set(raw if isinstance(raw, list) else [raw])), among)
    if field.column:
        return env.engine.table(model.name).having_any(field.name, targets, among)
    found = _owners(env, model, field, targets)
    return found if among is None else found & among


def _owners(env: Env, model: Model, field: Field, lines: set[int]) -> set[int]:
    rows = env.engine.table(field.relation).rows
    own = env.engine.table(model.name).rows
    by = field.mirror or field.inverse
    found: set[int] = set()
    for line in lines:
        row = rows[line]
        if field.thread and row.get(field.thread) != model.name:
            continue
        owner = row.get(by)
        found.update(owner if isinstance(owner, list) else [owner] if owner else [])
    return {i for i in found if i in own}


def _plain(env: Env, model: Model, field: Field, leaf: Leaf, among: set[int] | None) -> set[int]:
    if field.name == "id":
        if leaf.operator in ("child_of", "parent_of"):
            return hierarchy(env, model.name, leaf.operator, leaf.value) & _all(env, model, among)
        if leaf.operator in ("=", "in"):
            wanted = leaf.value if leaf.operator == "in" else [leaf.value]
            rows = env.engine.table(model.name).rows
            return {i for i in wanted if i in rows and (among is None or i in among)}
    if leaf.operator in ("child_of", "parent_of"):
        raise WrongValue(f"Invalid leaf {(leaf.path, leaf.operator, leaf.value)!r}")
    if _in_rows(model, field) and leaf.operator in ("=", "in") and (among is None or len(among) > 50):
        wanted = leaf.value if leaf.operator == "in" else [leaf.value]
        keys = {domains.key(field, each) for each in wanted}
        return env.engine.table(model.name).having_any(field.name, keys, among)
    return _scan(env, model, field, domains.matcher(field, leaf.operator, leaf.value), among)


def _scan(env: Env, model: Model, field: Field, test: Callable[[Raw], bool], among: set[int] | None) -> set[int]:
    if _in_rows(model, field):
        rows, name, empty = env.engine.table(model.name).rows, field.name, field.empty
        return {i for i in (rows if among is None else among) if test(rows[i].get(name, empty))}
    ids = sorted(_all(env, model, among))
    found = reading.columns(env, model, ids, [field.name])
    by_id = found.get(field.name) or {i: i for i in ids}
    return {i for i in ids if test(by_id[i])}


def _in_rows(model: Model, field: Field) -> bool:
    """Whether the records' own rows hold the value as it reads."""
    own = field.column and not field.company_dependent and field.name != "id"
    return own and (model.name, field.name) not in REGISTRY.computes


def _all(env: Env, model: Model, among: set[int] | None) -> set[int]:
    return set(env.engine.table(model.name).rows) if among is None else among


def hierarchy(env: Env, model: str, operator: str, value: Any) -> set[int]:
    """The records below (``child_of``) or above (``parent_of``) those given by id or name, themselves included."""
    described = env.engine.model(model)
    table = env.engine.table(model)
    found = set(_starts(env, model, value))
    if not described.parent:
        return found
    if operator == "parent_of":
        for start in list(found):
            above = table.rows[start].get(described.parent)
            while above and above not in found:
                found.add(above)
                above = table.rows[above].get(described.parent)
        return found
    level = found
    while level:
        level = table.having_any(described.parent, level) - found
        found |= level
    return found


def _starts(env: Env, model: str, value: Any) -> Iterable[int]:
    rows = env.engine.table(model).rows
    if isinstance(value, str):
        shown = reading.columns(env.sudo(), env.engine.model(model), sorted(rows), ["display_name"])["display_name"]
        return [i for i, name in shown.items() if value.lower() in name.lower()]
    ids = value if isinstance(value, (list, tuple)) else [value]
    return [i for i in ids if i and i in rows]
