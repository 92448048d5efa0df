"""Whoever edits, deletes, reorders, inserts or cuts is found."""

import json
import shutil
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.clock import SetClock
from domain.values import canonical
from memory.journal import FIRST, chained
from memory.seals import Seal, append_line
from memory.store import Store
from memory.triggers import TRIGGERS
from memory.verifying import Tampering, Verified
from tests.memory.builders import a_case, a_finding

EDITS = {
    "edited": ("UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '400', '4') AS BLOB) WHERE seq = 2", 2),
    "edited column": ("UPDATE journal SET kind = 'case.closed' WHERE seq = 2", 2),
    "edited moment": ("UPDATE journal SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2", 2),
    "moved to another case": ("UPDATE journal SET case_id = 'C9' WHERE seq = 2", 2),
    "unreadable": ("UPDATE journal SET body = x'00' WHERE seq = 2", 2),
    "hash replaced": ("UPDATE journal SET hash = prev WHERE seq = 2", 2),
    "no hash": ("UPDATE journal SET prev = 'zz' WHERE seq = 2", 2),
    "deleted": ("DELETE FROM journal WHERE seq = 2", 2),
    "first deleted": ("DELETE FROM journal WHERE seq = 1", 1),
    "reordered": ("UPDATE journal SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE seq END", 2),
    "inserted": ("INSERT INTO journal SELECT 6, at, kind, case_id, body, hash, prev FROM journal WHERE seq = 5", 6),
    "truncated": ("DELETE FROM journal WHERE seq >= 3", 3),
    "emptied": ("DELETE FROM journal", 3),
}


@pytest.fixture
def sealed(store: Store) -> Store:
    """Three entries, sealed; then the entries that name the key and the seal."""
    a_case(store)
    store.cases.record([a_finding("product:99")], graph="g")
    store.seals.seal_now()
    return store


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_is_done_to_the_rows_is_found(sealed: Store, edit: str) -> None:
    statement, seq = EDITS[edit]

    _as_administrator(sealed, statement)

    found = sealed.verify()
    assert not isinstance(found, Verified)
    assert seq in {tampering.seq for tampering in found}, found


def test_a_chain_rewritten_from_the_start_does_not_match_its_seals(sealed: Store, clock: SetClock) -> None:
    other = Store.open(sealed.home.parent / "other", clock)
    for number in range(4):
        other.journal.note(f"harmless.{number}", {})
    other.database.forget()
    other.close()
    sealed.close()
    shutil.copy(other.home / "desk.db", sealed.home / "desk.db")

    found = Store.open(sealed.home, clock).verify()

    assert not isinstance(found, Verified)
    assert any("saw another entry" in tampering.what for tampering in found)


def test_an_entry_that_is_sound_in_itself_and_follows_nothing_is_found(sealed: Store) -> None:
    body = b'{"actor":"desk","at":"2026-03-02T12:00:00.000000Z","case":null,"facts":{},"kind":"pause","seq":6}'
    values = f"6, '2026-03-02T12:00:00.000000Z', 'pause', NULL, x'{body.hex()}', '{FIRST}', '{chained(FIRST, body)}'"

    _as_administrator(sealed, f"INSERT INTO journal VALUES ({values})")

    found = sealed.verify()
    assert found == (Tampering(6, "it does not follow the entry before it: one was removed, inserted or moved"),)


def test_a_seal_that_is_well_signed_and_follows_nothing_is_found(sealed: Store) -> None:
    last = sealed.seals.lines()[-1]
    loose = last.but(number=9, prev=FIRST)
    signature = sealed.seals.keys.current().sign(loose.message)
    append_line(sealed.seals.path, canonical(loose.but(signature=b64encode(signature).decode()).plain()))

    found = sealed.verify()

    assert found == (Tampering(3, "line 3 of the seals file does not follow the line before it"),)


@pytest.mark.parametrize("name", TRIGGERS)
def test_a_missing_rule_is_found(sealed: Store, name: str) -> None:
    raw = sqlite3.connect(sealed.home / "desk.db")
    raw.execute(f"DROP TRIGGER {name}")
    raw.close()

    found = sealed.verify()

    assert found == (Tampering(0, f"the rule {name} is gone from the database or was changed"),)


def _gone(lines: list[str]) -> list[str]:
    return []


def _last_cut(lines: list[str]) -> list[str]:
    return lines[:-1]


def _first_cut(lines: list[str]) -> list[str]:
    return lines[1:]


def _swapped(lines: list[str]) -> list[str]:
    return lines[::-1]


def _edited(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"seq":3', '"seq":2')]


def _nonsense(lines: list[str]) -> list[str]:
    return [*lines, "nonsense"]


def _resigned(lines: list[str]) -> list[str]:
    plain = json.loads(lines[1])
    return [lines[0], json.dumps({**plain, "signature": "AAAA"})]


def _forged(lines: list[str]) -> list[str]:
    last = Seal.model_validate_json(lines[-1])
    return [*lines, last.but(number=3, prev=last.line_hash).model_dump_json()]


def _foreign(lines: list[str]) -> list[str]:
    plain = json.loads(lines[1])
    return [lines[0], json.dumps({**plain, "signer": "0" * 16})]


@pytest.mark.parametrize(
    "change", [_gone, _last_cut, _first_cut, _swapped, _edited, _nonsense, _resigned, _forged, _foreign]
)
def test_whatever_is_done_to_the_seals_is_found(sealed: Store, change: Callable[[list[str]], list[str]]) -> None:
    lines = sealed.seals.path.read_text().splitlines()

    sealed.seals.path.write_text("".join(f"{line}\n" for line in change(lines)))

    assert not isinstance(sealed.verify(), Verified)


def test_seals_whose_file_is_gone_are_missed(sealed: Store) -> None:
    sealed.seals.path.unlink()

    found = sealed.verify()

    assert not isinstance(found, Verified)
    assert {tampering.seq for tampering in found} == {4, 5}


def test_seals_made_with_a_key_nobody_published_are_found(sealed: Store) -> None:
    for public in (sealed.home / "keys").glob("*.pub"):
        public.unlink()

    found = sealed.verify()

    assert not isinstance(found, Verified)
    assert "unknown or retired key" in found[0].what


def test_a_seal_by_a_retired_key_is_found(sealed: Store) -> None:
    key = sealed.home / "keys" / "seal.key"
    old = key.read_bytes()
    sealed.seals.rotate()
    key.write_bytes(old)
    sealed.journal.note("policy.loaded", {})
    sealed.seals.seal_now()

    found = sealed.verify()

    assert not isinstance(found, Verified)
    assert "unknown or retired key" in found[0].what


def test_both_cut_back_together_are_found_by_an_older_copy_of_the_seals(sealed: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    shutil.copy(sealed.seals.path, copy)
    _as_administrator(sealed, "DELETE FROM journal WHERE seq >= 2")
    sealed.seals.path.unlink()

    assert isinstance(sealed.verify(), Verified)
    found = sealed.verify(copy)
    assert not isinstance(found, Verified)
    assert found[0] == Tampering(3, "seal 2 saw entry 3, the journal ends at 1")


def _as_administrator(store: Store, statement: str) -> None:
    """Do it as somebody who owns the file: the rules put aside, and put back afterwards."""
    raw = sqlite3.connect(store.home / "desk.db")
    for name in TRIGGERS:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)
    raw.execute("UPDATE journal SET seq = -seq WHERE seq < 0")
    for sql in TRIGGERS.values():
        raw.execute(sql)
    raw.commit()
    raw.close()
