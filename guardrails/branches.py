"""Which local policies stand beside a policy: a folder for each company, a file for it or a warehouse."""

import re
from collections.abc import Iterator
from pathlib import Path as File
from typing import NamedTuple

from guardrails.errors import Problem

ID = re.compile(r"[1-9][0-9]{0,9}")
"""An id in Odoo, as a folder or file is named after it."""
WHOLE = "company"
HINT = "a company's folder holds company.toml, and a file such as 3.toml for the warehouse with that id in Odoo"


class Branch(NamedTuple):
    """A local policy file, and whose it is."""

    file: File
    company: int
    warehouse: int | None
    """None is the whole company."""

    @property
    def name(self) -> str:
        """``1/3.toml``."""
        return f"{self.company}/{self.file.name}"


def branches(policy: File) -> tuple[list[Branch], list[Problem]]:
    """Every local policy beside a policy file, the company's before those of its warehouses; and what nobody reads."""
    found: list[Branch] = []
    wrong: list[Problem] = []
    try:
        for one in _walk(policy.parent):
            (found if isinstance(one, Branch) else wrong).append(one)  # type: ignore[arg-type]
    except OSError as error:
        wrong.append(_unread(None, f"local policies cannot be looked for: {error}"))
    return sorted(found, key=lambda one: (one.company, one.warehouse or 0)), wrong


def branch_of(file: File) -> Branch | None:
    """Whose local policy a file would be by its name and folder, None where it is none."""
    if not ID.fullmatch(file.parent.name) or not _is_local(file):
        return None
    return Branch(file, int(file.parent.name), None if file.stem == WHOLE else int(file.stem))


def _walk(folder: File) -> Iterator[Branch | Problem]:
    for inner in sorted(folder.iterdir()):
        if inner.name.startswith(".") or not inner.is_dir():
            continue
        if ID.fullmatch(inner.name):
            yield from _in_company(inner)
        elif any(_is_local(file) for file in inner.iterdir()):
            yield _unread(f"{inner.name}/", "no company: name the folder after the company's id in Odoo, 1 for example")


def _in_company(folder: File) -> Iterator[Branch | Problem]:
    for file in sorted(folder.iterdir()):
        name = f"{folder.name}/{file.name}"
        if file.name.startswith("."):
            continue
        if file.suffix.lower() == ".toml":
            yield branch_of(file) or _unread(name, f"no warehouse: {HINT}")
        elif file.is_dir():
            yield _unread(f"{name}/", f"nothing is read from here: {HINT}")


def _is_local(file: File) -> bool:
    return file.suffix == ".toml" and (file.stem == WHOLE or ID.fullmatch(file.stem) is not None)


def _unread(name: str | None, message: str) -> Problem:
    return Problem(file=name, line=None, path="", message=message)
