"""Whether a record still is as it was seen: the answer behind stale plans and refused rollbacks."""

from collections.abc import Mapping, Sequence

from domain.plans import RecordRef
from domain.ports import Reads
from domain.values import Json, Row, canonical
from tools.reads.parsing import DECIMALS


def seen(
    reads: Reads, model: str, record: int, fields: Sequence[str], *, context: Mapping[str, Json] | None = None
) -> RecordRef | None:
    """The record as it is now, None when it is gone or out of sight."""
    rows = reads.read(model, [record], fields, context=context)
    if not rows:
        return None
    values = {field: rows[0][field] for field in fields}
    return RecordRef(model=model, id=record, context=dict(context or {}), seen=values)


def first_difference(reads: Reads, refs: Sequence[RecordRef]) -> str | None:
    """What changed since, in words: ``product.product 12: free_qty was 3, is 10``; None when nothing did.

    Records of one model, seen in one context, are read in one call.
    """
    alike: dict[tuple[str, bytes, tuple[str, ...]], list[RecordRef]] = {}
    for ref in refs:
        alike.setdefault((ref.model, canonical(ref.context), tuple(sorted(ref.seen))), []).append(ref)
    return next((words for group in alike.values() if (words := _difference(reads, group)) is not None), None)


def _difference(reads: Reads, alike: Sequence[RecordRef]) -> str | None:
    one = alike[0]
    rows = reads.read(one.model, [ref.id for ref in alike], sorted(one.seen), context=one.context)
    now = {row["id"]: row for row in rows}
    for ref in alike:
        name = f"{ref.model} {ref.id}"
        if ref.id not in now:
            return f"{name} is gone"
        if found := changes(ref.seen, now[ref.id]):
            return f"{name}: {found[0]}"
    return None


def changes(was: Row, now: Row) -> list[str]:
    """Each field that differs, in words."""
    return [f"{field} was {was[field]}, is {now.get(field)}" for field in was if not same(was[field], now.get(field))]


def same(one: Json, other: Json) -> bool:
    """Equal as Odoo means it: a many2one by its id, a number without the noise of binary floats."""
    return _bare(one) == _bare(other)


def _bare(value: Json) -> Json:
    match value:
        case [int() as record, str()]:
            return record
        case list():
            return [_bare(inner) for inner in value]
        case bool():
            return str(value)
        case float():
            return round(value, DECIMALS)
    return value
