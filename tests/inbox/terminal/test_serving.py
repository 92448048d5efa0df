"""The desk works by the clock, and the sandbox serves, until they are told to stop."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desk.recovering import Recovered
from domain.clock import SystemClock
from inbox.terminal.founding import kept_engine, stop
from inbox.terminal.serving import tell_recovered
from inbox.terminal.stopping import until_told
from scenarios.sandbox import process
from tests.inbox.terminal.conftest import Demo, typed
from tests.inbox.terminal.test_main import ROOT


def started(home: Path, words: Sequence[str], until: str) -> tuple[subprocess.Popen[str], list[str]]:
    """A process of ours, and what it said until it was ready."""
    child = subprocess.Popen(
        [sys.executable, "-u", str(ROOT / "app.py"), *words],
        env={**os.environ, "DESK_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    said = []
    for line in child.stdout:
        said.append(line)
        if until in line:
            break
    return child, said


def test_serving_says_what_is_planned_and_stops_when_told(demo: Demo) -> None:
    child, said = started(demo.home, ["serve"], "Serving")

    child.send_signal(signal.SIGTERM)
    rest, errors = child.communicate(timeout=20)

    assert child.returncode == 0, errors
    assert "scan stockout/1" in "".join(said)
    assert "upkeep" in "".join(said)
    assert rest == "Stopped.\n"
    assert "Traceback" not in errors


def listening() -> Callable[[], bool]:
    """Whether this process has begun to listen for a stop since this was asked for."""
    before = signal.getsignal(signal.SIGTERM)
    return lambda: signal.getsignal(signal.SIGTERM) is not before


def told_once(ready: Callable[[], bool]) -> threading.Thread:
    """Tells this very process to stop as soon as it is ready for that."""

    def tell() -> None:
        until = time.monotonic() + 20
        while not ready() and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    return teller


def test_serving_recovers_first_and_gives_the_signal_back(demo: Demo) -> None:
    before = signal.getsignal(signal.SIGTERM)
    teller = told_once(listening())

    shown = demo.run("serve")

    teller.join()
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.endswith("Stopped.\n")
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_was_recovered_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell_recovered(Recovered(expired=("R1",), taken_up=("C1", "C2"), hindered="no route to Odoo"))

    assert capsys.readouterr().out.splitlines() == [
        "Taken up again: C1, C2",
        "Expired unanswered: R1",
        "The rest waits: no route to Odoo",
    ]


def test_a_sandbox_in_this_process_stops_when_told(tmp_path: Path) -> None:
    teller = told_once(lambda: process.find(tmp_path / "home") is not None)

    shown = typed(tmp_path / "home", "sandbox", "--world", "small")

    teller.join()
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.endswith("Stopped.\n")


def test_an_interrupt_that_a_finalizer_swallowed_comes_again(capsys: pytest.CaptureFixture[str]) -> None:
    heard = []

    with until_told():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
        except KeyboardInterrupt:
            heard.append("swallowed")
        signal.pause()

    assert heard == ["swallowed"]
    assert capsys.readouterr().out == "Stopped.\n"


def test_serving_needs_an_odoo(tmp_path: Path) -> None:
    assert typed(tmp_path / "home", "serve").exit_code == 1


def test_a_sandbox_says_how_to_log_in_and_stops_when_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    child, said = started(home, ["sandbox", "--world", "small"], "buyer")
    found = process.find(home)
    second = typed(home, "sandbox")

    child.send_signal(signal.SIGINT)
    child.communicate(timeout=20)

    assert found is not None
    assert found.url in said[0]
    assert child.returncode == 0
    assert second.exit_code == 1
    assert "serves" in second.stderr
    assert process.find(home) is None


def test_a_sandbox_ends_when_nobody_asks(tmp_path: Path) -> None:
    child, said = started(tmp_path / "home", ["sandbox", "--world", "small", "--idle", "1", "--quiet"], "nothing")

    child.communicate(timeout=20)

    assert child.returncode == 0
    assert said == []


@pytest.mark.parametrize("version", [18, 19])
def test_a_sandbox_is_the_odoo_that_was_asked_for_and_stays_it(tmp_path: Path, version: int) -> None:
    home, asked = tmp_path / "home", ["sandbox", "--world", "small", "--idle", "1", "--quiet"]
    started(home, [*asked, "--version", str(version)], "nothing")[0].communicate(timeout=20)

    again = kept_engine(home, SystemClock())

    assert again.version == version


def test_a_world_that_does_not_exist(tmp_path: Path) -> None:
    shown = typed(tmp_path / "home", "sandbox", "--world", "flat")

    assert shown.exit_code == 2
    assert "demo, small" in shown.stderr


def test_a_port_in_use_is_told(demo: Demo, tmp_path: Path) -> None:
    demo.run("doctor")
    taken = process.find(demo.home)
    assert taken is not None

    shown = typed(tmp_path / "home", "sandbox", "--world", "small", "--port", str(taken.port))

    assert shown.exit_code == 1
    assert "in use" in shown.stderr
    stop(tmp_path / "home")


def test_a_scan_tells_what_it_found(demo: Demo) -> None:
    shown, found = demo.run("scan", "--company", "2"), demo.data("scan")

    assert shown.exit_code == 0
    assert "Odoo calls" in shown.stdout
    assert [one["company"] for one in found["scans"]] == [1, 2]


def test_only_the_companies_of_the_settings_are_scanned(demo: Demo) -> None:
    shown = typed(demo.home, "scan", "--json", DESK_COMPANIES="2")

    assert [one["company"] for one in json.loads(shown.stdout)["scans"]] == [2]
