"""Looks whether the policy names amounts in the currency of each company's books: else it refuses every plan there."""

from collections.abc import Iterator, Sequence

from desk.examining import Check
from desk.examining_places import companies_of
from domain.calls import Call
from domain.errors import DeskError
from domain.ports import Transport
from guardrails.policy import Policy
from tools.reads.parsing import ident, label

FIX = "name amounts in it wherever the policy names any, in [caps] first; a copy of the policy is named by DESK_POLICY"


def capped(policy: Policy | None) -> tuple[str, ...] | None:
    """The currencies that the policy caps a step in, None where there is no policy to read."""
    return tuple(cap.currency for cap in policy.caps.step) if policy else None


def currencies_checks(
    transport: Transport, currencies: Sequence[str] | None, companies: Sequence[int]
) -> Iterator[Check]:
    """One check of all companies that are scanned; none where there is no policy to hold them against."""
    if currencies is None:
        return
    try:
        books = _books(transport, tuple(companies) or tuple(companies_of(transport)))
    except DeskError as error:
        yield Check(name="currencies", outcome="warn", found=str(error), fix="let the desk's user see its companies")
        return
    lacking = [f"company {company} keeps its books in {own}" for company, own in books if own not in currencies]
    if lacking:
        named = " and ".join(currencies) or "no currency"
        found = f"{' and '.join(lacking)}, and the policy caps steps in {named} alone: it refuses whatever costs there"
        yield Check(name="currencies", outcome="warn", found=found, fix=FIX)
    else:
        yield Check(name="currencies", outcome="ok", found=", ".join(dict.fromkeys(own for _, own in books)))


def _books(transport: Transport, companies: tuple[int, ...]) -> list[tuple[int, str]]:
    """Each company, and the currency that it keeps its books in."""
    asked = Call(
        model="res.company",
        method="read",
        args=(list(companies), ["currency_id"]),
        kwargs={"context": {"allowed_company_ids": list(companies)}},
    )
    match transport.execute(asked):
        case list(rows):
            return [(ident(row), label(row, "currency_id")) for row in rows if isinstance(row, dict)]
        case _:
            raise DeskError("Odoo does not show its companies")
