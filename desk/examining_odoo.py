"""Looks at Odoo as the desk's own user sees it: reachable, of a version it speaks, its clock, modules and rights."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from desk.examining import Check
from desk.examining_currencies import currencies_checks
from desk.examining_data import data_checks
from desk.examining_modules import fields_check, fields_seen, module_checks
from desk.examining_people import people_checks, roles_check
from desk.examining_places import companies_of, places_checks
from desk.examining_rights import Rights, action_checks, address_check, agent_checks, groups_check, reading_check
from domain.calls import Call
from domain.clock import Clock
from domain.faults import OdooFault, UnspokenVersion
from domain.ports import Transport
from guardrails.local import LocalPolicy
from tools.dialects.versions import VERIFIED, major
from tools.reader import Reader
from tools.rights import ADDRESS_WANTED
from tools.transports.connection import Patient
from tools.transports.jsonrpc import server_version
from tools.transports.wire import OdooAddress

SLOW_MS = 500
LOG_IN = "check DESK_ODOO_DATABASE, _USER, _SECRET and _TRANSPORT"
APART_S = 60


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
    roles: Mapping[str, Sequence[str]] = MappingProxyType({})
    """The groups of Odoo that hold each role of the policy."""
    currencies: tuple[str, ...] | None = None
    """Those that the policy caps a step in; None where there is no policy to read."""
    told: tuple[str, ...] = ()
    """The logins of whoever is to be told of requests."""
    data: bool = False
    """Whether to look at what is entered there, too."""
    companies: tuple[int, ...] = ()
    """Those that the desk scans; all of its user's where none is named."""
    scopes: Mapping[str, Sequence[str]] = MappingProxyType({})
    """The actions that the agent of each kind may use, as the policy says."""


def odoo_checks(odoo: Odoo) -> Iterator[Check]:
    """Every check of one Odoo; stops where the next could not be made."""
    try:
        version = server_version(odoo.address)
    except OdooFault as fault:
        yield Check(
            name="Odoo", outcome="fail", found=str(fault), fix="check DESK_ODOO_URL, the network, and that it runs"
        )
        return
    spoken = version_check(odoo.address, version)
    yield spoken
    if spoken.outcome == "fail":
        return
    yield clock_check(odoo)
    try:
        transport = odoo.log_in()
    except OdooFault as fault:
        yield Check(name="login", outcome="fail", found=str(fault), fix=LOG_IN)
        return
    yield login_check(odoo, transport)
    yield round_trip_check(transport)
    yield from rights_checks(transport, major(version), odoo.scopes)
    yield from places_checks(transport, odoo.policies)
    yield from currencies_checks(transport, odoo.currencies, odoo.companies)
    if odoo.roles:
        yield roles_check(transport, odoo.roles)
    yield from people_checks(transport, odoo.told)
    if odoo.data:
        yield from in_companies(transport, odoo)


def in_companies(transport: Transport, odoo: Odoo) -> Iterator[Check]:
    """What would blind the agents, company by company; each is named where there are several."""
    companies = odoo.companies or tuple(companies_of(transport))
    for company in companies:
        of = f" of company {company}" if len(companies) > 1 else ""
        for check in data_checks(Reader(transport, company, clock=odoo.clock)):
            yield check.but(name=f"{check.name}{of}")


def version_check(address: OdooAddress, version: str) -> Check:
    """Whether it is an Odoo whose names the desk knows, and whether it was ever run with one."""
    found = f"{address.place} answers, version {version}"
    try:
        number = major(version)
    except UnspokenVersion as other:
        return Check(name="Odoo", outcome="fail", found=f"{found}: {other}", fix="see docs/odoo.md for the versions")
    if number in VERIFIED:
        return Check(name="Odoo", outcome="ok", found=found)
    fix = "try everything on a copy first: its words are from documentation, and the desk was not run with it"
    return Check(name="Odoo", outcome="warn", found=found, fix=fix)


def login_check(odoo: Odoo, transport: Transport) -> Check:
    """Who the desk is there, in which database, and how it speaks to it."""
    way = f", {transport.version}" if isinstance(transport, Patient) else ""
    found = f"{odoo.login} is user {transport.uid} of database {odoo.address.database}{way}"
    return Check(name="login", outcome="ok", found=found)


def rights_checks(transport: Transport, version: int, scopes: Mapping[str, Sequence[str]]) -> Iterator[Check]:
    """Modules and fields, and what each action and each agent could do; asks, and changes nothing."""
    known = fields_seen(transport)
    yield from module_checks(known)
    yield reading_check(transport, version)
    yield fields_check(known)
    rights = Rights(transport, version)
    yield from action_checks(rights)
    yield from agent_checks(rights, scopes)
    yield groups_check(transport, version)
    if version in ADDRESS_WANTED:
        yield address_check(transport)


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
