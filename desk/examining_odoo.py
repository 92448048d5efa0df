"""Looks at Odoo as the desk's own user sees it: reachable, the right version, the clock, models, rights and groups."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from desk.examining import Check
from desk.examining_people import people_checks
from desk.examining_places import places_checks
from domain.calls import Call
from domain.clock import Clock
from domain.errors import DeskError
from domain.faults import OdooFault, ServerBug
from domain.ports import Transport
from guardrails.local import LocalPolicy
from tools.action import AnyAction
from tools.allowlist import FIELDS
from tools.catalogue import CATALOGUE
from tools.odoorpc_transport import server_version
from tools.wire import OdooAddress

KNOWN_VERSIONS = ("18",)
SLOW_MS = 500
APART_S = 60
OPERATIONS = {"create": "create", "unlink": "unlink"}
"""Which right a method needs; every other method that an action calls needs ``write``."""

MODULES = {"mail": "mail", "product": "product", "purchase": "purchase", "sale": "sale_management", "stock": "stock"}
"""Which module brings a model, by the first word of the model's name."""

TOO_MIGHTY = ("base.group_system", "base.group_erp_manager")


class Odoo(NamedTuple):
    """The Odoo to look at."""

    address: OdooAddress
    login: str
    log_in: Callable[[], Transport]
    server_time: Callable[[OdooAddress], datetime | None]
    """What the server's clock says, None where it does not tell."""
    clock: Clock
    policies: tuple[LocalPolicy, ...] = ()
    """The local policies, each of which wants its company and warehouse to be there."""
    told: tuple[str, ...] = ()
    """The logins of whoever is to be told of requests."""


def odoo_checks(odoo: Odoo) -> Iterator[Check]:
    """Every check of one Odoo; stops where the next could not be made."""
    try:
        version = server_version(odoo.address)
    except OdooFault as fault:
        yield Check(
            name="Odoo", outcome="fail", found=str(fault), fix="check DESK_ODOO_URL, the network, and that it runs"
        )
        return
    yield version_check(odoo.address, version)
    yield clock_check(odoo)
    try:
        transport = odoo.log_in()
    except OdooFault as fault:
        yield Check(name="login", outcome="fail", found=str(fault), fix="check DESK_ODOO_DATABASE, _USER and _SECRET")
        return
    yield Check(name="login", outcome="ok", found=f"{odoo.login} is user {transport.uid}")
    yield round_trip_check(transport)
    yield from right_checks(transport)
    yield groups_check(transport)
    yield from places_checks(transport, odoo.policies)
    yield from people_checks(transport, odoo.told)


def version_check(address: OdooAddress, version: str) -> Check:
    """Whether it is an Odoo the desk was tried with."""
    found = f"{address.place} answers, version {version}"
    if version.removeprefix("saas~").split(".")[0] in KNOWN_VERSIONS:
        return Check(name="Odoo", outcome="ok", found=found)
    fix = f"the desk was tried with {', '.join(KNOWN_VERSIONS)} only: field names differ in others"
    return Check(name="Odoo", outcome="warn", found=found, fix=fix)


def clock_check(odoo: Odoo) -> Check:
    """Whether both clocks agree; evidence and expiries rely on it."""
    there = odoo.server_time(odoo.address)
    if there is None:
        return Check(name="clock", outcome="warn", found="the server does not tell its time", fix="compare by hand")
    apart = abs((odoo.clock.now() - there).total_seconds())
    if apart > APART_S:
        found = f"Odoo's clock and this one are {apart:.0f} s apart"
        return Check(name="clock", outcome="warn", found=found, fix="let both follow a time server (NTP)")
    return Check(name="clock", outcome="ok", found=f"at most {apart + 1:.0f} s apart")


def round_trip_check(transport: Transport) -> Check:
    """How long one small read takes, the best of three."""
    call = Call(model="res.users", method="search_count", args=([],))
    try:
        taken = min(timed(transport, call) for _ in range(3))
    except OdooFault as fault:
        return Check(name="round trip", outcome="fail", found=str(fault), fix="give the user access to Odoo's users")
    if taken > SLOW_MS:
        return Check(name="round trip", outcome="warn", found=f"{taken:.0f} ms", fix="run the desk nearer to Odoo")
    return Check(name="round trip", outcome="ok", found=f"{taken:.1f} ms")


def timed(transport: Transport, call: Call) -> float:
    """Milliseconds of one call."""
    began = time.perf_counter()
    transport.execute(call)
    return (time.perf_counter() - began) * 1000


def right_checks(transport: Transport) -> Iterator[Check]:
    """What the desk reads, and what each action needs; every lack is named."""
    lacking = [lack for model in FIELDS if (lack := lacks(transport, model, "read"))]
    yield rights_check("reading", lacking, f"all {len(FIELDS)} models")
    for action in CATALOGUE.values():
        yield action_check(transport, action)


def action_check(transport: Transport, action: AnyAction) -> Check:
    """Whether the user holds every right an action and its compensation need."""
    wanted = sorted(set(needs(action)))
    lacking = {one: lack for one in wanted if (lack := lacks(transport, *one))}
    usable = {model for model, _ in wanted} - {model for model, _ in lacking}
    complete = ", ".join(f"{operation} {model}" for model, operation in wanted)
    return rights_check(action.name, list(lacking.values()), complete, partly=bool(usable))


def rights_check(name: str, lacking: list[str], complete: str, *, partly: bool = False) -> Check:
    """One line for a set of rights; an action that can work on some documents only is no failure."""
    if not lacking:
        return Check(name=name, outcome="ok", found=complete)
    fix = "install what is missing, and give the desk's user the Odoo groups that hold these rights"
    return Check(name=name, outcome="warn" if partly else "fail", found="; ".join(lacking), fix=fix)


def needs(action: AnyAction) -> Iterator[tuple[str, str]]:
    """Model and operation of every call the action or its compensation may make."""
    for permit in (*action.scope.permits, *action.undo_scope.permits):
        for method in permit.methods:
            yield permit.model, OPERATIONS.get(method, "write")


def lacks(transport: Transport, model: str, operation: str) -> str | None:
    """What is missing for this operation, None where nothing is."""
    try:
        granted = may(transport, model, operation)
    except ServerBug:
        module = MODULES.get(model.split(".", maxsplit=1)[0], "base")
        return f"Odoo has no {model}: module {module} is not installed"
    except DeskError as error:
        return f"{model}: {error}"
    return None if granted else f"no right to {operation} {model}"


def may(transport: Transport, model: str, operation: str) -> bool:
    """Whether the user has this right; Odoo 19 asks by another name than 18."""
    asked = Call(model=model, method="check_access_rights", args=(operation,), kwargs={"raise_exception": False})
    try:
        return transport.execute(asked) is True
    except ServerBug:
        return transport.execute(Call(model=model, method="has_access", args=([], operation))) is True


def groups_check(transport: Transport) -> Check:
    """Whether the desk's user is mightier than it has to be."""
    mighty = [
        group
        for group in TOO_MIGHTY
        if transport.execute(Call(model="res.users", method="has_group", args=([transport.uid], group))) is True
    ]
    if mighty:
        fix = "give the desk a user of its own with purchase, sales and stock rights only"
        return Check(name="groups", outcome="warn", found=f"the desk's user is in {', '.join(mighty)}", fix=fix)
    return Check(name="groups", outcome="ok", found="no administrator")
