"""The policy: what a company lets its desk do, as its file spells it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal, TypeAlias

from pydantic import Field

from domain.exposures import Exposure
from domain.money import Money
from domain.values import Value
from guardrails.filed import Filed
from guardrails.known import Kind, Name, Pattern, RoleName
from guardrails.limits import Limit
from guardrails.local import LocalPolicy
from guardrails.patterns import names
from guardrails.roles import Role
from guardrails.rules import Rule
from guardrails.sections import Autonomy, Caps, Expiry, FourEyes, Freshness, Pause, Rollback


class Charter(Value):
    """Everything a policy file may say; whatever it does not know is an error."""

    version: Literal[1]
    default_role: RoleName
    """Who is asked where no rule matches."""
    irreversible_allowed: tuple[Pattern, ...] = ()
    """Actions that may be automatic though nothing brings their effect back."""
    roles: dict[Name, Role] = Field(min_length=1)
    autonomy: dict[Kind, Autonomy]
    scopes: dict[Kind, tuple[Pattern, ...]]
    """The actions that the agent of each kind may use at all."""
    caps: Caps
    four_eyes: FourEyes = FourEyes()
    expiry: Expiry = Expiry()
    freshness: Freshness = Freshness()
    pause: Pause = Pause()
    rollback: Rollback = Rollback()
    rules: tuple[Rule, ...] = Field(alias="rule", default=())
    limits: tuple[Limit, ...] = Field(alias="limit", default=())


class Policy(Charter, Filed):
    """A charter, the file it was read from, and the local policies beside it; the digest is over all that they say."""

    locals: tuple[LocalPolicy, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Worked out once: a policy is large, and every step of every case names it."""
        return super().digest

    def layers(self, exposures: Iterable[Exposure]) -> "tuple[Layer, ...]":
        """Whatever has a say in these steps: this policy, and every local one that one of them concerns."""
        given = tuple(exposures)
        return (self, *(local for local in self.locals if any(local.concerns(one) for one in given)))

    @property
    def local(self) -> bool:
        return False

    @property
    def reach(self) -> str:
        """Whom it speaks for, in words."""
        return "the whole desk"

    def concerns(self, exposure: Exposure) -> bool:  # noqa: ARG002
        """A policy without a place speaks of every step."""
        return True

    def autonomy_of(self, kind: str) -> Autonomy:
        """How far the desk goes by itself; a kind that is not named is always asked."""
        return self.autonomy.get(kind, "approve")

    def in_scope(self, kind: str, action: str) -> bool:
        """Whether the agent of this kind may use the action at all."""
        return names(self.scopes.get(kind, ()), action)

    def four_eyes_wanted(self, amount: Money, exposures: Iterable[Exposure]) -> bool:
        """Whether whoever edited a plan of these steps may not approve it."""
        return any(layer.four_eyes is not None and layer.four_eyes.wanted(amount) for layer in self.layers(exposures))

    def request_hours(self, exposures: Iterable[Exposure]) -> int:
        """How long a request about these steps stands: the shortest that has a say."""
        given = [layer.expiry.request_hours for layer in self.layers(exposures) if layer.expiry is not None]
        return min(hours for hours in given if hours is not None)

    def role_groups(self) -> Mapping[str, tuple[str, ...]]:
        """The Odoo groups that hold each role."""
        return {name: role.groups for name, role in self.roles.items()}


Layer: TypeAlias = Policy | LocalPolicy
"""What has a say in a step: the policy itself, or what a company or warehouse holds tighter."""
