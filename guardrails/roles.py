"""Roles of the policy: which Odoo groups hold them, what they may decide and up to which amount."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import Field, field_validator

from domain.money import Money
from domain.values import Value
from guardrails.amounts import Amounts, amount_in, within
from guardrails.known import Pattern
from guardrails.patterns import names

Group = Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[A-Za-z0-9_]+$")]
"""External id of an Odoo group: ``purchase.group_purchase_user``."""


Login = Annotated[str, Field(min_length=1, max_length=200)]
"""What somebody types to come in to Odoo."""


class Role(Value):
    """Whoever is in one of the groups may decide on these actions, up to these amounts."""

    groups: tuple[Group, ...] = Field(min_length=1)
    limits: Amounts
    """The highest amount a person of this role may approve; none in a currency that is not named."""
    actions: tuple[Pattern, ...] = Field(min_length=1)
    notify: tuple[Login, ...] = ()
    """Odoo logins of those who are told, by an activity, of each request that is put to this role."""

    @field_validator("notify", mode="before")
    @classmethod
    def _one_or_several(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given

    def may_approve(self, amount: Money, actions: Iterable[str]) -> bool:
        """Whether the amount and every action are within this role's reach."""
        return within(self.limits, amount) and all(names(self.actions, action) for action in actions)

    def covers(self, other: "Role") -> bool:
        """Whether whatever the other role may approve, this one may too."""
        return all(names(self.actions, pattern) for pattern in other.actions) and all(
            within(self.limits, limit) for limit in other.limits
        )


def approver(roles: Mapping[str, Role], asked: Sequence[str], amount: Money, actions: Sequence[str]) -> str | None:
    """The lowest role that covers every role asked for and may approve all of it; None when nobody has that reach."""
    able = [
        name
        for name, role in roles.items()
        if role.may_approve(amount, actions) and all(name == other or role.covers(roles[other]) for other in asked)
    ]
    return min(able, key=lambda name: _reach(roles[name], amount), default=None)


def stand_ins(roles: Mapping[str, Role], role: str) -> tuple[str, ...]:
    """The role itself first, then every role that covers it."""
    asked = roles[role]
    return (role, *(name for name, other in roles.items() if name != role and other.covers(asked)))


def _reach(role: Role, amount: Money) -> Money:
    return amount_in(role.limits, amount.currency) or Money.zero(amount.currency)
