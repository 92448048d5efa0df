"""A decision that was recorded stands, and is said to, whatever happens to the files after it."""

import sqlite3

import pytest
from langgraph.checkpoint.sqlite import SqliteSaver

from desk.deciding import decide
from desk.recovering import recover
from memory.checkpoints import FILE
from memory.errors import Locked
from scenarios.stage import stage
from tests.desk.conftest import AT
from tests.desk.doing import asked, only_case, scanned
from tests.shortages import large_transfer


def test_an_approval_that_cannot_be_carried_out_yet_is_said_to_stand() -> None:
    with stage(AT) as scene:
        large_transfer(scene.world)
        scanned(scene)
        request, person, saver = asked(scene), scene.person("warehouse"), scene.parts.saver
        assert isinstance(saver, SqliteSaver)
        saver.conn.execute("PRAGMA busy_timeout=20")
        holder = sqlite3.connect(scene.parts.store.home / FILE, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")

        with pytest.raises(Locked, match=f"{request.id} is approved and recorded; it was not carried out yet: .* scan"):
            decide(scene.desk, request.id, person, "approve")

        holder.close()
        assert scene.desk.store.requests.get(request.id).state == "approved"
        recover(scene.desk)
        assert only_case(scene).state == "closed"
