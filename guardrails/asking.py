"""Whose word a plan needs: every step that needs a person is asked of the role that its rules and limits name."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from domain.money import Money
from domain.plans import Plan
from domain.verdicts import Ask, Ruling
from guardrails.guards import refused
from guardrails.policy import Policy
from guardrails.roles import approver

Steps = frozenset[int]


class Wish(NamedTuple):
    """Steps that need the word of a role, or of anybody who may give it where none is named."""

    role: str | None
    steps: Steps


class Asked(NamedTuple):
    """Who is asked about what, and every part that had to be passed up."""

    asks: tuple[Ask, ...]
    passed_up: tuple[Ruling, ...]


def asked(plan: Plan, policy: Policy, *rounds: Iterable[Wish]) -> Asked | Ruling:
    """Steps asked of one role are one question with their sum; a refusal where nobody may answer one.

    A later round only adds: whoever is asked about a step by then, or somebody who covers them, is asked still. So
    what a company or warehouse wishes besides never takes a step from whom the policy asks.

    A role that may not approve its part passes it up to the lowest that covers it and may. Whoever covers another role
    asked about a step speaks for it. Steps for which nobody is named go to a role that is asked anyway and may approve
    them too, the rest together to the lowest that may.
    """
    parts = Parts(plan, policy)
    for wishes in rounds:
        refusal = parts.hear(tuple(wishes))
        if refusal is not None:
            return refusal
    return Asked(parts.asks(), tuple(parts.passed_up))


class Parts:
    """The steps that each role is asked about, on their way to roles that may approve them."""

    def __init__(self, plan: Plan, policy: Policy) -> None:
        self._plan = plan
        self._policy = policy
        self._by_role: dict[str, Steps] = {}
        self.passed_up: list[Ruling] = []

    def hear(self, wishes: Sequence[Wish]) -> Ruling | None:
        """Ask everybody who is wished for, beside those who are asked already; a refusal where nobody may answer."""
        for wish in wishes:
            if wish.role is not None:
                self.add(wish.role, wish.steps)
        refusal = self.settle()
        asked_about: Steps = frozenset().union(*self._by_role.values())
        free = frozenset().union(*(wish.steps for wish in wishes)) - asked_about
        return refusal or self.place(free) or self.settle()

    def add(self, role: str, steps: Steps) -> None:
        """Ask a role about these steps too."""
        self._by_role[role] = self._by_role.get(role, frozenset()) | steps

    def asks(self) -> tuple[Ask, ...]:
        """In the order of the steps."""
        parts = sorted(self._by_role.items(), key=lambda part: sorted(part[1]))
        return tuple(Ask(role=role, steps=tuple(sorted(steps)), amount=self._amount(steps)) for role, steps in parts)

    def settle(self) -> Ruling | None:
        """Pass up every part that is beyond its role, until none is; each passes strictly upwards, so it ends."""
        while True:
            self._leave_to_whoever_covers()
            beyond = next((role for role, steps in self._by_role.items() if not self._may(role, steps)), None)
            if beyond is None:
                return None
            steps = self._by_role.pop(beyond)
            higher = approver(self._policy.roles, [beyond], self._amount(steps), self._actions(steps))
            if higher is None:
                return self._nobody(steps)
            self.add(higher, steps)
            self.passed_up.append(self._passed(beyond, higher, steps))

    def place(self, free: Steps) -> Ruling | None:
        """Ask somebody about steps for which nobody is named."""
        for step in sorted(free):
            able = (role for role, steps in self._by_role.items() if self._may(role, steps | {step}))
            role = next(able, None)
            if role is not None:
                self.add(role, frozenset({step}))
                free -= {step}
        if not free:
            return None
        lowest = approver(self._policy.roles, (), self._amount(free), self._actions(free))
        if lowest is None:
            return self._nobody(free)
        self.add(lowest, free)
        return None

    def _leave_to_whoever_covers(self) -> None:
        for role in list(self._by_role):
            above = (steps for other, steps in self._by_role.items() if other != role and self._speaks_for(other, role))
            left = self._by_role[role].difference(*above)
            if left:
                self._by_role[role] = left
            else:
                del self._by_role[role]

    def _speaks_for(self, other: str, role: str) -> bool:
        """Of two roles that cover each other the one asked first speaks for both."""
        roles, order = self._policy.roles, list(self._by_role)
        mutual = roles[role].covers(roles[other])
        return roles[other].covers(roles[role]) and (not mutual or order.index(other) < order.index(role))

    def _may(self, role: str, steps: Steps) -> bool:
        return self._policy.roles[role].may_approve(self._amount(steps), self._actions(steps))

    def _amount(self, steps: Steps) -> Money:
        first, *others = (self._plan.steps[index].exposure.amount for index in sorted(steps))
        return sum(others, first)

    def _actions(self, steps: Steps) -> list[str]:
        return sorted({self._plan.steps[index].action for index in steps})

    def _nobody(self, steps: Steps) -> Ruling:
        reason = f"no role may approve {self._amount(steps)} of {', '.join(self._actions(steps))}"
        otherwise = "a role with that limit and these actions under [roles]"
        return refused(_only(steps), self._policy.cite("roles", "roles"), reason, otherwise)

    def _passed(self, beyond: str, higher: str, steps: Steps) -> Ruling:
        what = f"{self._amount(steps)} of {', '.join(self._actions(steps))}"
        reason = f"{what} is beyond {beyond}; {higher} may approve it"
        rule = self._policy.cite(higher, "roles", higher)
        return Ruling(step=_only(steps), rule=rule, outcome="ask", reason=reason)


def _only(steps: Steps) -> int | None:
    return next(iter(steps)) if len(steps) == 1 else None
