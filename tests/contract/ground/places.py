"""Where the ground's goods lie: two warehouses of the first company, and a second company with one of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random
from string import ascii_uppercase

from tests.contract.ground.people import Hiring


@dataclass(frozen=True, kw_only=True)
class Warehouse:
    """A warehouse with what a trade in it needs to know."""

    id: int
    name: str
    company: int
    stock: int
    """Its stock location."""
    receipts: int
    """The operation types."""
    deliveries: int
    transfers: int


class Placing(Hiring):
    """Warehouses, companies and currencies of the run's own."""

    @cached_property
    def warehouses(self) -> tuple[Warehouse, Warehouse]:
        """Two of the first company's."""
        return self.warehouse("North"), self.warehouse("South")

    def warehouse(self, site: str, *, company: int | None = None) -> Warehouse:
        """One more warehouse."""
        of, code = company or self.company, f"{site[0]}{self.prefix[-4:]}".upper()
        values = {"name": self.name(site), "code": code, "company_id": of}
        return self.known(self.make("stock.warehouse", values, allowed_company_ids=[of]))

    def known(self, warehouse: int) -> Warehouse:
        """A warehouse by its id."""
        fields = ("name", "company_id", "lot_stock_id", "in_type_id", "out_type_id", "int_type_id")
        row = self.row("stock.warehouse", warehouse, *fields, allowed_company_ids=self.companies)
        name, company, *places = (row[field] for field in fields)
        stock, receipts, deliveries, transfers = (place[0] for place in places)
        return Warehouse(
            id=warehouse,
            name=name,
            company=company[0],
            stock=stock,
            receipts=receipts,
            deliveries=deliveries,
            transfers=transfers,
        )

    @property
    def companies(self) -> list[int]:
        """Those of the ground, the first one first."""
        return [self.company, *(each for each in self.made.get("res.company", ()) if each not in self._gone)]

    @cached_property
    def second(self) -> int:
        """Another company, in another currency; the administrator belongs to it."""
        values = {"name": self.name("Second company"), "currency_id": self.second_currency}
        made = self.make("res.company", values)
        self.call("res.users", "write", [self.as_("admin").uid], {"company_ids": [[4, made]]})
        return made

    @cached_property
    def second_warehouse(self) -> Warehouse:
        """Of the second company; Odoo makes one with a company."""
        found = self.rows("stock.warehouse", [["company_id", "=", self.second]], [], allowed_company_ids=[self.second])
        return self.known(found[0]["id"]) if found else self.warehouse("East", company=self.second)

    @cached_property
    def own_currency(self) -> int:
        """The first company's."""
        return int(self.row("res.company", self.company, "currency_id")["currency_id"][0])

    @cached_property
    def second_currency(self) -> int:
        """An active currency that is not the first company's; one of the run's own where there is none."""
        others = self.rows("res.currency", [["id", "!=", self.own_currency], ["id", "not in", self._own]], [])
        return int(others[0]["id"]) if others else self.currency()

    @property
    def _own(self) -> list[int]:
        return self.made.get("res.currency", [])

    def currency(self, *, rate: float | None = 2.0) -> int:
        """Money of the run's own: so much of it is worth one of the first company's; without a rate, nobody knows."""
        code = self._free_code()
        made = self.make("res.currency", {"name": code, "symbol": code, "rounding": 0.01})
        if rate is not None:
            since = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
            values = {"currency_id": made, "company_id": self.company, "name": since, "rate": rate}
            self.make("res.currency.rate", values)
        return made

    def code(self, currency: int) -> str:
        return str(self.row("res.currency", currency, "name", active_test=False)["name"])

    def _free_code(self) -> str:
        """Three letters beginning with X, as for what is no country's money."""
        taken = {row["name"] for row in self.rows("res.currency", [], ["name"], active_test=False)}
        chance = Random(self.prefix + str(len(self._own)))  # noqa: S311 - a name, not a secret
        codes = (f"X{''.join(chance.choices(ascii_uppercase, k=2))}" for _ in range(1000))
        return next(code for code in codes if code not in taken)
