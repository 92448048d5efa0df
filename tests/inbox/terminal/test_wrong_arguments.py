"""Every verb is given every wrong argument: the right exit code, no traceback, and a sentence that helps."""

import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from typer.testing import Result

from domain.clock import SystemClock
from domain.words import LONGEST
from inbox.terminal.demo_home import read_demo
from inbox.terminal.founding import DATABASE, stop
from inbox.terminal.main import app
from memory.store import Store
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.storage import SqliteStorage
from tests.inbox.terminal.conftest import Demo, typed
from tests.inbox.terminal.test_main import commands

RIGHT: Mapping[str, str] = {
    "demo": "",
    "scan": "",
    "serve": "",
    "cases": "",
    "case": "{case}",
    "inbox": "",
    "ask": '{case} --as buyer "who decides?"',
    "answer": '{question} --as warehouse "so it is"',
    "approve": "{request} --as buyer",
    "reject": "{request} --as buyer --reason why",
    "close": "{case} --as buyer --reason why",
    "pause": "company:1 --as buyer --reason why",
    "resume": "company:1 --as buyer --reason why",
    "rollback": "{done} --as buyer",
    "propose": "{case} --option nothing --as buyer --reason why",
    "take": "{case} --as buyer --reason why",
    "dismiss": "{case} --as buyer --reason why",
    "snooze": "{case} --days 3 --as buyer --reason why",
    "audit show": "",
    "audit verify": "",
    "audit rotate": "--as finance",
    "audit erase": "user:7 --as finance",
    "replay": "{folder}",
    "sandbox": "",
    "doctor": "",
    "policy check": "{policy}",
    "policy explain": "{case}",
}
"""Each verb as it would be typed well; what follows spoils it, one argument at a time."""

WRONG: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    "demo": (("demo surplus", 2, "surplus"),),
    "scan": (
        ("scan --kind weather", 2, "there is stockout"),
        ("scan --company 77", 2, "it scans 1, 2"),
        ("scan --company one", 2, "--company"),
    ),
    "serve": (("serve --every 5", 2, "--every"),),
    "cases": (
        ("cases --kind weather", 2, "there is notice, stockout"),
        ("cases --company 77", 2, "scanned so far: 1, 2"),
        ("cases --company -1", 2, "--company"),
        ("cases --state nowhere", 2, "queued"),
    ),
    "case": (("case", 2, "CASE"), ("case C999", 1, "python app.py cases"), ("case R1", 2, "such as C3")),
    "inbox": (("inbox C1", 2, "C1"),),
    "ask": (
        ("ask {case} --as buyer", 2, "QUESTION"),
        ('ask {case} --as buyer ""', 2, "why not Leeds?"),
        ('ask C999 --as buyer "why?"', 1, "python app.py cases"),
        ('ask {case} --as buyer "why?" --to nobody', 2, "the login they type"),
        ('ask {case} --as buyer "why?" --to buyer', 2, "is you"),
        ('ask {case} --as buyer "why?" --to desk', 2, "leave --to out"),
        ('ask {case} --as auditor "why?"', 1, "ask someone who does"),
        ('ask {case} --as buyer "{long}"', 2, "say it shorter"),
        ('ask {abroad} --as sales "why?"', 1, "has no part in company 2"),
    ),
    "answer": (
        ('answer Q999 --as warehouse "so"', 1, "the inbox lists"),
        ('answer {question} --as warehouse ""', 2, "an answer has words"),
        ('answer {question} --as buyer "so"', 1, "a colleague answers it"),
        ('answer {answered} --as warehouse "so"', 1, "has its answer already"),
        ('answer C1 --as warehouse "so"', 2, "such as Q3"),
    ),
    "approve": (
        ("approve R999 --as buyer", 1, "no request R999"),
        ("approve C1 --as buyer", 2, "such as R3"),
        ("approve {request} --as sales", 1, "needs"),
        ("approve {request} --as buyer --digest 0123456789ab", 1, "look again"),
        ("approve {request} --as buyer --digest 8", 2, "8 hex digits"),
        ("approve {request} --as buyer --digest somethingelse", 2, "8 hex digits"),
        ("approve {request} --as buyer --set quantity", 2, "KNOB=NUMBER"),
        ("approve {request} --as buyer --set quantity=NaN", 2, "KNOB=NUMBER"),
        ("approve {request} --as buyer --set quantity=١٢", 2, "KNOB=NUMBER"),
        ("approve {request} --as buyer --set price=3", 1, "quantity"),
        ("approve {request} --as buyer --set quantity=-5", 1, "must be from"),
    ),
    "reject": (
        ("reject {request} --as buyer", 2, "--reason"),
        ("reject R999 --as buyer --reason x", 1, "no request R999"),
        ("reject {request} --as sales --reason x", 1, "needs"),
    ),
    "close": (
        ("close {case} --as buyer", 2, "--reason"),
        ("close {done} --as admin --reason x", 1, "cannot be closed by hand"),
        ("close {abroad} --as sales --reason x", 1, "has no part in company 2"),
    ),
    "pause": (
        ("pause everything --as buyer --reason x", 2, "kind:NAME"),
        ("pause kind:weather --as buyer --reason x", 2, "there is notice, stockout"),
        ("pause company:one --as buyer --reason x", 2, "company:ID"),
        ("pause company:77 --as buyer --reason x", 1, "has no part in company 77"),
        ("pause action:stock.transfer --as sales --reason x", 1, "warehouse-lead"),
    ),
    "resume": (
        ("resume everything --as buyer --reason x", 2, "kind:NAME"),
        ("resume company:1 --as buyer", 2, "--reason"),
    ),
    "rollback": (
        ("rollback C999 --as buyer", 1, "python app.py cases"),
        ("rollback {case} --as buyer", 1, "only a closed or queued case"),
        ("rollback {done} --as auditor", 1, "ask someone who does"),
    ),
    "propose": (
        ("propose {case} --as buyer", 2, "--option"),
        ("propose {case} --option magic --as buyer", 1, "there is no option magic; there is"),
        ("propose {case} --option nothing --as buyer", 1, "dismiss"),
        ("propose {case} --option {option} --set quantity=x --as buyer", 2, "KNOB=NUMBER"),
        ("propose {case} --option {option} --set price=3 --as buyer", 1, "price"),
        ("propose {case} --option {option} --set quantity=-1 --as buyer", 1, "must be from"),
        ("propose {case} --option {option} --as auditor", 1, "ask someone who does"),
        ("propose {abroad} --option nothing --as sales", 1, "has no part in company 2"),
    ),
    "take": (
        ("take {case} --as buyer", 2, "--reason"),
        ("take {case} --as buyer --give-back", 1, "nobody has case"),
        ("take {done} --as admin --reason x", 1, "it is over"),
        ("take {case} --as auditor --reason x", 1, "ask someone who does"),
    ),
    "dismiss": (
        ("dismiss {case} --as buyer", 2, "--reason"),
        ("dismiss {done} --as admin --reason x", 1, "it is over"),
    ),
    "snooze": (
        ("snooze {case} --as buyer --reason x", 2, "--days N or --until DATE"),
        ("snooze {case} --days 3 --until 2030-01-01 --as buyer --reason x", 2, "--days N or --until DATE"),
        ("snooze {case} --days 0 --as buyer --reason x", 2, "--days"),
        ("snooze {case} --days 999 --as buyer --reason x", 2, "--days"),
        ("snooze {case} --until yesterday --as buyer --reason x", 2, "--until"),
        ("snooze {case} --until 2020-01-01 --as buyer --reason x", 2, "within the next 365 days"),
        ("snooze {case} --days 3 --as buyer", 2, "--reason"),
        ("snooze {done} --days 3 --as admin --reason x", 1, "it is over"),
    ),
    "audit show": (
        ("audit show --case C999", 1, "python app.py cases"),
        ("audit show --limit 0", 2, "--limit"),
        ("audit show --since -1", 2, "--since"),
    ),
    "audit verify": (("audit verify --seals missing.jsonl", 2, "missing.jsonl"),),
    "audit rotate": (("audit rotate --as auditor", 1, "ask someone who does"),),
    "audit erase": (
        ("audit erase 7 --as finance", 2, "such as user:7"),
        ("audit erase user:x --as finance", 2, "such as user:7"),
        ("audit erase user:4711 --as finance", 1, "nothing that can be read"),
        ("audit erase user:7 --as auditor", 1, "ask someone who does"),
    ),
    "replay": (("replay missing.toml", 2, "missing.toml"), ("replay {home}/keys", 2, "there is no scenario")),
    "sandbox": (("sandbox --world flat --home {empty}", 2, "demo, small"), ("sandbox --port 99999", 2, "--port")),
    "doctor": (("doctor C1", 2, "C1"),),
    "policy check": (("policy check missing.toml", 1, "missing.toml"),),
    "policy explain": (("policy explain C999", 1, "python app.py cases"), ("policy explain 7", 2, "such as C3")),
}
"""By verb: what is typed, the exit code, and words of the sentence that helps."""

BEGUN_BY_A_PERSON = [verb for verb, words in RIGHT.items() if "--as" in words]
WITH_REASON = [verb for verb, words in RIGHT.items() if "--reason" in words]
ABOUT_A_CASE = [verb for verb, words in RIGHT.items() if words.startswith(("{case}", "{done}"))]
WORKS_ANYWHERE = {"demo", "sandbox", "replay", "policy check"}
"""Verbs that need no desk."""


@pytest.fixture(scope="module")
def home(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The desk as the demo left it, after its own two questions one that waits and one that has its answer."""
    place = tmp_path_factory.mktemp("wrong") / "home"
    shutil.copytree(demo.pristine, place)
    at_home(place, "sales")
    case = demo.shown["waiting"][0]["request"]["case"]
    for words in (["why so much?", "--to", "warehouse"], ["who decides?"]):
        asked = typed(place, "ask", case, "--as", "buyer", *words, key=demo.password("buyer"))
        assert asked.exit_code == 0, asked.output
    yield place
    stop(place)


def at_home(place: Path, login: str) -> None:
    """Somebody whom Odoo lets into the first company only."""
    storage = SqliteStorage(place / "sandbox.db")
    engine = Engine(SystemClock(), storage=storage, database=DATABASE)
    with engine.transaction() as env:
        (uid,) = env.search("res.users", [["login", "=", login]])
        env.write("res.users", [uid], {"company_ids": [[6, 0, [1]]]})
    storage.close()


def filled(words: str, demo: Demo, home: Path) -> list[str]:
    """The words with the names of things that are there."""
    first = next(one["request"] for one in demo.shown["waiting"] if one["request"]["role"] == "buyer")
    plan = demo_plan(home, first["case"])
    there = {
        "case": first["case"],
        "request": first["id"],
        "question": "Q3",
        "answered": "Q4",
        "option": plan,
        "done": demo.shown["done"][0]["intent"]["case"],
        "abroad": next(case["id"] for case in demo.shown["cases"] if case["company"] == 2),
        "long": "x" * (LONGEST + 1),
        "home": str(home),
        "empty": str(home.with_name("empty")),
        "folder": "missing",
        "policy": "missing.toml",
    }
    return shlex.split(words.format(**there))


def demo_plan(home: Path, case: str) -> str:
    """The option that a case's plan carries out."""
    store = Store.open(home, SystemClock())
    try:
        plan = store.plans.newest(case)
        assert plan is not None
        return plan.option
    finally:
        store.close()


def login_of(words: list[str]) -> str | None:
    return words[words.index("--as") + 1] if "--as" in words else None


def helped(result: Result, code: int, said: str) -> None:
    """The right exit code and a sentence, and nothing that only a programmer reads."""
    assert result.exit_code == code, result.output
    assert said in " ".join(result.output.split()), result.output
    assert all(sign not in result.output for sign in ("Traceback", "defect", "Error(", "\x1b"))


def secret(demo: Demo, login: str | None) -> str | None:
    known = {one["user"]["login"] for one in demo.shown["people"]}
    return demo.password(login) if login and login in known else None


def test_every_verb_is_in_the_table() -> None:
    verbs = {" ".join(words) for words in commands(app)}

    assert sorted(verbs - set(WRONG)) == [], "verbs whose wrong arguments nobody tried"
    assert sorted(verbs ^ set(RIGHT)) == []
    assert sorted(set(WRONG) - verbs) == []


@pytest.mark.parametrize(
    ("words", "code", "said"), [row for rows in WRONG.values() for row in rows], ids=lambda value: str(value)[:60]
)
def test_a_wrong_argument_is_answered_with_what_helps(demo: Demo, home: Path, words: str, code: int, said: str) -> None:
    typing = filled(words, demo, home)

    helped(typed(home, *typing, key=secret(demo, login_of(typing))), code, said)


@pytest.mark.parametrize("verb", sorted(RIGHT))
def test_an_option_that_does_not_exist_is_bad_usage(demo: Demo, home: Path, verb: str) -> None:
    typing = filled(f"{verb} {RIGHT[verb]} --nonsense", demo, home)

    helped(typed(home, *typing), 2, "--nonsense")


@pytest.mark.parametrize("verb", sorted(set(RIGHT) - WORKS_ANYWHERE))
def test_without_a_desk_every_verb_says_how_to_begin(demo: Demo, home: Path, tmp_path: Path, verb: str) -> None:
    typing = filled(f"{verb} {RIGHT[verb]}", demo, home)

    shown = typed(tmp_path / "nowhere", *typing, key="any")

    assert shown.exit_code == 1, shown.output
    assert "python app.py demo" in shown.output
    assert "Traceback" not in shown.output


@pytest.mark.parametrize("verb", sorted(set(RIGHT) - WORKS_ANYWHERE))
def test_a_damaged_database_is_told_by_every_verb(demo: Demo, home: Path, tmp_path: Path, verb: str) -> None:
    spoiled = tmp_path / "home"
    shutil.copytree(demo.pristine, spoiled)
    spoiled.joinpath("desk.db").write_bytes(b"this is a letter to my aunt, not a database" * 100)
    typing = filled(f"{verb} {RIGHT[verb]}", demo, home)

    shown = typed(spoiled, *typing, key="any")

    assert shown.exit_code == 1, shown.output
    assert "database" in shown.output
    assert all(sign not in shown.output for sign in ("Traceback", "this is a defect"))


@pytest.mark.parametrize("verb", BEGUN_BY_A_PERSON)
@pytest.mark.parametrize(
    ("login", "key", "code", "said"),
    [
        (None, None, 2, "DESK_USER_KEY"),
        (None, "not-the-key", 1, "does not accept"),
        ("nobody", "any", 1, "does not accept"),
        ("desk", "own", 2, "the desk's own user"),
        ("", "any", 1, "does not accept"),
    ],
    ids=["no key", "wrong key", "unknown login", "the desk itself", "no login"],
)
def test_nobody_decides_who_has_not_proved_who_they_are(
    demo: Demo, home: Path, verb: str, login: str | None, key: str | None, code: int, said: str
) -> None:
    typing = filled(f"{verb} {RIGHT[verb]}", demo, home)
    if login is not None:
        typing[typing.index("--as") + 1] = login

    shown = typed(home, *typing, key=service_key(home) if key == "own" else key)

    helped(shown, code, said)
    assert "not-the-key" not in shown.output


def service_key(home: Path) -> str:
    """The API key of the desk's own user."""
    found = read_demo(home)
    assert found is not None
    return found.api_key


@pytest.mark.parametrize("verb", [verb for verb in WITH_REASON if verb != "propose"])
def test_a_reason_that_says_nothing_is_bad_usage(demo: Demo, home: Path, verb: str) -> None:
    typing = filled(f"{verb} {RIGHT[verb]}", demo, home)
    typing[typing.index("--reason") + 1] = "   "

    helped(typed(home, *typing, key=secret(demo, login_of(typing))), 2, "--reason")


@pytest.mark.parametrize("verb", WITH_REASON)
@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("x" * (LONGEST + 1), "say it shorter"),
        ("bell\x07", "cannot be seen"),
        ("half \udcff", "cannot be seen"),
        ("nul\x00", "cannot be seen"),
    ],
    ids=["too long", "control", "half a sign", "nul"],
)
def test_a_reason_that_cannot_be_kept_is_bad_usage(demo: Demo, home: Path, verb: str, reason: str, said: str) -> None:
    typing = filled(f"{verb} {RIGHT[verb]}", demo, home)
    typing[typing.index("--reason") + 1] = reason

    helped(typed(home, *typing, key=secret(demo, login_of(typing))), 2, said)


@pytest.mark.parametrize("verb", ABOUT_A_CASE)
@pytest.mark.parametrize("wrong", ["C", "3", "R1", "C1; DROP TABLE cases", "C\udcff", "C-1", " "])
def test_what_is_no_cases_id_is_bad_usage(demo: Demo, home: Path, verb: str, wrong: str) -> None:
    typing = filled(f"{verb} {RIGHT[verb]}", demo, home)
    typing[len(verb.split())] = wrong

    helped(typed(home, *typing, key="any"), 2, "python app.py cases")


def test_an_id_may_be_typed_in_small_letters(demo: Demo, home: Path) -> None:
    assert typed(home, "case", "c1").exit_code == 0


def test_none_of_this_changed_a_case(demo: Demo, home: Path) -> None:
    """Runs last in this file: whatever was refused above left everything where it was."""
    shown = typed(home, "cases", "--json").stdout

    assert [f'"state": "{case["state"]}"' in shown for case in demo.shown["cases"]].count(False) == 0
    assert shown.count('"state": "waiting"') == len({one["request"]["case"] for one in demo.shown["waiting"]})
