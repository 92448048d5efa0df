"""Seals are signed marks outside the database; keys can be changed and never silently replaced."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import event

from domain.clock import SetClock
from memory.errors import Corrupt, SealKeyMissing, Unreadable
from memory.seals import append_line, id_signing, read_seals
from memory.store import Store
from memory.verifying import Verified
from tests.memory.builders import a_case


def test_a_seal_names_the_last_entry_and_is_journalled(store: Store) -> None:
    a_case(store)

    seal = store.seals.seal_now()

    assert seal is not None
    entries = store.journal.entries()
    sealed = next(entry for entry in entries if entry.seq == seal.seq)
    assert seal.hash == sealed.hash
    assert entries[-1].facts == {
        "number": seal.number,
        "seal": seal.line_hash,
        "signer": seal.signer,
        "of": "seal",
    }
    assert store.verify() == Verified(len(entries), 1, entries[-1].hash)


def test_nothing_new_needs_no_seal(store: Store) -> None:
    a_case(store)
    store.seals.seal_now()

    assert store.seals.seal_now() is None

    store.journal.note("policy.loaded", {})
    assert store.seals.seal_now() is not None


def test_the_key_is_made_once_and_kept_where_it_was_asked_for(store: Store, clock: SetClock) -> None:
    elsewhere = Store.open(store.home, clock, keys=store.home / "usb")
    first = elsewhere.seals.seal_now()
    elsewhere.journal.note("policy.loaded", {})
    second = elsewhere.seals.seal_now()

    assert first is not None
    assert second is not None
    assert first.signer == second.signer
    assert (store.home / "usb" / "seal.key").exists()
    assert not (store.home / "keys").exists()
    elsewhere.close()


def test_after_a_rotation_the_new_key_signs_and_everything_still_verifies(store: Store) -> None:
    first = store.seals.seal_now()
    new = store.seals.rotate()
    store.journal.note("policy.loaded", {})

    second = store.seals.seal_now()

    assert first is not None
    assert second is not None
    assert (first.signer != new, second.signer == new) == (True, True)
    assert isinstance(store.verify(), Verified)


def test_a_rotation_cut_short_is_finished_by_the_next_seal(store: Store) -> None:
    store.seals.seal_now()
    old = (store.home / "keys" / "seal.key").read_bytes()
    new = store.seals.rotate()
    (store.home / "keys" / "seal.key").rename(store.home / "keys" / "seal.key.next")
    (store.home / "keys" / "seal.key").write_bytes(old)
    store.journal.note("policy.loaded", {})

    seal = store.seals.seal_now()

    assert seal is not None
    assert seal.signer == new
    assert isinstance(store.verify(), Verified)


def test_a_key_made_for_a_rotation_that_never_happened_signs_nothing(store: Store) -> None:
    first = store.seals.seal_now()
    store.seals.keys.next()
    store.journal.note("policy.loaded", {})

    second = store.seals.seal_now()

    assert first is not None
    assert second is not None
    assert second.signer == first.signer


@pytest.mark.parametrize("left", [None, b"", b"not a key"])
def test_a_lost_key_is_found_before_anything_is_done(store: Store, clock: SetClock, left: bytes | None) -> None:
    store.seals.seal_now()
    key = store.home / "keys" / "seal.key"
    key.unlink()
    if left is not None:
        key.write_bytes(left)

    with pytest.raises(SealKeyMissing, match="put the key back"):
        store.seals.ready()

    again = Store.open(store.home, clock)
    assert again.cases.list() == []
    assert isinstance(again.verify(), Verified)
    again.close()


def test_lost_seals_are_found_before_anything_is_done(store: Store) -> None:
    store.seals.seal_now()
    store.seals.path.unlink()

    with pytest.raises(Corrupt, match="put the seals file back"):
        store.seals.ready()


def test_a_desk_that_never_sealed_is_ready_without_a_key(store: Store) -> None:
    store.seals.ready()

    assert not (store.home / "keys").exists()


@pytest.mark.parametrize("left", [None, b"", b"not a key"])
def test_a_lost_key_is_never_replaced_in_silence(store: Store, left: bytes | None) -> None:
    store.seals.seal_now()
    store.journal.note("policy.loaded", {})
    key = store.home / "keys" / "seal.key"
    key.unlink()
    if left is not None:
        key.write_bytes(left)

    with pytest.raises(SealKeyMissing, match="put the key back"):
        store.seals.seal_now()

    assert store.journal.entries()[-1].kind == "policy.loaded"


def test_a_key_of_another_kind_is_refused(store: Store) -> None:
    store.seals.seal_now()
    store.journal.note("policy.loaded", {})
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (store.home / "keys" / "seal.key").write_bytes(pem)

    with pytest.raises(SealKeyMissing, match="another kind of key"):
        store.seals.seal_now()


def test_seals_that_are_gone_are_not_begun_anew(store: Store) -> None:
    store.seals.seal_now()
    store.seals.path.unlink()

    with pytest.raises(Corrupt, match="put the seals file back"):
        store.seals.seal_now()


def test_a_line_that_was_never_finished_is_cut_off_before_the_next(store: Store) -> None:
    store.seals.seal_now()
    with store.seals.path.open("ab") as file:
        file.write(b'{"number": 3, "ki' + b"x" * 2000)
    store.journal.note("policy.loaded", {})

    assert isinstance(store.verify(), Verified)
    store.seals.seal_now()

    assert [line.number for line in store.seals.lines()] == [1, 2, 3]
    assert store.seals.path.read_bytes().endswith(b"}\n")
    assert isinstance(store.verify(), Verified)


def test_a_seal_whose_entry_was_lost_in_a_kill_does_not_stop_the_next(store: Store) -> None:
    store.journal.note("policy.loaded", {})
    with pytest.raises(RuntimeError), _killed_after_the_line(store):
        store.seals.seal_now()

    assert isinstance(store.verify(), Verified)
    store.journal.note("policy.loaded", {})
    assert store.seals.seal_now() is not None
    assert isinstance(store.verify(), Verified)


def test_a_seals_file_that_is_a_folder_is_said_so(store: Store) -> None:
    store.seals.path.mkdir()

    with pytest.raises(Unreadable, match=r"seals\.jsonl"):
        store.seals.seal_now()
    with pytest.raises(Unreadable, match=r"seals\.jsonl"):
        append_line(store.seals.path, b"{}")


def test_a_key_folder_that_cannot_be_made_is_said_so(store: Store) -> None:
    (store.home / "keys").write_text("a file where the folder should be")

    with pytest.raises(Unreadable, match=r"seal\.key"):
        store.seals.seal_now()

    assert [entry.kind for entry in store.journal.entries()] == ["desk.made"]


def test_a_file_without_lines_signs_with_no_key(store: Store) -> None:
    assert read_seals(store.seals.path) == []
    assert id_signing([]) == ""


@contextmanager
def _killed_after_the_line(store: Store) -> Iterator[None]:
    """The commit never happens, as when the process is killed once the line is on the disk."""

    def die(connection: object) -> None:
        raise RuntimeError

    event.listen(store.database.engine, "commit", die)
    try:
        yield
    finally:
        event.remove(store.database.engine, "commit", die)
