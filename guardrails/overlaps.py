"""How the rules of a policy lie over each other: rules that never match, and rules that loosen an earlier one."""

from collections.abc import Iterator, Sequence

from domain.catalogue import Catalogue, known_actions
from guardrails.amounts import amount_in
from guardrails.patterns import named_among
from guardrails.rules import STRICTNESS, Rule

Parties = tuple[object, ...]


def covered(rules: Sequence[Rule], catalogue: Catalogue) -> Iterator[tuple[int, int]]:
    """Positions of rules that can never match, each with that of the earlier rule which takes everything."""
    for later, rule in enumerate(rules):
        above = next((i for i in range(later) if _covers(rules[i], rule, catalogue)), None)
        if above is not None:
            yield later, above


def loosened(rules: Sequence[Rule], catalogue: Catalogue) -> Iterator[tuple[int, int]]:
    """Positions of rules that let go what an earlier, stricter rule held only up to its bounds."""
    for later, rule in enumerate(rules):
        for earlier in range(later):
            held = rules[earlier]
            if held.bounded and STRICTNESS[held.then] > STRICTNESS[rule.then] and _meet(held, rule, catalogue):
                yield later, earlier
                break


def _covers(above: Rule, rule: Rule, catalogue: Catalogue) -> bool:
    actions = known_actions(catalogue)
    return (
        named_among(rule.actions, actions) <= named_among(above.actions, actions)
        and all(not wide or (narrow and set(narrow) <= set(wide)) for wide, narrow in _selectors(above, rule))
        and not (above.warehouses and above.then == "allow" != rule.then)  # it leaves transfers from or to elsewhere
        and _is_wider(above, rule)
    )


def _meet(first: Rule, second: Rule, catalogue: Catalogue) -> bool:
    """Whether some step concerns both."""
    actions = known_actions(catalogue)
    return bool(named_among(first.actions, actions) & named_among(second.actions, actions)) and all(
        not one or not other or set(one) & set(other) for one, other in _selectors(first, second)
    )


def _selectors(first: Rule, second: Rule) -> tuple[tuple[Parties, Parties], ...]:
    return (
        (first.companies, second.companies),
        (first.warehouses, second.warehouses),
        (first.vendors, second.vendors),
        (first.customers, second.customers),
        (first.products, second.products),
        (first.risk, second.risk),
    )


def _is_wider(above: Rule, rule: Rule) -> bool:
    """Whether whatever is within the later rule's bounds is within the earlier one's."""
    return (
        _amounts_wider(above, rule)
        and (above.max_quantity is None or (rule.max_quantity is not None and rule.max_quantity <= above.max_quantity))
        and (above.max_days is None or (rule.max_days is not None and rule.max_days <= above.max_days))
        and (above.min_confidence is None or above.min_confidence <= (rule.min_confidence or 0))
    )


def _amounts_wider(above: Rule, rule: Rule) -> bool:
    if not above.max_amount:
        return True
    pairs = [(amount, amount_in(above.max_amount, amount.currency)) for amount in rule.max_amount]
    return bool(pairs) and all(most is not None and amount <= most for amount, most in pairs)
