"""Every scenario holds, and every check of a scenario can fail."""

from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from domain.errors import Misuse
from scenarios.acts import ACTS
from scenarios.cast import Cast
from scenarios.house import House
from scenarios.judging import judge
from scenarios.junit import junit
from scenarios.playing import happen
from scenarios.replay import play, run_one, run_suite
from scenarios.script import (
    CaseCheck,
    Event,
    JournalCheck,
    Never,
    OdooCheck,
    QuestionCheck,
    RequestCheck,
    Script,
    Verb,
    load,
)
from scenarios.stage import stage
from scenarios.worlds.small import Small

SUITE = Path(__file__).resolve().parents[2] / "scenarios" / "stockout"
FILES = sorted(SUITE.glob("*.toml"))
WORDS = (".activity_schedule", ".message_post")
"""What only tells people something."""
SCRIPT = load(SUITE / "trough_in_mid_horizon.toml")


@pytest.mark.parametrize("version", [18, 19])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_holds_on_either_odoo_and_the_next_scan_does_nothing_twice(path: Path, version: int) -> None:
    script = load(path)
    with stage(script.at, house=script.house, version=version) as scene:
        cast = Cast(scene)
        failures = [failure for event in script.given + script.when for failure in happen(cast, event)]
        failures += judge(script, cast)
        written = len(scene.engine.write_log)
        failures += happen(cast, Event(do="scan", after_minutes=45))
        again = [f"{write.model}.{write.method}" for write in scene.engine.write_log[written:]]
        again = [call for call in again if not call.endswith(WORDS)]

    assert failures == []
    assert again == []


def test_there_are_at_least_twenty_two() -> None:
    assert len(FILES) >= 22


def test_every_verb_of_a_scenario_is_an_act_or_happens_in_the_world() -> None:
    idle = [verb for verb in get_args(Verb) if verb not in ACTS and not hasattr(Small, verb) and verb != "fault"]

    assert idle == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cases": (CaseCheck(about="jug@NTH", state="waiting"),)}, "expected waiting, found closed"),
        ({"cases": (CaseCheck(about="jug@NTH", state="closed", option="rfq"),)}, "expected option rfq"),
        ({"cases": (CaseCheck(about="jug@NTH", state="closed", plans=2),)}, "expected 2 plans, found 1"),
        ({"cases": (CaseCheck(about="jug@NTH", state="closed", why="magic"),)}, "expected a reason with 'magic'"),
        ({"cases": (CaseCheck(about="jug@NTH", state="closed", weighed=("hope",)),)}, "expected hope to be possible"),
        (
            {"cases": (CaseCheck(about="jug@NTH", state="closed", weighed=("transfer:$STH",)),)},
            "expected transfer:3 to be possible",
        ),
        (
            {"cases": (CaseCheck(about="jug@NTH", state="closed", ruled_out=("nothing",)),)},
            "expected nothing to be impossible",
        ),
        (
            {"requests": (RequestCheck(about="jug@NTH", role="buyer", state="pending"),)},
            "expected [('buyer', 'pending')], found []",
        ),
        ({"questions": (QuestionCheck(about="jug@NTH", answered="yes"),)}, "expected 'yes' in the answer"),
        ({"cases": (CaseCheck(about="lantern@NTH", state="closed"),)}, "there is no case about lantern@NTH"),
        ({"cases": ()}, "expected 0 cases, found 1"),
        ({"odoo": (OdooCheck(model="stock.picking", where=[], count=99),)}, "expected 99 records"),
        (
            {
                "odoo": (
                    OdooCheck(
                        model="stock.move",
                        where=[["location_dest_id", "=", "$NTH.stock"], ["location_id", "=", "$WH.stock"]],
                        count=1,
                        total={"product_uom_qty": 41.0},
                    ),
                )
            },
            "expected product_uom_qty to sum to 41.0, found 40.0",
        ),
        ({"journal": (JournalCheck(kind="effect.done", count=7),)}, "expected 7 entries of effect.done, found 1"),
        ({"never": (Never(call="stock.picking.create"),)}, "reached Odoo 1 times and must not have"),
        ({"when": (*SCRIPT.when, Event(do="approve", about="jug@NTH", by="warehouse"))}, "waited for anybody"),
        ({"when": (*SCRIPT.when, Event(do="reject", about="jug@NTH", by="sales", role="sales"))}, "waited for sales"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_check_can_fail(changes: dict[str, object], said: str) -> None:
    failures = list(play(SCRIPT.but(**changes)))

    assert any(said in failure for failure in failures), failures


def test_an_expected_refusal_that_does_not_come_is_a_failure() -> None:
    events = (*SCRIPT.when, Event(do="scan", refused_by="pause"))

    assert any("expected refused by pause" in failure for failure in play(SCRIPT.but(when=events)))


def test_people_edit_close_pause_and_roll_back_in_scenarios() -> None:
    events = (
        Event(do="pause", by="warehouse", about="all", reason="stocktaking"),
        Event(do="scan", refused_by="pause"),
        Event(do="resume", by="warehouse", about="all", reason="done"),
        Event(do="scan"),
        Event(do="preview", about="jug@NTH", by="warehouse"),
        Event(do="rollback", about="jug@NTH", by="warehouse", after_minutes=5),
        Event(do="preview", about="jug@NTH", by="warehouse", refused_by="effects"),
        Event(do="close", about="jug@NTH", by="warehouse", reason="again", refused_by="state"),
        Event(do="wait", after_minutes=10),
    )
    check = OdooCheck(model="stock.picking", where=[["origin", "like", "DESK-"], ["state", "=", "cancel"]], count=1)

    cases = (CaseCheck(about="jug@NTH", state="closed", option="rollback"),)
    assert list(play(SCRIPT.but(when=events, odoo=(check,), cases=cases, never=()))) == []


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Event(do="approve", about="jug@NTH"), "needs `by`"),
        (Event(do="approve", about="spoon@NTH", by="warehouse"), "names no product@warehouse"),
        (Event(do="answer", about="jug@NTH", by="warehouse", words="yes"), "nobody asked anything"),
        (Event(do="propose", about="jug@NTH", by="warehouse", option="transfer:"), "begins 0 of the options"),
        (Event(do="stock", given={"product": "jug"}), "missing a required argument"),
        (Event(do="postpone", given={"order": "$po", "days": 1}), "\\$po names nothing"),
        (Event(do="close", about="jug@NTH", by="nobody"), "found 'nobody'"),
        (Event(do="edit", about="jug@NTH", by="warehouse", knobs={"quantity": "some"}), "knobs are numbers"),
        (
            Event(do="sell", given={"product": "spoon", "warehouse": "WH", "quantity": 1, "in_days": 1}),
            "called 'spoon'",
        ),
        (Event(do="sell", given={"product": "jug", "warehouse": "WH", "quantity": "x", "in_days": 1}), "sell with"),
        (Event(do="receive", given={"order": 99}), "nothing of purchase order 99"),
        (Event(do="fault", given={"call": "*", "kind": "earthquake"}), "fault with"),
    ],
    ids=lambda value: value.do if isinstance(value, Event) else "",
)
def test_a_scenario_that_makes_no_sense_is_bad_usage(event: Event, said: str) -> None:
    with pytest.raises(Misuse, match=said):
        list(play(SCRIPT.but(when=(*SCRIPT.when, event))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "is not TOML"),
        ('title = "only"', "is not a scenario: .*story"),
        ('title = "x"\nspeed = 3', "speed"),
    ],
)
def test_a_file_that_is_no_scenario_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text)

    with pytest.raises(Misuse, match=said) as error:
        run_suite([path])
    assert "odd.toml" in str(error.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"house": House(terms="version = 2")}, "terms.toml"),
        ({"odoo": (OdooCheck(model="res.spoon", where=[], count=0),)}, "cannot be asked"),
        ({"odoo": (OdooCheck(model="stock.move", where=[["colour", "=", 1]], count=0),)}, "cannot be asked"),
        ({"odoo": (OdooCheck(model="stock.move", where=[], count=1, total={"colour": 1}),)}, "cannot be asked"),
    ],
    ids=["house", "model", "domain", "total"],
)
def test_what_makes_no_sense_is_told_with_the_file(changes: dict[str, object], said: str) -> None:
    with pytest.raises(Misuse, match=said) as error:
        run_one(Path("odd.toml"), SCRIPT.but(**changes))
    assert "odd.toml" in str(error.value)


def test_a_folder_without_scenarios_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="no scenario"):
        run_suite([tmp_path])
    with pytest.raises(Misuse, match="cannot be read"):
        run_suite([tmp_path / "none.toml"])


def test_build_servers_read_the_outcomes(tmp_path: Path) -> None:
    good = run_one(FILES[0], SCRIPT)
    bad = good.but(passed=False, failures=("one <thing>", "another"))
    target = tmp_path / "out.xml"

    junit([good, bad]).write(target)

    text = target.read_text()
    assert 'tests="2"' in text
    assert 'failures="1"' in text
    assert "one &lt;thing&gt;" in text


def test_time_passes_as_the_script_says() -> None:
    late = SCRIPT.but(at=SCRIPT.at + timedelta(days=200))

    assert isinstance(late, Script)
    assert list(play(late)) == []


def test_every_verb_and_every_check_is_explained() -> None:
    page = (SUITE.parent / "README.md").read_text(encoding="utf-8")
    checks = set(Script.model_fields) - {"title", "story", "at", "house", "given", "when", "no_other_cases"}

    assert [verb for verb in get_args(Verb) if f"`{verb}`" not in page] == []
    assert [name for name in checks if f"`[[{name}]]`" not in page] == []
