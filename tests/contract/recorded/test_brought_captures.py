"""A recording that nobody here has seen is tried as well: its lines find their states by what they say."""

import json
import os
from pathlib import Path

import pytest

from tests.contract.recorded.__main__ import blind, unknown, version_of
from tests.contract.recorded.captures import VERSIONS, captures, read
from tests.contract.recorded.choosing import candidates, nameless
from tests.contract.recorded.report import OURS, rest, share

SHARE = 0.9
BROUGHT = os.environ.get("DESK_CAPTURES")


@pytest.mark.parametrize("version", VERSIONS)
def test_known_lines_find_their_states_without_their_names(version: int) -> None:
    agree, lines = share(blind(version, OURS), *OURS)

    assert agree / lines >= SHARE


@pytest.mark.skipif(BROUGHT is None, reason="DESK_CAPTURES names no recording")
def test_a_recording_that_was_brought_agrees() -> None:
    path = Path(str(BROUGHT))
    version = version_of(path, os.environ.get("DESK_CAPTURES_VERSION"))
    found = unknown(read(path, version), version)
    agree, lines = share(found, *OURS)

    assert agree / lines >= SHARE, "\n".join(rest(found))


def test_a_line_of_other_ids_finds_its_state_by_the_error_it_got(tmp_path: Path) -> None:
    refused = {"name": "odoo.exceptions.UserError", "message": captures(18)["po_cancel_after_receipt"].message}
    line = {"name": "a", "model": "purchase.order", "method": "button_cancel", "args": [[4711]], "kwargs": {}}
    path = tmp_path / "18" / "calls.jsonl"
    path.parent.mkdir()
    path.write_text(json.dumps({**line, "response": {"error": {"data": refused}}}), encoding="utf-8")

    (verdict,) = unknown(read(path, version_of(path, None)), 18)

    assert (verdict.agrees, verdict.state, verdict.tries) == (True, "part_received", 1)


def test_a_line_that_no_state_explains_is_told_as_different(tmp_path: Path) -> None:
    line = {"name": "a", "model": "purchase.order", "method": "button_cancel", "args": [[4711]], "kwargs": {}}
    path = tmp_path / "calls.jsonl"
    path.write_text(json.dumps({**line, "response": {"result": {"never": "so"}}}), encoding="utf-8")

    (verdict,) = unknown(read(path, version_of(path, "19")), 19)

    assert verdict.problem is not None
    assert "a (purchase.order.button_cancel)" in "\n".join(rest([verdict]))


def test_a_hidden_name_gives_no_hint() -> None:
    line = captures(18)["po_approve_by_manager"]
    others = [state.__name__ for state in candidates(nameless(line), hidden=line.name)]

    assert others[0] == "to_approve"
    assert line.name not in others


def test_the_version_is_that_of_the_folder_unless_it_is_given() -> None:
    assert version_of(Path("/captures/19/calls.jsonl"), None) == 19
    assert version_of(Path("/captures/19/calls.jsonl"), "18") == 18
