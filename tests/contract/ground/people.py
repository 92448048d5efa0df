"""Who works on the ground: one restricted user for each role, with a password of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex

from pydantic import SecretStr

from domain.ports import Transport
from tests.contract.ground.asking import Asking
from tools.rights import SERVICE_GROUPS
from tools.versions import VERIFIED

LEAST = tuple(group.xmlid for group in SERVICE_GROUPS)
ROLES: Mapping[str, tuple[str, ...]] = {
    "service": LEAST,
    "keeper": (*LEAST, "stock.group_stock_manager"),
    "buyer": ("purchase.group_purchase_user",),
    "manager": ("purchase.group_purchase_manager",),
    "seller": ("sales_team.group_sale_salesman_all_leads",),
    "salesperson": ("sales_team.group_sale_salesman",),
    "stocker": ("stock.group_stock_user",),
    "plain": (),
}
"""Groups beside being an internal user: ``service`` is the desk's own user with the least that the product documents,
``keeper`` has Inventory/Administrator on top of it, and the others one role each."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A user of the ground's."""

    uid: int
    partner: int
    login: str
    password: SecretStr


class Hiring(Asking):
    """Users of the run's own; each is hired when first needed, and archived in the end."""

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by role."""
        return {role: self.person(role) for role in ROLES}

    @cached_property
    def _hired(self) -> dict[str, Person]:
        return {}

    @cached_property
    def _lines(self) -> dict[str, Transport]:
        return {}

    def person(self, role: str) -> Person:
        """The one user of that role."""
        if role not in self._hired:
            self._hired[role] = self.hire(role, ROLES[role])
        return self._hired[role]

    def hire(self, role: str, groups: tuple[str, ...], *, companies: tuple[int, ...] = ()) -> Person:
        """One more user, at home in the first of the companies, this one unless named; no invitation is sent."""
        login, password = f"{self.prefix}-{role}".lower(), token_hex(12)
        homes = companies or (self.company,)
        uid = self.make(
            "res.users",
            {
                "name": f"{self.prefix} {role}",
                "login": login,
                "password": password,
                "company_id": homes[0],
                "company_ids": [[6, 0, list(homes)]],
                "groups_id": [[6, 0, [self.ref(group) for group in ("base.group_user", *groups)]]],
                "tz": "UTC",
            },
            no_reset_password=True,
            allowed_company_ids=list({self.company, *homes}),
        )
        partner = self.row("res.users", uid, "partner_id")["partner_id"][0]
        person = Person(uid=uid, partner=partner, login=login, password=SecretStr(password))
        self._hired[role] = person
        return person

    def as_(self, who: str) -> Transport:
        """A person by role, logged in by the way under test; ``admin`` too."""
        if who not in self._lines:
            self._lines[who] = self.logged_in(who)
        return self._lines[who]

    def logged_in(self, who: str) -> Transport:
        """A fresh log-in."""
        if who == "admin":
            return self.target.log_in(self.target.login, self.target.secret)
        person = self.person(who)
        return self.target.log_in(person.login, self.secret(person))

    def secret(self, person: Person) -> SecretStr:
        """What proves the person by the way under test: ``/json/2`` takes API keys only."""
        if self.target.way == "jsonrpc" or self.version < max(VERIFIED):
            return person.password
        return self.target.keys(person.uid, person.login, person.password)
