"""The desk: every part of the product, wired once, for its verbs to use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from langgraph.checkpoint.base import BaseCheckpointSaver
from pydantic import SecretStr

from agents.terms import TermsBook
from agents.terms_loading import NAME, load_terms
from desk.reading import KNOWN as KNOWN
from desk.reading import read_policy as read_policy
from domain.cases import NOTICE
from domain.clock import Clock
from domain.errors import Misuse
from domain.people import Person
from domain.ports import Transport
from graphs.kinds import Kind
from graphs.notices import Notices
from graphs.runner import Runner
from guardrails.loading import DEFAULT_POLICY
from guardrails.policy import Policy
from guardrails.standing import PolicyLimits
from memory.store import Store
from tools.catalogue import CATALOGUE
from tools.gateway import Gateway
from tools.people import identify

Connect = Callable[[str, SecretStr], Transport]
"""Logs a user in to Odoo; raises WrongLogin."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What differs between production, a scenario and a test."""

    transport: Transport
    """Logged in as the desk's own service user."""
    connect: Connect
    """How a person proves who they are."""
    store: Store
    saver: BaseCheckpointSaver[str]
    clock: Clock
    policy: Policy
    kinds: Mapping[str, Kind]
    terms: TermsBook
    url: str | None = None
    """Where people find the desk; what they are told in Odoo links to it."""
    in_flight_s: float = 150.0
    """How long a call may go on inside Odoo after its answer was lost: its limit for a request, and some more."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The wired product; its verbs are the functions of this package."""

    store: Store
    gateway: Gateway
    policy: Policy
    clock: Clock
    kinds: Mapping[str, Kind]
    terms: TermsBook
    runner: Runner
    transport: Transport
    connect: Connect

    @property
    def scanned_kinds(self) -> tuple[str, ...]:
        """The kinds of exceptions that scans look for, by name."""
        return tuple(sorted(set(self.kinds) - {NOTICE}))

    def identify(self, login: str, secret: SecretStr) -> Person:
        """Whose password or API key Odoo accepts just now; raises WrongLogin, and Misuse for the desk itself."""
        person = identify(self.connect, login, secret, self.policy.role_groups())
        if person.uid == self.transport.uid:
            raise Misuse(f"{login} is the desk's own user in Odoo and decides nothing; name a person with --as")
        self.store.people.know(person)
        return person


def assemble(parts: Parts) -> Desk:
    """Wire the parts together; the only place that does."""
    gateway = Gateway(
        parts.transport, parts.store.register, CATALOGUE, clock=parts.clock, in_flight_s=parts.in_flight_s
    )
    notices = Notices(store=parts.store, kinds=parts.kinds, url=parts.url)
    kinds: Mapping[str, Kind] = {**parts.kinds, NOTICE: notices}
    runner = Runner(
        store=parts.store,
        gateway=gateway,
        policy=parts.policy,
        clock=parts.clock,
        kinds=kinds,
        terms=parts.terms,
        saver=parts.saver,
    )
    return Desk(
        store=parts.store,
        gateway=gateway,
        policy=parts.policy,
        clock=parts.clock,
        kinds=kinds,
        terms=parts.terms,
        runner=runner,
        transport=parts.transport,
        connect=parts.connect,
    )


def read_terms(file: Path | None = None, *, policy: Path | None = None) -> TermsBook:
    """The terms in a file, or in the one beside the policy where there is one; raises PolicyError with wrong lines."""
    beside = (policy or DEFAULT_POLICY).parent / NAME
    if file is None and not beside.exists():
        return TermsBook()
    return load_terms(file or beside)


def open_store(home: Path, clock: Clock, policy: Policy, *, keys: Path | None = None) -> Store:
    """The desk's memory in a folder, with the policy's standing limits and the life it gives a grant."""
    grant_life = timedelta(minutes=policy.expiry.grant_minutes)
    return Store.open(home, clock, limits=PolicyLimits(policy), keys=keys, grant_life=grant_life)
