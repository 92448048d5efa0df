"""What a run of a recording says: how many lines agree, by model, and by name what differs and what was left out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tests.contract.recorded.concern import Concern
from tests.contract.recorded.trying import Verdict

OURS = (Concern.USED, Concern.NEAR)
"""The lines of which nine in ten have to agree: those of models that the reads and actions use."""


def share(verdicts: Iterable[Verdict], *concerns: Concern) -> tuple[int, int]:
    """How many of the lines that concern us so agree, and how many there are."""
    ours = [verdict for verdict in verdicts if verdict.concern in concerns]
    return sum(verdict.agrees for verdict in ours), len(ours)


def summary(title: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The recording in a few lines: one for each way in which lines concern the desk."""
    yield title
    for concern in Concern:
        agree, lines = share(verdicts, concern)
        if lines:
            yield f"  {agree:4} of {lines:4} agree ({agree / lines:4.0%}): {concern.value}"


def at_once(verdicts: Sequence[Verdict]) -> str:
    """How many of the lines that agree did so from the first state that was chosen for them."""
    ours = [verdict for verdict in verdicts if verdict.concern in OURS and verdict.agrees]
    first = sum(verdict.tries == 1 for verdict in ours)
    return f"  {first} of {len(ours)} that agree did so from the first state chosen, the rest from another one"


def by_model(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """A row a model: lines, how many agree, how many are left out."""
    yield f"  {'model':34} lines agree left out differ"
    for model, found in groupby(sorted(verdicts, key=_model), key=_model):
        rows = list(found)
        left = sum(row.left_out is not None for row in rows)
        agree = sum(row.agrees for row in rows)
        yield f"  {model or '(outcome only)':34} {len(rows):5} {agree:5} {left:8} {len(rows) - agree - left:6}"


def _model(verdict: Verdict) -> str:
    return verdict.call.model


def rest(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What differs, with how; and what was left out, by reason."""
    for verdict in verdicts:
        if verdict.problem is not None:
            told = " ".join(verdict.problem.split())
            yield f"  differs: {verdict.call.name} ({verdict.call.model}.{verdict.call.method}): {told[:300]}"
    left = sorted((v for v in verdicts if v.left_out is not None), key=lambda v: (v.left_out or "", v.call.name))
    for reason, found in groupby(left, key=lambda v: v.left_out):
        yield f"  left out, as {reason}: {', '.join(verdict.call.name for verdict in found)}"
