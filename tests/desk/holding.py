"""What the tests of holding a case back do again and again."""

from domain.cases import Case
from domain.refusals import Refusal


def done(outcome: object) -> Case:
    """The case of a verb that was not refused."""
    assert isinstance(outcome, Case), outcome
    return outcome


def refused(outcome: object) -> Refusal:
    """The refusal of a verb that was."""
    assert isinstance(outcome, Refusal), outcome
    return outcome
