"""Several reordering rules of a product in a warehouse are one rule: each counts all that stands within its place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tools.reads.orderpoints import Orderpoint
from tools.reads.places import Location


def as_one(rules: Iterable[Orderpoint], places: Mapping[int, Location]) -> Mapping[tuple[int, int], Orderpoint]:
    """The rule of each product and warehouse, known by the id of the rule whose place holds the others'.

    As in Odoo, a rule counts the stock of its place and of everything in it: what rules further inside keep is part of
    what it wants, so that the greater of the two holds. Rules side by side count different stock: theirs add up.
    """
    found: defaultdict[tuple[int, int], list[Orderpoint]] = defaultdict(list)
    for rule in rules:
        found[rule.product, rule.warehouse].append(rule)
    return {pair: _merged(together, places) for pair, together in found.items()}


def _merged(rules: Sequence[Orderpoint], places: Mapping[int, Location]) -> Orderpoint:
    if len(rules) == 1:
        return rules[0]
    inside = {rule.id: [other for other in rules if _holds(rule, other, places)] for rule in rules}
    outermost = [rule for rule in rules if not any(_holds(other, rule, places) for other in rules)] or list(rules)
    first = max(outermost, key=lambda rule: (len(inside[rule.id]), -rule.id))
    return replace(
        first,
        minimum=sum((_wanted(rule, "minimum", inside, places) for rule in outermost), Decimal(0)),
        maximum=sum((_wanted(rule, "maximum", inside, places) for rule in outermost), Decimal(0)),
    )


def _wanted(
    rule: Orderpoint, limit: str, inside: Mapping[int, Sequence[Orderpoint]], places: Mapping[int, Location]
) -> Decimal:
    """What the rule asks for, or all that stand directly within its place together, whichever is more."""
    own: Decimal = getattr(rule, limit)
    within = inside[rule.id]
    nearest = [each for each in within if not any(_holds(other, each, places) for other in within)]
    return max(own, sum((_wanted(each, limit, inside, places) for each in nearest), Decimal(0)))


def _holds(rule: Orderpoint, other: Orderpoint, places: Mapping[int, Location]) -> bool:
    """Whether the other rule's place stands within this one's."""
    outer, inner = places.get(rule.location), places.get(other.location)
    if inner is None or rule.location == other.location or not inner.within(rule.location):
        return False
    return outer is None or len(outer.path) < len(inner.path)
