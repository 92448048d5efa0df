"""A recording tried on the sandbox: each line from its state, or from the states it may have been made from."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from tests.contract.recorded import specials
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.choosing import candidates
from tests.contract.recorded.concern import Concern, concern
from tests.contract.recorded.lab import Lab, open_lab
from tests.contract.recorded.left_out import OUTSIDE, REASON_OF
from tests.contract.recorded.names import asked
from tests.contract.recorded.outcomes import told
from tests.contract.recorded.posted import disagreement_posted, served
from tests.contract.recorded.run import disagreement
from tests.contract.recorded.states import State
from tests.contract.recorded.table import state_of


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of one line: it agrees, it differs in ``problem``, or it was left out for a reason."""

    call: Captured
    concern: Concern
    problem: str | None = None
    left_out: str | None = None
    state: str = ""
    tries: int = 1

    @property
    def agrees(self) -> bool:
        return self.problem is None and self.left_out is None


@dataclass
class Bench:
    """A lab that is as new before each line."""

    lab: Lab
    new: bytes
    client: httpx.Client

    def problem(self, call: Captured, state: State) -> str | None:
        """How the sandbox differs, from that state."""
        self.anew()
        if call.name in specials.ASKED:
            return specials.disagreement_otherwise(self.lab, call)
        if call.status is not None:
            return disagreement_posted(self.lab, self.client, call, state)
        return disagreement(self.lab, call, state)

    def anew(self) -> Lab:
        """The lab as it was at first."""
        self.lab.engine.restore(self.new)
        self.lab.known.clear()
        return self.lab

    def figures(self, call: Captured, state: State) -> list[dict[str, object]]:
        """The rows that the sandbox answers, their ids apart."""
        state(self.anew(), call)
        args, kwargs = asked(self.lab, call)
        user = self.lab.users[call.user]
        rows = self.lab.engine.execute_kw(user, None, call.model, call.method, args, kwargs)
        return [{key: value for key, value in row.items() if key != "id"} for row in rows]

    def verdict(self, line: Captured) -> Verdict:
        """A known line, made from the state that the table names."""
        call = told(line)
        near = concern(call)
        if line.name in REASON_OF:
            return Verdict(call=call, concern=near, left_out=REASON_OF[line.name])
        state = state_of(line.version).get(line.name)
        if state is None and line.name not in specials.ASKED:
            return Verdict(call=call, concern=near, left_out=OUTSIDE)
        return Verdict(call=call, concern=near, problem=self._tried(call, state or _as_it_is), state=_named(state))

    def chosen(self, line: Captured, hidden: str = "") -> Verdict:
        """A line that is not known, made from the first state in which the sandbox answers as it was answered."""
        call = told(line) if not hidden else line
        near = concern(call)
        if not call.model:
            return Verdict(call=call, concern=near, left_out="does not tell what was asked")
        if near is Concern.BEYOND and call.error is None and call.status is None:
            return Verdict(call=call, concern=near, left_out=OUTSIDE)
        first: str | None = None
        for tries, state in enumerate(candidates(call, hidden), start=1):
            problem = self._tried(call, state)
            if problem is None:
                return Verdict(call=call, concern=near, state=_named(state), tries=tries)
            first = first or problem
        return Verdict(call=call, concern=near, problem=first)

    def _tried(self, call: Captured, state: State) -> str | None:
        """How the sandbox differs; a state that cannot be made differs too."""
        try:
            return self.problem(call, state)
        except Exception as trouble:  # noqa: BLE001
            return f"{type(trouble).__name__}: {trouble}"


@contextmanager
def bench(version: int) -> Iterator[Bench]:
    """A lab of that version, behind a port of this machine as well."""
    lab = open_lab(version)
    with served(lab) as client:
        yield Bench(lab=lab, new=lab.engine.snapshot(), client=client)


def _as_it_is(_lab: Lab, _call: Captured) -> None:
    """No state is needed."""


def _named(state: State | None) -> str:
    return state.__name__ if state else ""


def verdicts(lines: Mapping[str, Captured], version: int) -> list[Verdict]:
    """What comes of each line of a known recording."""
    with bench(version) as on:
        return [on.verdict(line) for line in lines.values()]
