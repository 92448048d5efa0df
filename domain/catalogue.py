"""What the desk can do at all: the actions and exception kinds that a policy may name."""

Catalogue = frozenset[str]
"""Known action names, which have a dot (``stock.transfer``), and exception kinds, which have none (``stockout``)."""


def known_actions(catalogue: Catalogue) -> Catalogue:
    return frozenset(name for name in catalogue if "." in name)


def known_kinds(catalogue: Catalogue) -> Catalogue:
    return frozenset(name for name in catalogue if "." not in name)
