"""What checking the journal found, for a person and for a program."""

from pathlib import Path

from domain.errors import Misuse
from domain.values import Value
from domain.words import counted
from inbox.terminal.showing import say
from memory.store import Store
from memory.verifying import Verified


class Wrong(Value):
    """One place where the journal or its seals are not as they were written."""

    entry: int
    """The entry it concerns, 0 where none."""
    what: str


class Checked(Value):
    """Whether the journal is whole, how far it reaches, and what is wrong with it."""

    intact: bool
    entries: int | None = None
    seals: int | None = None
    head: str | None = None
    wrong: tuple[Wrong, ...] = ()


def checked(store: Store, seals: Path | None = None) -> Checked:
    """Every entry, its chain and its seals (or a copy of them); raises StoreError when the database cannot be read."""
    if seals is not None and not seals.is_file():
        raise Misuse(f"{seals} is no file; name a copy of seals.jsonl")
    found = store.verify(seals)
    if isinstance(found, Verified):
        return Checked(intact=True, entries=found.rows, seals=found.seals, head=found.head)
    return Checked(intact=False, wrong=tuple(Wrong(entry=one.seq, what=one.what) for one in found))


def show_checked(found: Checked) -> None:
    """The answer on one line, or everything that is wrong and where."""
    if found.intact:
        entries = counted(found.entries or 0, "entry", "entries")
        say(f"The journal is whole: {entries}, {counted(found.seals or 0, 'seal')}, head {found.head}.")
        return
    say("The journal is NOT as it was written:")
    for one in found.wrong:
        say(f"  {f'entry {one.entry}' if one.entry else 'journal'}: {one.what}")
    say("Stop the desk, keep these files as they are for whoever looks into it, and restore a backup.")
