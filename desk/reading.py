"""The policy in force, read from its file; asks nothing of graphs, so that a page is shown at once."""

from pathlib import Path

from domain.cases import NOTICE
from graphs import KINDS
from guardrails.loading import DEFAULT_POLICY, load
from guardrails.policy import Policy
from tools.catalogue import CATALOGUE

KNOWN = frozenset(CATALOGUE) | frozenset(KINDS) | {NOTICE}
"""Every action and kind that a policy may name."""


def read_policy(file: Path | None = None) -> Policy:
    """The policy in a file, or the one a distributor starts with; raises PolicyError naming every wrong line."""
    return load(file or DEFAULT_POLICY, KNOWN)
