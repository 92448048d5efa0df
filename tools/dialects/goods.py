"""Goods and users in Odoo 17: what is kept in stock is a type of product, and groups are told to oneself only."""

from collections.abc import Sequence

from domain.faults import ServerBug, UnknownField
from domain.values import Json
from tools.dialects.differences import Field

MODELS = ("product.product", "product.template")
STORED = "product"
GOODS = "consu"


def storable(model: str) -> Field:
    """Whether stock of it is kept: a type of its own there."""
    return Field(
        model=model,
        ours="is_storable",
        theirs=("type",),
        value=lambda row, _: row["type"] == STORED,
        written=lambda kept: {"detailed_type": STORED} if kept else {},
        asked=_asked_storable,
    )


def kind(model: str) -> Field:
    """Odoo 18's goods are kept in stock or not; the type does not say."""
    return Field(
        model=model,
        ours="type",
        theirs=("type",),
        value=lambda row, _: GOODS if row["type"] == STORED else row["type"],
        written=lambda value: {} if value == GOODS else {"detailed_type": value},
        asked=_asked_kind,
    )


def of_oneself(args: tuple[Json, ...], uid: int) -> tuple[Json, ...]:
    """``has_group`` without the user, who is whoever asks; raises ServerBug for anybody else."""
    match args:
        case ([user], *rest) if user == uid:
            return tuple(rest)
    raise ServerBug("nothing was sent: Odoo 17 tells a user's groups to that user only")


def _asked_storable(operator: str, value: Json) -> Sequence[Json]:
    if operator not in {"=", "!="} or not isinstance(value, bool):
        raise UnknownField(f"whether goods are kept in stock is asked for by = or !=, found {operator!r} {value!r}")
    return [["type", "=" if value == (operator == "=") else "!=", STORED]]


def _asked_kind(operator: str, value: Json) -> Sequence[Json]:
    wanted = list(value) if isinstance(value, list) else [value]
    if operator not in {"=", "!=", "in", "not in"}:
        raise UnknownField(f"the type of a product is asked for by =, !=, in or not in, found {operator!r}")
    both: list[Json] = [*wanted, *([STORED] if GOODS in wanted else [])]
    return [["type", "in" if operator in {"=", "in"} else "not in", both]]
