"""Whoever is asked is told in Odoo, by an activity on the document; it is closed when the request is decided."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from desk.desk import Desk
from domain.cases import NOTICE, Case, Finding
from domain.errors import DeskError
from domain.faults import OdooFault, Refused
from guardrails.deciding import deciding_roles
from memory.errors import Conflict
from memory.notices import about, parted
from memory.requests import Request

log = logging.getLogger("desk.notifying")

P = ParamSpec("P")
R = TypeVar("R")


def notifying(verb: Callable[Concatenate[Desk, P], R]) -> Callable[Concatenate[Desk, P], R]:
    """A verb after which people are told of what it asked, and that what it answered is over."""

    @wraps(verb)
    def told(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
        outcome = verb(desk, *args, **kwargs)
        notify(desk)
        return outcome

    return told


def notify(desk: Desk) -> None:
    """Tell of every request that nobody was told of, and close what was told of one that waits no more.

    Odoo is asked nothing where there is neither. What fails is logged, hinders nobody, and is tried again next time;
    the others are told meanwhile, unless it is Odoo that does not answer.
    """
    try:
        for case in (*opened(desk), *reopened(desk)):
            with beside_others():
                desk.runner.run(case.id)
    except DeskError as fault:
        untellable(fault)


@contextmanager
def beside_others() -> Iterator[None]:
    """What fails with one is logged and hinders no other; raises what would hinder all of them: no answer of Odoo."""
    try:
        yield
    except DeskError as fault:
        if isinstance(fault, OdooFault) and not isinstance(fault, Refused):
            raise
        untellable(fault)


def untellable(fault: DeskError) -> None:
    """Say in the log why somebody is not told."""
    log.warning("people cannot be told of requests: %s", fault, extra={"action": "notify_failed"})


def opened(desk: Desk) -> Sequence[Case]:
    """A notice for each person whom the policy wants told of a request and whom nobody told."""
    notified = {name: role.notify for name, role in desk.policy.roles.items() if role.notify}
    untold = desk.store.notices.untold(tuple(notified)) if notified else []
    findings: list[Finding] = []
    for request in untold:
        company = desk.store.cases.get(request.case).company
        if desk.store.pauses.stopping(NOTICE, company):
            continue
        with beside_others():
            findings += [found(request, company, whom) for whom in addressees(desk, request, company)]
    return desk.store.cases.record(findings, graph=desk.runner.shape).opened if findings else ()


def addressees(desk: Desk, request: Request, company: int) -> Sequence[str]:
    """Whom the policy names for the role that is asked, else for those that stand in for it, and who may decide.

    Where it names nobody else, whoever asked for it is told what it waits for.
    """
    roles, barred = desk.policy.roles, {request.requested_by, request.edited_by if request.four_eyes else None}
    named: list[str] = []
    for role in deciding_roles(request.role, request.amount, desk.policy):
        here = list(people(desk, company, roles[role].notify)) if roles[role].notify else []
        if able := [whom for whom in here if whom not in barred]:
            return able
        named += here
    return named or list(people(desk, company, roles[request.role].notify))


def people(desk: Desk, company: int, logins: Sequence[str]) -> Iterator[str]:
    """Users of the company by their logins, as the journal names them; a login that Odoo does not know, as such."""
    rows = desk.gateway.reader(company).rows("res.users", ["login"], [["login", "in", list(logins)]])
    known = {str(row["login"]): f"user:{row['id']}" for row in rows if row["id"] != desk.transport.uid}
    for login in dict.fromkeys(logins):
        if login in known:
            desk.store.people.named(known[login], login)
        yield known.get(login, f"login:{login}")


def found(request: Request, company: int, whom: str) -> Finding:
    """That somebody does not know of a request."""
    return Finding(
        kind=NOTICE,
        company=company,
        subject=about(request.id, whom),
        title=f"Tell {request.role} of {request.id}",
        money_at_risk=request.amount,
        deadline=request.expires_at,
        facts_digest=request.digest,
    )


def reopened(desk: Desk) -> Iterator[Case]:
    """Notices of requests that wait no more: those that still ask somebody, and those that nobody could be told."""
    for case in (*desk.store.notices.standing(), *unsaid(desk)):
        request = desk.store.requests.get(parted(case.subject)[0])
        if request.state == "pending" or desk.store.pauses.stopping(NOTICE, case.company):
            continue
        try:
            why = f"{request.id} is {request.state}: nobody needs to be told of it any more"
            yield desk.store.cases.move(case.id, "open", why, expected=case.state)
        except Conflict:
            continue  # another process was faster


def unsaid(desk: Desk) -> list[Case]:
    """Notices that could not be told, and so have nothing to close."""
    queued = desk.store.cases.list(kind=NOTICE, state="queued")
    return [case for case in queued if not desk.store.register.effects(case.id)]
