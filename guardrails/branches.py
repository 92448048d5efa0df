"""Which local policies stand beside a policy: a folder for each company, a file for it or a warehouse."""

import re
from collections.abc import Iterator
from pathlib import Path as File
from typing import NamedTuple

from guardrails.errors import Problem

ID = re.compile(r"[1-9][0-9]{0,9}")
"""An id in Odoo, as a folder or file is named after it."""
WHOLE = "company"
TOML = re.compile(r"\.t[oml]+", re.IGNORECASE)
"""The end of a TOML file's name, misspelt too."""
MEANT = re.compile(r"(company|warehouse|wh)[\W_]*\d*\W*|[\W_]*\d+\W*", re.IGNORECASE)
"""How a folder or file is named that is meant for a company or a warehouse."""
HINT = "a company's folder holds company.toml, and a file such as 3.toml for the warehouse with that id in Odoo"
NO_COMPANY = "no company: name the folder after the company's id in Odoo, 1 for example"


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
    """Every local policy beside a policy file, the company's before those of its warehouses; and what nobody reads.

    Whatever looks like a local policy and is not read as one is an error; other TOML one folder down is a warning.
    """
    found: list[Branch] = []
    wrong: list[Problem] = []
    try:
        for one in _walk(policy):
            (found if isinstance(one, Branch) else wrong).append(one)  # type: ignore[arg-type]
    except OSError as error:
        wrong.append(_unread(None, f"local policies cannot be looked for: {error}"))
    return sorted(found, key=lambda one: (one.company, one.warehouse or 0)), wrong


def branch_of(file: File) -> Branch | None:
    """Whose local policy a file would be by its name and folder, None where it is none."""
    if not ID.fullmatch(file.parent.name) or not _is_local(file):
        return None
    return Branch(file, int(file.parent.name), None if file.stem == WHOLE else int(file.stem))


def _walk(policy: File) -> Iterator[Branch | Problem]:
    for inner in _shown(policy.parent):
        if _leads_nowhere(inner):
            yield _unread(inner.name, "a link that leads nowhere, perhaps to a company's folder: mend or remove it")
        elif inner.is_dir():
            yield from _in_company(inner) if ID.fullmatch(inner.name) else _elsewhere(inner)
        elif inner.name != policy.name and _is_meant(inner):
            yield _unread(inner.name, f"no folder of a company, so nobody reads it: {HINT}")


def _in_company(folder: File) -> Iterator[Branch | Problem]:
    for file in _shown(folder):
        name = f"{folder.name}/{file.name}"
        if branch := branch_of(file):
            yield branch
        elif file.is_dir():
            yield _unread(f"{name}/", f"nothing is read from here: {HINT}")
        elif _is_toml(file) or _is_meant(file):
            yield _unread(name, f"no warehouse: {HINT}")
        elif MEANT.fullmatch(file.name.partition(".")[0]):
            yield _unread(name, f"nobody reads it under this name: {HINT}", warns=True)


def _elsewhere(folder: File) -> Iterator[Problem]:
    """What a folder that is no company's holds of TOML: meant for a company, or for something else."""
    files = [file for file in _shown(folder) if _is_toml(file)]
    if not files:
        return
    meant = any(MEANT.fullmatch(name) for name in (folder.name, *(file.stem for file in files)))
    words = NO_COMPANY if meant else f"{NO_COMPANY}, or take {files[0].name} elsewhere: nobody reads it here"
    yield _unread(f"{folder.name}/", words, warns=not meant)


def _shown(folder: File) -> list[File]:
    return sorted(file for file in folder.iterdir() if not file.name.startswith("."))


def _is_local(file: File) -> bool:
    return file.suffix == ".toml" and (file.stem == WHOLE or ID.fullmatch(file.stem) is not None)


def _is_meant(file: File) -> bool:
    """Whether a file is named as a local policy would be, more or less."""
    return bool(MEANT.fullmatch(file.stem)) and (file.suffix == "" or _is_toml(file))


def _is_toml(file: File) -> bool:
    return TOML.fullmatch(file.suffix) is not None


def _leads_nowhere(file: File) -> bool:
    return file.is_symlink() and not file.exists()


def _unread(name: str | None, message: str, *, warns: bool = False) -> Problem:
    return Problem(file=name, line=None, path="", message=message, severity="warning" if warns else "error")
