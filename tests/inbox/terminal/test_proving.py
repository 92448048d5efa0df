"""A person proves who they are with a key, or types a password that nobody sees."""

import os
import pty
import subprocess
import sys

import pytest

from domain.errors import Misuse
from inbox.terminal.proving import asked
from tests.inbox.terminal.conftest import Demo
from tests.inbox.terminal.test_main import ROOT


def test_without_a_terminal_nobody_is_asked() -> None:
    with pytest.raises(Misuse, match="DESK_USER_KEY"):
        asked("buyer")


def test_at_a_terminal_the_password_is_typed_unseen(demo: Demo) -> None:
    case = demo.shown["done"][0]["intent"]["case"]
    keyboard, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "rollback", case, "--as", "warehouse", "--dry-run"],
        env={**os.environ, "DESK_HOME": str(demo.home)},
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )

    assert child.stderr is not None
    prompt = ""
    while not prompt.endswith("warehouse: ") and (sign := child.stderr.read(1)):
        prompt += sign
    os.write(keyboard, f"{demo.password('warehouse')}\n".encode())
    shown, said = child.communicate(timeout=30)

    os.close(terminal)
    os.close(keyboard)
    assert child.returncode == 0, said
    assert "Nothing was changed." in shown
    assert prompt.startswith("Odoo password or API key of warehouse")
    assert demo.password("warehouse") not in shown + said
