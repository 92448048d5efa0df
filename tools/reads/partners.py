"""What Odoo says of customers that tells how much their orders matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, label, links, name

MODEL = "res.partner"
TAG = "res.partner.category"
TierField = Literal["category_id", "industry_id", "ref"]
"""The fields that may say a customer's tier: its tags, its industry, its reference."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """A customer, and what the field that says its tier says, word for word."""

    id: int
    words: tuple[str, ...]


def customers(reads: Reads, ids: Iterable[int], told: TierField, words: Iterable[str]) -> tuple[Customer, ...]:
    """Those of the customers whose field says one of the words; one call, and none when no customer is named.

    Tags are asked for by the words and not by the customers: a customer's own record names its tags by number only.
    """
    wanted = sorted(ids)
    if not wanted:
        return ()
    said = _tagged(reads, words) if told == "category_id" else _filled(reads, wanted, told)
    meant = frozenset(words)
    kept = ((each, tuple(sorted(meant.intersection(said.get(each, ()))))) for each in wanted)
    return tuple(Customer(id=each, words=told_of) for each, told_of in kept if told_of)


def _tagged(reads: Reads, words: Iterable[str]) -> dict[int, list[str]]:
    named: list[Json] = [*sorted(words)]
    found: dict[int, list[str]] = {}
    for row in reads.rows(TAG, ("name", "partner_ids"), [["name", "in", named]]):
        for partner in links(row, "partner_ids"):
            found.setdefault(partner, []).append(name(row, "name"))
    return found


def _filled(reads: Reads, wanted: list[int], told: TierField) -> dict[int, list[str]]:
    return {ident(row): [_said(row, told)] for row in reads.read(MODEL, wanted, (told,))}


def _said(row: Row, told: TierField) -> str:
    return name(row, told) if told == "ref" else label(row, told)
