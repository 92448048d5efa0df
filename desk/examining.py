"""Looks at everything the desk stands on, works when all of it is broken, and says what to put right."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from desk.checking import check_everything, policy_as_read
from desk.explaining import asked_before
from desk.settings import Settings, read_settings
from domain.clock import Clock
from domain.errors import DeskError
from domain.values import Value
from domain.words import counted
from guardrails.policy import Policy
from memory.checkpoints import FILE as CHECKPOINTS
from memory.checkpoints import check_checkpoints
from memory.errors import ReadOnly
from memory.store import FILE, Store
from memory.verifying import Verified

Outcome = Literal["ok", "warn", "fail"]


class Check(Value):
    """One thing that was looked at, what was found, and what to do about it."""

    name: str
    outcome: Outcome
    found: str
    fix: str | None = None


class Ground(NamedTuple):
    """What an examination needs from outside."""

    home: Path | None
    clock: Clock
    odoo: Callable[[Settings], Iterator[Check]]
    """The checks of the Odoo that the settings name; raises DeskError where they name none."""


def examine(ground: Ground) -> Iterator[Check]:
    """Every check, one after the other, so that each shows as soon as it is known."""
    try:
        settings = read_settings(home=ground.home)
    except DeskError as error:
        yield Check(name="settings", outcome="fail", found=str(error), fix="correct the variables or the .env file")
        return
    yield Check(
        name="settings", outcome="ok", found=f"home {settings.home}, {counted(len(settings.scans), 'scan')} planned"
    )
    yield home_check(settings.home)
    yield from store_checks(settings, ground.clock)
    yield checkpoints_check(settings.home)
    yield policy_check(settings)
    try:
        yield from ground.odoo(settings)
    except DeskError as error:
        yield Check(name="Odoo", outcome="fail", found=str(error), fix="check DESK_ODOO_URL and its companions")
    except OSError as error:  # the demo's sandbox locks a file in the home before it starts
        found = f"its sandbox cannot be started: {error.filename}: {error.strerror}"
        yield Check(name="Odoo", outcome="fail", found=found, fix=writable(settings.home))


def home_check(home: Path) -> Check:
    """Whether the home is a folder that the desk may write and that nobody else may read."""
    if not home.exists():
        return Check(
            name="home", outcome="warn", found=f"{home} does not exist yet", fix="the first demo or scan makes it"
        )
    if not home.is_dir() or not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return Check(
            name="home",
            outcome="fail",
            found=f"{home} is no folder that this user may write",
            fix=writable(home),
        )
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & 0o077:
        return Check(
            name="home", outcome="warn", found=f"others may look into {home} ({mode:o})", fix=f"chmod 700 {home}"
        )
    return Check(name="home", outcome="ok", found=f"{home}, for this user alone")


def store_checks(settings: Settings, clock: Clock) -> Iterator[Check]:
    """Whether the database opens, is of this version and is whole, and whether the journal is as it was written."""
    if not settings.home.joinpath(FILE).exists():
        yield Check(name="database", outcome="warn", found="there is none yet", fix="the first demo or scan makes one")
        return
    try:
        store = Store.open(settings.home, clock, keys=settings.seal_keys)
    except DeskError as error:
        yield failed("database", error, settings.home, fix="restore a backup, or move it away")
        return
    try:
        yield from opened_checks(store)
        yield from requests_check(store, policy_as_read(settings))
    finally:
        store.close()


def opened_checks(store: Store) -> Iterator[Check]:
    """The pages of the database, and the journal in it."""
    try:
        store.database.check()
        cases = counted(len(store.cases.list()), "case")
        yield Check(name="database", outcome="ok", found=f"whole and of this version, {cases}")
        found = store.verify()
    except DeskError as error:
        yield Check(name="database", outcome="fail", found=str(error), fix="stop the desk and restore a backup")
        return
    if isinstance(found, Verified):
        yield Check(name="journal", outcome="ok", found=f"{found.rows} entries, {counted(found.seals, 'seal')}")
    else:
        yield Check(
            name="journal",
            outcome="fail",
            found=f"{counted(len(found), 'place is', 'places are')} not as written, the first: {found[0].what}",
            fix="python app.py audit verify names all of them",
        )


def requests_check(store: Store, policy: Policy | None) -> Iterator[Check]:
    """A warning where requests wait that were asked under another policy; of one that cannot be used others tell."""
    try:
        older = asked_before(store.requests.pending(), policy) if policy else None
    except DeskError:  # the check of the database has told already
        return
    if older:
        yield Check(name="requests", outcome="warn", found=older, fix="answer them, and look at what is asked then")


def failed(name: str, error: DeskError, home: Path, *, fix: str) -> Check:
    """What could not be opened; nothing is wrong with it where its home is only read-only."""
    return Check(name=name, outcome="fail", found=str(error), fix=writable(home) if type(error) is ReadOnly else fix)


def writable(home: Path) -> str:
    """How a home becomes the desk's own."""
    return f"make it yours, or point DESK_HOME elsewhere: chown -R $USER {home} && chmod -R u+rwX {home}"


def checkpoints_check(home: Path) -> Check:
    """Whether the file in which graphs keep their place can be read."""
    try:
        check_checkpoints(home)
    except DeskError as error:
        return failed("checkpoints", error, home, fix=f"delete it: rm {home / CHECKPOINTS}*")
    return Check(name="checkpoints", outcome="ok", found="whole")


def policy_check(settings: Settings) -> Check:
    """Whether the policy, the local ones beside it and the terms can be used."""
    found = check_everything(settings)
    wrong = [flaw for flaw in found.flaws if flaw.problem.severity == "error"]
    if wrong:
        told = f"{counted(len(wrong), 'error')}, the first: {wrong[0]}"
        return Check(name="policy", outcome="fail", found=told, fix="python app.py policy check")
    if found.flaws:
        return Check(name="policy", outcome="warn", found=str(found.flaws[0]), fix="see python app.py policy check")
    return Check(name="policy", outcome="ok", found=", ".join(found.names))
