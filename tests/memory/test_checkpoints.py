"""A checkpoint is data: a crafted one runs nothing, a finished one goes."""

import pickle
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

import ormsgpack
import pytest
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph

from memory.checkpoints import FILE, PlainSerializer, open_checkpoints
from memory.errors import CheckpointsDamaged, Locked
from scenarios.stage import stage
from tests.desk.conftest import AT
from tests.desk.doing import asked, only_case, scanned
from tests.memory.builders import pounds
from tests.shortages import large_transfer


class Bomb:
    """Leaves a mark when it is brought back to life by pickle."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (str(self.mark),)


class State(TypedDict):
    case: str


@pytest.fixture
def saver(tmp_path: Path) -> Iterator[SqliteSaver]:
    opened = open_checkpoints(tmp_path)
    yield opened
    opened.conn.close()


def test_plain_state_comes_back_as_it_was() -> None:
    serializer = PlainSerializer()
    state = {"case": "C1", "version": 2, "done": [0, 1], "none": None}

    assert serializer.loads_typed(serializer.dumps_typed(state)) == state


@pytest.mark.parametrize("code", range(8))
def test_a_crafted_message_calls_nothing(code: int, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    call = ("os", "system", f"touch {mark}", "system")
    crafted = ormsgpack.packb(ormsgpack.Ext(code, ormsgpack.packb(call)))

    with suppress(Exception):
        PlainSerializer().loads_typed(("msgpack", crafted))

    assert not mark.exists()


def test_the_default_serializer_would_have_called_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    crafted = ormsgpack.packb(ormsgpack.Ext(0, ormsgpack.packb(("os", "system", f"touch {mark}"))))

    JsonPlusSerializer(allowed_msgpack_modules=True).loads_typed(("msgpack", crafted))

    assert mark.exists()


@pytest.mark.parametrize("encoding", ["pickle", "json", "yaml"])
def test_encodings_the_desk_never_writes_are_never_read(encoding: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    with pytest.raises(ValueError, match="expected one of"):
        PlainSerializer().loads_typed((encoding, pickle.dumps(Bomb(mark))))

    assert not mark.exists()


def test_a_value_of_ours_comes_back_as_plain_data() -> None:
    serializer = PlainSerializer()

    assert not isinstance(serializer.loads_typed(serializer.dumps_typed(pounds(1))), type(pounds(1)))


def test_a_crafted_checkpoint_in_the_file_calls_nothing_when_a_graph_reads_it(
    saver: SqliteSaver, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    _run(saver, "C1")
    crafted = ormsgpack.packb(ormsgpack.Ext(0, ormsgpack.packb(("os", "system", f"touch {mark}"))))
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("UPDATE writes SET type = 'msgpack', value = ?", (crafted,))
        raw.execute("UPDATE checkpoints SET type = 'pickle', checkpoint = ?", (pickle.dumps(Bomb(mark)),))
    raw.close()

    with pytest.raises(ValueError, match="encoded as 'pickle'"):
        saver.get_tuple({"configurable": {"thread_id": "C1"}})

    assert not mark.exists()


def test_the_checkpoints_of_a_finished_case_go(saver: SqliteSaver) -> None:
    _run(saver, "C1")
    _run(saver, "C2")

    saver.delete_thread("C1")

    assert saver.get_tuple({"configurable": {"thread_id": "C1"}}) is None
    assert saver.get_tuple({"configurable": {"thread_id": "C2"}}) is not None


def test_the_file_is_private_and_as_durable_as_promised(saver: SqliteSaver, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert saver.conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert saver.conn.execute("PRAGMA synchronous").fetchone() == (1,)


def test_a_damaged_file_may_be_deleted_and_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database at all, and long enough to be looked at\n" * 20)

    with pytest.raises(CheckpointsDamaged, match="delete it: every case restarts"):
        open_checkpoints(tmp_path)


def test_a_file_that_is_damaged_while_it_is_open_says_so_too(saver: SqliteSaver, tmp_path: Path) -> None:
    _run(saver, "C1")
    _overwrite(saver, tmp_path / FILE)

    with pytest.raises(CheckpointsDamaged, match="delete it: every case restarts"):
        _run(saver, "C2")


def test_a_file_that_another_process_locks_while_it_is_open_is_said_to_be_locked(tmp_path: Path) -> None:
    saver = open_checkpoints(tmp_path, patience_s=0.05)
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(Locked, match="another process"):
        _run(saver, "C1")

    holder.execute("ROLLBACK")
    _run(saver, "C1")
    holder.close()
    saver.conn.close()


def test_a_case_is_not_lost_with_its_checkpoints() -> None:
    with stage(AT) as scene:
        large_transfer(scene.world)
        scanned(scene)
        request, before = asked(scene), only_case(scene)
        saver = scene.parts.saver
        assert isinstance(saver, SqliteSaver)
        _overwrite(saver, scene.parts.store.home / FILE)

        with pytest.raises(CheckpointsDamaged):
            scene.desk.runner.resume(request.case)

        assert only_case(scene) == before


def test_a_file_that_somebody_else_holds_is_said_to_be_locked(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(Locked):
        open_checkpoints(tmp_path, patience_s=0.05)

    holder.close()


def _overwrite(saver: SqliteSaver, path: Path) -> None:
    """Damage every page but the first, and leave nothing of them in the log."""
    saver.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    saver.conn.execute("PRAGMA cache_size=0")
    whole = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (len(whole) - 4096))


def _run(saver: SqliteSaver, thread: str) -> None:
    builder = StateGraph(State)
    builder.add_node("look", _look)
    builder.add_edge(START, "look")
    builder.add_edge("look", END)
    builder.compile(checkpointer=saver).invoke({"case": thread}, {"configurable": {"thread_id": thread}})


def _look(state: State) -> State:
    return {"case": state["case"]}
