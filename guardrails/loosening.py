"""Where a local policy would let go what the policy above it holds: it may only tighten."""

from collections.abc import Iterator
from typing import get_args

from domain.catalogue import Catalogue, known_actions
from domain.money import Money
from guardrails.amounts import amount_in
from guardrails.limits import Limit
from guardrails.lines import Path
from guardrails.local import LocalPolicy
from guardrails.patterns import named_among
from guardrails.policy import Layer
from guardrails.rules import STRICTNESS
from guardrails.sections import Autonomy

DEGREES: tuple[Autonomy, ...] = get_args(Autonomy)
"""From the tightest to the loosest."""

Flaw = tuple[Path, str]
"""Where in the local file, and what is wrong there."""


def loosened(local: LocalPolicy, above: Layer, catalogue: Catalogue) -> Iterator[Flaw]:
    """Everything that the policy above, of everybody or of the company, holds tighter."""
    yield from _autonomy(local, above)
    yield from _scopes(local, above, catalogue)
    yield from _amounts(local, above)
    yield from _times(local, above)
    yield from _rollback(local, above)
    yield from _limits(local, above, catalogue)


def _autonomy(local: LocalPolicy, above: Layer) -> Iterator[Flaw]:
    for kind, degree in local.autonomy.items():
        held = above.autonomy_of(kind)
        if DEGREES.index(degree) > DEGREES.index(held):
            where = above.cite(held, "autonomy", kind)
            yield ("autonomy", kind), f"{degree} goes further than {where}; a local policy may only tighten"


def _scopes(local: LocalPolicy, above: Layer, catalogue: Catalogue) -> Iterator[Flaw]:
    actions = known_actions(catalogue)
    for kind, patterns in local.scopes.items():
        wider = sorted(one for one in named_among(patterns, actions) if not above.in_scope(kind, one))
        if wider:
            where = above.cite("scope", "scopes", kind)
            yield ("scopes", kind), f"{', '.join(wider)} is outside the {where}; a local policy may only tighten"


def _amounts(local: LocalPolicy, above: Layer) -> Iterator[Flaw]:
    if local.caps and above.caps:
        yield from _over(local.caps.step, above.caps.step, above, "caps", "step")
    if local.four_eyes and above.four_eyes:
        yield from _over(local.four_eyes.above, above.four_eyes.above, above, "four_eyes", "above")
    if local.rollback and above.rollback:
        found, held = local.rollback.allow_max_amount, above.rollback.allow_max_amount
        yield from _over(found, held, above, "rollback", "allow_max_amount")


def _times(local: LocalPolicy, above: Layer) -> Iterator[Flaw]:
    if local.expiry and above.expiry:
        found, held = local.expiry.request_hours, above.expiry.request_hours
        yield from _longer(found, held, "h", above, "expiry", "request_hours")
    if local.freshness and above.freshness:
        found, held = local.freshness.evidence_seconds, above.freshness.evidence_seconds
        yield from _longer(found, held, "s", above, "freshness", "evidence_seconds")
    if local.rollback and above.rollback:
        found, held = local.rollback.allow_within_hours, above.rollback.allow_within_hours or 0
        yield from _longer(found, held, "h", above, "rollback", "allow_within_hours")


def _rollback(local: LocalPolicy, above: Layer) -> Iterator[Flaw]:
    if local.rollback and above.rollback and STRICTNESS[local.rollback.then] < STRICTNESS[above.rollback.then]:
        where = above.cite(above.rollback.then, "rollback", "then")
        yield ("rollback", "then"), f"{local.rollback.then} is looser than {where}; a local policy may only tighten"


def _limits(local: LocalPolicy, above: Layer, catalogue: Catalogue) -> Iterator[Flaw]:
    """A limit by the name of one above takes its place in the reader's mind: it may not say more than that."""
    held = {limit.name: (position, limit) for position, limit in enumerate(above.limits)}
    for position, limit in enumerate(local.limits):
        if limit.name in held:
            where = above.cite(limit.name, "limit", held[limit.name][0])
            for key, what in _looser(limit, held[limit.name][1], catalogue):
                yield ("limit", position, key), f"{what} is looser than {where}; tighten it, or give it another name"


def _looser(limit: Limit, held: Limit, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    actions = known_actions(catalogue)
    if limit.per != held.per:
        yield "per", f"per {limit.per} instead of per {held.per}"
    if limit.within < held.within:
        yield "window", f"a window of {limit.window} instead of {held.window}"
    if STRICTNESS[limit.then] < STRICTNESS[held.then]:
        yield "then", f"{limit.then} instead of {held.then}"
    if not named_among(held.actions, actions) <= named_among(limit.actions, actions):
        yield "actions", "a narrower choice of actions"
    if held.max_amount and not _all_within(limit.max_amount, held.max_amount):
        yield "max_amount", f"{_spelt(limit.max_amount)} instead of {_spelt(held.max_amount)}"
    for key, found, most in (
        ("max_count", limit.max_count, held.max_count),
        ("max_quantity", limit.max_quantity, held.max_quantity),
    ):
        if most is not None and (found is None or found > most):
            yield key, f"{'no number' if found is None else found} instead of {most}"


def _over(found: tuple[Money, ...], held: tuple[Money, ...], above: Layer, *path: str) -> Iterator[Flaw]:
    for amount in found:
        if not _all_within((amount,), held):
            where = above.cite(_spelt(held), *path)
            yield path, f"{amount} is over {where}; a local policy may only tighten"


def _longer(found: int | None, held: int | None, unit: str, above: Layer, *path: str) -> Iterator[Flaw]:
    if found is not None and held is not None and found > held:
        where = above.cite(f"{held} {unit}", *path)
        yield path, f"{found} {unit} is longer than {where}; a local policy may only tighten"


def _all_within(found: tuple[Money, ...], held: tuple[Money, ...]) -> bool:
    """Whether each amount is within the one above it of its currency; nothing is within where none is named."""
    pairs = [(amount, amount_in(held, amount.currency)) for amount in found]
    return bool(pairs) and all(most is not None and amount <= most for amount, most in pairs)


def _spelt(amounts: tuple[Money, ...]) -> str:
    return " or ".join(map(str, amounts)) or "nothing"
