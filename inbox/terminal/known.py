"""Every action and exception kind that a policy may name."""

from domain.catalogue import Catalogue
from graphs import KINDS
from tools.catalogue import CATALOGUE

KNOWN: Catalogue = frozenset(CATALOGUE) | frozenset(KINDS)
