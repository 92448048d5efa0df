"""Looks whether Odoo knows everybody whom the policy wants told of requests: else they never hear of them there."""

from collections.abc import Iterator, Mapping, Sequence

from desk.examining import Check
from domain.calls import Call
from domain.errors import DeskError
from domain.faults import ServerBug
from domain.ports import Transport
from guardrails.policy import Policy

FIX = "name logins of your own Odoo as notify in the policy's [roles], or leave notify out"


def notified(policy: Policy | None) -> tuple[str, ...]:
    """Every login that a role of the policy names, once."""
    roles = policy.roles.values() if policy else ()
    return tuple(dict.fromkeys(login for role in roles for login in role.notify))


def people_checks(transport: Transport, logins: Sequence[str]) -> Iterator[Check]:
    """One check of everybody who is to be told; none where nobody is."""
    if not logins:
        return
    asked = Call(model="res.users", method="search_read", args=([["login", "in", list(logins)]], ["login"]))
    try:
        rows = transport.execute(asked)
    except DeskError as error:
        yield Check(name="people told", outcome="warn", found=str(error), fix="let the desk's user see users")
        return
    known = {row["login"] for row in rows if isinstance(row, dict)} if isinstance(rows, list) else set()
    missing = [login for login in logins if login not in known]
    if missing:
        found = f"Odoo shows no active user {', '.join(missing)}: nobody is told there of what the desk asks"
        yield Check(name="people told", outcome="warn", found=found, fix=FIX)
    else:
        yield Check(name="people told", outcome="ok", found=", ".join(logins))


def roles_check(transport: Transport, groups: Mapping[str, Sequence[str]]) -> Check:
    """Whether Odoo has the groups that hold each role of the policy: of one that it lacks nobody ever decides."""
    try:
        lost = [f"{role}: {one}" for role, given in groups.items() for one in given if not _exists(transport, one)]
    except DeskError as error:
        return Check(name="roles", outcome="warn", found=str(error), fix="look at the groups of [roles] by hand")
    if lost:
        found = f"Odoo has no group {', '.join(lost)}: nobody holds the role by it"
        return Check(name="roles", outcome="warn", found=found, fix="name groups of your own Odoo in [roles]")
    return Check(name="roles", outcome="ok", found=", ".join(groups))


def _exists(transport: Transport, group: str) -> bool:
    asked = Call(model="ir.model.data", method="check_object_reference", args=tuple(group.split(".", maxsplit=1)))
    try:
        return transport.execute(asked) is not False
    except ServerBug:
        return False
