"""For a recorded line that no table knows: the states in which what it names may have been, the likeliest first."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from tests.contract.recorded import loads, outcomes, states
from tests.contract.recorded.agreement import plain
from tests.contract.recorded.captures import VERSIONS, Captured, captures
from tests.contract.recorded.states import State
from tests.contract.recorded.table import state_of

Likeness: TypeAlias = tuple[str, ...]
Trait: TypeAlias = Callable[[Captured], Likeness]


ALWAYS = (states.nothing, loads.made_before, loads.much_business)
"""Tried for every line in the end."""


def candidates(call: Captured, hidden: str = "") -> Iterator[State]:
    """States from which lines like this one were made: alike in the answer, in the method, or only in the model.

    ``hidden`` is a name that counts as unknown, in every version: how well this chooses can be tried on known lines.
    """
    told: set[State] = set()
    for trait in (_answer, _method, _model):
        counted = Counter(_alike(call, trait, hidden))
        for state, _ in counted.most_common():
            if state not in told and _fits(state, call):
                told.add(state)
                yield state
    yield from (state for state in ALWAYS if state not in told)


def _answer(call: Captured) -> Likeness:
    words = plain(call.message) if call.error else repr(call.result) if not call.result else type(call.result).__name__
    return (call.model, call.method, call.error or "", words, " ".join(sorted(call.kwargs.get("context") or {})))


def _method(call: Captured) -> Likeness:
    return (call.model, call.method, str(bool(call.error)))


def _model(call: Captured) -> Likeness:
    return (call.model,)


def _alike(call: Captured, trait: Trait, hidden: str) -> Iterator[State]:
    return (state for name, state in _known(trait).get(trait(call), []) if name != hidden)


@cache
def _known(trait: Trait) -> Mapping[Likeness, list[tuple[str, State]]]:
    """The lines of all versions that the table knows, by what makes them alike."""
    found: dict[Likeness, list[tuple[str, State]]] = {}
    for version in VERSIONS:
        table = state_of(version)
        for name, line in captures(version).items():
            if name in table:
                found.setdefault(trait(outcomes.told(line)), []).append((name, table[name]))
    return found


def _fits(state: State, call: Captured) -> bool:
    """Whether the call says what the state reads from it."""
    if state in (loads.loaded_before, loads.loaded_and_confirmed):
        return call.method == "load"
    if state is states.to_return:
        return call.model == states.RETURN and call.method == "create"
    if state is states.searchable_po:
        return call.method == "search" and len(call.args) > 0 and len(call.args[0]) == 1
    if state is states.tracked_po:
        return call.method == "search_read"
    return state is not states.named_po or call.method != "create"


def nameless(call: Captured) -> Captured:
    """The line as somebody else would bring it."""
    return replace(call, name="brought")
