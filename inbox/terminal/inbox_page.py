"""What waits for people: requests with how to decide them, and the queue of cases handed over."""

from typing import Self

from domain.cases import Case
from domain.values import SHORT, Value
from inbox.terminal.case_pages import case_table
from inbox.terminal.showing import clean, console, moment, money, say, table
from memory.requests import Request
from memory.store import Store


class Waiting(Value):
    """Everything that a person has to look at."""

    requests: tuple[Request, ...]
    queue: tuple[Case, ...]
    """Cases the desk cannot go on with: refused, failed, or of unknown outcome."""

    @classmethod
    def of(cls, store: Store) -> Self:
        """As the desk's rows say now."""
        queue = (*store.cases.list(state="unknown"), *store.cases.list(state="queued"))
        return cls(requests=tuple(store.requests.pending()), queue=queue)


def show_inbox(waiting: Waiting) -> None:
    """The page, with what to type next."""
    if not waiting.requests and not waiting.queue:
        say("Nothing waits for a person.")
    if waiting.requests:
        show_requests(waiting.requests)
        first = waiting.requests[0]
        say(
            f"See it whole:  python app.py case {first.case}",
            f"Decide:        python app.py approve {first.id} --as LOGIN   (or reject … --reason WHY)",
            f"Only if it is still what you see:  add --digest {first.digest[:SHORT]}",
        )
    if waiting.queue:
        console().print(case_table(waiting.queue, "For a person to handle"))
        say(f"When it is settled:  python app.py close {waiting.queue[0].id} --as LOGIN --reason WHY")


def show_requests(requests: tuple[Request, ...], title: str = "Waiting for a decision") -> None:
    """One entry a request: who may decide it, about how much, until when, and the digest of exactly what is asked."""
    page = table(title, "request", "amount, role", "expires, digest", "what", rigid=("amount, role", "expires, digest"))
    for one in requests:
        page.add_row(
            f"{one.id}\ncase {one.case}",
            f"{money(one.amount)}\n{clean(one.role)}" + (", four eyes" if one.four_eyes else ""),
            f"{moment(one.expires_at)}\n{one.digest[:SHORT]}",
            clean(one.title),
        )
    console().print(page)
