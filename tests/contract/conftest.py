"""Runs each contract test on every Odoo there is: the sandbox in each version and way, and a live one when named."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from domain.errors import DeskError
from tests.contract.ground import Ground
from tests.contract.targets import SANDBOXES, Target, wanted

REMAINS = pytest.StashKey[list[str]]()
SPOKEN = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[REMAINS] = []
    config.stash[SPOKEN] = []
    config.addinivalue_line("markers", "live: runs on the Odoo that DESK_CONTRACT_URL and its like name")


def pytest_sessionstart() -> None:
    """A live Odoo that lets nobody in is told before the sandboxes take their minutes."""
    if found := _named():
        stood(found)


def pytest_report_header(config: pytest.Config) -> list[str]:
    return [f"contract: {words}" for words in (*SANDBOXES, _live_words())]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "ground" in metafunc.fixturenames:
        live = [pytest.param("live", marks=pytest.mark.live)] if _named() else []
        metafunc.parametrize("ground", [*SANDBOXES, *live], indirect=True, scope="session")


@pytest.fixture(scope="session")
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """An Odoo with what tests make on it, shared by all tests; each makes documents and goods of its own."""
    with _opened(str(request.param)) as target:
        made = stood(target)
        request.config.stash[SPOKEN].append(f"{request.param}: {made.words}")
        try:
            yield made
        finally:
            remains = made.clean()
            request.config.stash[REMAINS].extend(f"{each}" for each in remains if target.live)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for words in config.stash[SPOKEN]:
        terminalreporter.write_line(f"ran against {words}")
    remains = config.stash[REMAINS]
    if remains:
        terminalreporter.write_line(f"{len(remains)} records remain there, none of them open:")
    for words in remains:
        terminalreporter.write_line(f"  {words}")


@contextmanager
def _opened(name: str) -> Iterator[Target]:
    if name != "live":
        with SANDBOXES[name].opened() as target:
            yield target
        return
    found = _named()
    assert found is not None
    yield found


def _named() -> Target | None:
    try:
        return wanted(os.environ)
    except DeskError as error:
        raise pytest.UsageError(str(error)) from None


def stood(target: Target) -> Ground:
    """The ground of an Odoo that lets an administrator in; else ends the run with words."""
    try:
        made = Ground(target)
        mighty = made.call("res.users", "has_group", [made.as_("admin").uid], "base.group_system")
    except DeskError as error:
        pytest.exit(f"contract: no log-in to {target.address.place} as {target.login}: {error}", returncode=4)
    if not mighty:
        pytest.exit(f"contract: {target.login} is no administrator there, and users have to be made", returncode=4)
    return made


def _live_words() -> str:
    found = _named()
    if found is None:
        return (
            "no live Odoo (name one by DESK_CONTRACT_URL, DESK_CONTRACT_DB, DESK_CONTRACT_USER, DESK_CONTRACT_PASSWORD)"
        )
    return f"live {found.address.place} database {found.address.database} as {found.login}, way {found.way}"
