"""A home that nobody may write is named as what is wrong, and nothing in it is to be deleted or restored."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inbox.terminal.founding import stop
from inbox.terminal.opening import APP
from tests.inbox.terminal.conftest import Demo

HUMBLE = "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); os.execv(sys.executable, sys.argv[1:])"
"""Becomes a process that permissions hold for, also where the tests run as root (it drops CAP_DAC_OVERRIDE)."""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="capabilities are Linux's")


@pytest.fixture
def sealed_off(demo: Demo, tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "home"
    shutil.copytree(demo.pristine, home)
    folders = [home, *(one for one in home.rglob("*") if one.is_dir())]
    for one in (*(file for file in home.rglob("*") if file.is_file()), *folders):
        one.chmod(0o500 if one.is_dir() else 0o400)
    yield home
    for one in folders:
        one.chmod(0o700)
    stop(home)


def humbly(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", HUMBLE, sys.executable, str(APP), *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=home.parent, env={**os.environ})


def test_the_doctor_says_to_make_it_writable_and_comes_to_its_end(sealed_off: Path) -> None:
    page = humbly(sealed_off, "doctor")
    found = {one["name"]: one for one in json.loads(humbly(sealed_off, "doctor", "--json").stdout)["checks"]}

    assert page.stdout.splitlines()[-1].endswith("checks failed.")
    for name in ("home", "database", "checkpoints", "Odoo"):
        assert found[name]["outcome"] == "fail"
        assert found[name]["fix"].startswith("make it yours")


@pytest.mark.parametrize("verb", ["cases", "inbox"])
def test_a_verb_that_only_reads_says_what_it_needs(sealed_off: Path, verb: str) -> None:
    shown = humbly(sealed_off, verb)

    assert shown.returncode == 1
    assert "home is read-only" in shown.stderr
    assert "make it writable" in shown.stderr
