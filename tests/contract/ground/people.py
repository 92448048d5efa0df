"""Who works on the ground: one restricted user for each role, with a password of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from secrets import token_hex
from typing import Any

from pydantic import SecretStr

from tests.contract.ground.asking import Asking
from tools.dialects.versions import VERIFIED
from tools.rights import SERVICE_GROUPS
from tools.transports.connection import Patient

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
    "silent": LEAST,
}
"""Groups beside being an internal user: ``service`` is the desk's own user with the least that the product documents,
``keeper`` has Inventory/Administrator on top of it, ``silent`` no e-mail address, and the others one role each."""
SILENT = frozenset({"silent"})


@dataclass(frozen=True, kw_only=True)
class Person:
    """A user of the ground's."""

    uid: int
    partner: int
    login: str
    password: SecretStr


class Hiring(Asking):
    """Users of the run's own, hired when the first of them is needed, and archived in the end."""

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by role."""
        return self.hire(ROLES)

    @cached_property
    def _lines(self) -> dict[str, Patient]:
        return {}

    def person(self, role: str) -> Person:
        """The one user of that role."""
        return self.people[role]

    def hire(self, roles: Mapping[str, Sequence[str]], *, companies: Sequence[int] = ()) -> dict[str, Person]:
        """Users with these groups, at home in the first of the companies, the ground's unless named; no mail leaves."""
        homes = list(companies) or [self.company]
        secrets = {role: SecretStr(token_hex(12)) for role in roles}
        groups = {name: self.ref(name) for name in {"base.group_user", *chain.from_iterable(roles.values())}}
        wanted = [
            {
                "name": f"{self.prefix} {role}",
                "login": self._login(role),
                "password": secrets[role].get_secret_value(),
                "email": False if role in SILENT else f"{self._login(role)}@example.com",
                "company_id": homes[0],
                "company_ids": [[6, 0, homes]],
                "groups_id": [[6, 0, [groups[name] for name in ("base.group_user", *roles[role])]]],
                "tz": "UTC",
            }
            for role in roles
        ]
        context: dict[str, Any] = {"no_reset_password": True, "allowed_company_ids": list({self.company, *homes})}
        uids = [self.keep("res.users", uid) for uid in self.call("res.users", "create", wanted, context=context)]
        rows = self.rows("res.users", [["id", "in", uids]], ["login", "partner_id"], **context)
        partners = {row["login"]: row["partner_id"][0] for row in rows}
        return {
            role: Person(uid=uid, partner=partners[self._login(role)], login=self._login(role), password=secrets[role])
            for role, uid in zip(roles, uids, strict=True)
        }

    def _login(self, role: str) -> str:
        return f"{self.prefix}-{role}".lower()

    def as_(self, who: str) -> Patient:
        """A person by role, logged in by the way under test; ``admin`` too."""
        if who not in self._lines:
            self._lines[who] = self.logged_in(who)
        return self._lines[who]

    def logged_in(self, who: str) -> Patient:
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
