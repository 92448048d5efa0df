"""Looks whether every local policy belongs to a company and a warehouse that Odoo shows: else it never has a say."""

from collections.abc import Iterator, Sequence

from desk.examining import Check
from domain.calls import Call
from domain.errors import DeskError
from domain.ports import Transport
from domain.values import Json
from guardrails.local import LocalPolicy
from tools.reads.parsing import ident, link

FIX = "name folder and file after ids that Odoo shows the desk's user, or delete it"


def places_checks(transport: Transport, policies: Sequence[LocalPolicy]) -> Iterator[Check]:
    """One check of all local policies; none where there are none."""
    if not policies:
        return
    try:
        companies = companies_of(transport)
        warehouses = _warehouses(transport, companies)
    except DeskError as error:
        yield Check(name="local policies", outcome="warn", found=str(error), fix="let the desk's user see warehouses")
        return
    idle = [why for one in policies if (why := _idle(one, companies, warehouses))]
    if idle:
        yield Check(name="local policies", outcome="warn", found="; ".join(idle), fix=FIX)
    else:
        yield Check(name="local policies", outcome="ok", found=", ".join(one.file for one in policies))


def _idle(local: LocalPolicy, companies: Sequence[int], warehouses: dict[int, int | None]) -> str | None:
    """Why a local policy never has a say, None where it may."""
    if local.company not in companies:
        return f"{local.file} never has a say: the desk's user is not in company {local.company}"
    if local.warehouse is None or warehouses.get(local.warehouse) == local.company:
        return None
    return f"{local.file} never has a say: company {local.company} has no warehouse {local.warehouse}"


def companies_of(transport: Transport) -> list[int]:
    """The companies that the desk's user is in; raises DeskError where Odoo shows none."""
    mine = Call(model="res.users", method="read", args=([transport.uid], ["company_ids"]))
    match transport.execute(mine):
        case [{"company_ids": list(found)}]:
            return [int(str(company)) for company in found]
        case _:
            raise DeskError("Odoo shows the desk's user no company")


def _warehouses(transport: Transport, companies: Sequence[int]) -> dict[int, int | None]:
    """Every warehouse, archived ones too, and its company."""
    allowed: Json = {"allowed_company_ids": list(companies)}
    asked = Call(
        model="stock.warehouse",
        method="search_read",
        args=([["active", "in", [True, False]]], ["company_id"]),
        kwargs={"context": allowed},
    )
    match transport.execute(asked):
        case list(rows):
            return {ident(row): link(row, "company_id") for row in rows if isinstance(row, dict)}
        case _:
            raise DeskError("Odoo does not show its warehouses")
