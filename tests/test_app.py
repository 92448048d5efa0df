"""The program starts however it is called: with the installed Python where there is one, with a sentence elsewhere."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def bare(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program in another folder, called with a Python that has nothing installed."""
    shutil.copy(ROOT / "app.py", folder)
    command = [sys.executable, "-S", "app.py", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def installed(folder: Path, script: str) -> None:
    """Something in the place of the installed Python."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)


def test_a_bare_python_hands_over_to_the_installed_one(tmp_path: Path) -> None:
    installed(tmp_path, 'echo "$@"; exit 3')

    ran = bare(tmp_path, "case", "C1")

    assert (ran.returncode, ran.stdout) == (3, "app.py case C1\n")


def test_without_any_installation_it_is_said_how_to_install(tmp_path: Path) -> None:
    ran = bare(tmp_path, "demo")

    assert ran.returncode == 1
    assert "run `make install`" in ran.stderr
    assert ran.stderr.count("\n") == 1
