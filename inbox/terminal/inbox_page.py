"""What waits for people: requests with how to decide them, questions, and the cases that were handed over."""

from collections.abc import Mapping, Sequence
from typing import Self

from desk.explaining import asked_before
from domain.cases import Case
from domain.holds import Hold
from domain.money import Money
from domain.values import SHORT, Value
from domain.words import called
from guardrails.deciding import deciding_roles
from guardrails.policy import Policy
from inbox.terminal.case_pages import case_table
from inbox.terminal.question_pages import show_open_questions
from inbox.terminal.showing import clean, console, moment, money, say, table
from memory.questions import Question
from memory.requests import Request
from memory.store import Store


class Waiting(Value):
    """Everything that a person has to look at."""

    requests: tuple[Request, ...]
    may_decide: Mapping[str, tuple[str, ...]]
    """Request to the roles that may decide it; none where the policy cannot be read."""
    warning: str | None
    """That the policy cannot be used, or changed since some of them were asked."""
    at_risk: Mapping[str, Money]
    """Case to the money at risk, of the cases about which somebody is asked."""
    questions: tuple[Question, ...]
    """Those without an answer."""
    queue: tuple[Case, ...]
    """Cases the desk cannot go on with: refused, failed, or of unknown outcome."""
    taken: tuple[Hold, ...]
    """Cases that a person has in hand."""
    people: Mapping[str, str]
    """Actor to login, of whoever is known."""

    @classmethod
    def of(cls, store: Store, policy: Policy | None) -> Self:
        """As the desk's rows say now; what is snoozed is left out."""
        requests, held = store.requests.pending(), {hold.case for hold in store.holds.all()}
        queue = (*store.cases.list(state="unknown"), *store.cases.list(state="queued"))
        return cls(
            requests=tuple(requests),
            may_decide=deciders_of(requests, policy),
            warning=asked_before(requests, policy),
            at_risk={one.case: store.cases.get(one.case).money_at_risk for one in requests},
            questions=tuple(store.questions.open()),
            queue=tuple(case for case in queue if case.id not in held),
            taken=tuple(store.holds.all("taken")),
            people=store.people.logins(),
        )


def deciders_of(requests: Sequence[Request], policy: Policy | None) -> Mapping[str, tuple[str, ...]]:
    """Request to the roles that may decide it."""
    return {one.id: deciding_roles(one.role, one.amount, policy) for one in requests if policy}


def show_inbox(waiting: Waiting) -> None:
    """The page, with what to type next."""
    if not (waiting.requests or waiting.queue or waiting.questions or waiting.taken):
        say("Nothing waits for a person.")
    if waiting.requests:
        show_waiting(waiting)
    if waiting.questions:
        show_open_questions(waiting.questions, waiting.people)
    if waiting.queue:
        say("")
        console().print(case_table(waiting.queue, "For a person to handle", waiting.people))
        first = waiting.queue[0].id
        say(
            f"When it is settled:  python app.py close {first} --as LOGIN --reason WHY",
            f"Or: take {first} in hand, snooze it, dismiss it, or propose another option (each has --help)",
        )
    if waiting.taken:
        show_taken(waiting)
    show_warning(waiting)


def show_warning(waiting: Waiting) -> None:
    """What is wrong with taking the page as it stands."""
    if waiting.warning:
        say(f"Mind: {waiting.warning}.")


def show_waiting(waiting: Waiting) -> None:
    """Requests to decide, and how."""
    show_requests(waiting.requests, waiting)
    first = waiting.requests[0]
    say(
        f"See it whole:  python app.py case {first.case}",
        f'Ask about it:  python app.py ask {first.case} --as LOGIN "why not …?"   (a colleague: --to LOGIN)',
        f"Decide:        python app.py approve {first.id} --as LOGIN   (or reject … --reason WHY)",
        f"Only if it is still what you see:  add --digest {first.digest[:SHORT]}",
    )


def show_requests(requests: Sequence[Request], waiting: Waiting) -> None:
    """One entry a request: how much, who may decide it, until when, and the digest of exactly what is asked."""
    rigid = ("request", "amount, at risk", "expires, digest")
    page = table("Waiting for a decision", *rigid[:2], "may decide", rigid[2], "what", rigid=rigid)
    for one in requests:
        page.add_row(
            f"{one.id}\ncase {one.case}{waited_with(one, requests)}",
            f"{money(one.amount)}\n{money(waiting.at_risk[one.case])}",
            clean(deciders(waiting, one)),
            f"{moment(one.expires_at)}\n{one.digest[:SHORT]}",
            clean(one.title) + asked_meanwhile(waiting, one),
        )
    console().print(page)


def waited_with(request: Request, requests: Sequence[Request]) -> str:
    """The other requests without whose approval nothing is done either."""
    others = [one.id for one in requests if one.case == request.case and one.id != request.id]
    return f"\nwith {', '.join(others)}" if others else ""


def deciders(waiting: Waiting, request: Request) -> str:
    """The roles that may decide, the one that is asked first."""
    roles = waiting.may_decide.get(request.id) or (request.role,)
    return " or ".join(roles) + (", four eyes" if request.four_eyes else "")


def asked_meanwhile(waiting: Waiting, request: Request) -> str:
    """That somebody waits for an answer about the same case."""
    ids = [one.id for one in waiting.questions if one.case == request.case]
    return f" (open: {', '.join(ids)})" if ids else ""


def show_taken(waiting: Waiting) -> None:
    """Cases in somebody's hands."""
    page = table("In hand", "case", "who", "since", "why", rigid=("case", "since"))
    for one in waiting.taken:
        page.add_row(one.case, clean(called(one.by, waiting.people)), moment(one.since), clean(one.reason))
    console().print(page)
