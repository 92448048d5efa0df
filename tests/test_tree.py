"""The tree keeps its promises: our names are ours, every module says what it is, nothing runs at import."""

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("agents", "benchmarks", "desk", "domain", "graphs", "guardrails", "inbox", "memory", "scenarios", "tools")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_resolves_inside_the_checkout(package: str) -> None:
    found = importlib.import_module(package)

    assert found.__file__ is not None
    assert Path(found.__file__).is_relative_to(ROOT)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_opens_with_a_sentence(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert said, "a module says in its first line what it is for"
    assert said.splitlines()[0].rstrip().endswith((".", ":")), said.splitlines()[0]


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in [*MODULES, *(ROOT / "tests").rglob("*.py")]}

    assert [named(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_tests_mirror_the_tree() -> None:
    strays = [
        named(folder)
        for folder in (ROOT / "tests").iterdir()
        if folder.is_dir() and folder.name not in {*PACKAGES, "contract", "crash", "__pycache__"}
    ]

    assert strays == []


def test_importing_everything_reads_no_environment_and_opens_no_connection(tmp_path: Path) -> None:
    importable = [path for path in MODULES if path.name != "env.py" or "migrations" not in path.parts]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in importable]
    script = f"""
import socket, sys
sys.path.insert(0, {str(ROOT)!r})
def refuse(*_): raise AssertionError("a connection at import")
socket.socket.connect = refuse
import importlib
for name in {names!r}:
    importlib.import_module(name)
"""
    wrong = {"DESK_ODOO_URL": "nonsense", "DESK_SCANS": "nonsense", "DESK_POLICY": "/nowhere"}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={**os.environ, **wrong}, capture_output=True, text=True
    )

    assert ran.returncode == 0, ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_lock_files_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_the_licence_is_apache() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
