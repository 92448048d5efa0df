"""What a person dismissed stays closed while its facts do not worsen, however often it is found."""

from datetime import timedelta

from desk.dismissing import dismiss
from desk.taking import take
from scenarios.stage import Stage
from tests.desk.doing import only_case, scanned, writes
from tests.desk.holding import done, refused
from tests.shortages import large_transfer


def dismissed(scene: Stage) -> None:
    """The warehouse lead says that a shortage of jugs is as it should be."""
    large_transfer(scene.world)
    scanned(scene)
    done(dismiss(scene.desk, only_case(scene).id, scene.person("warehouse"), "jugs are given up in the south"))


def test_a_later_scan_does_not_bring_it_back(scene: Stage) -> None:
    dismissed(scene)
    scene.world.sell("jug", "STH", 5, 2)

    found = scanned(scene)

    assert found.opened == found.relapsed == ()
    assert only_case(scene).state == "closed"
    assert writes(scene) == []


def test_worse_facts_do(scene: Stage) -> None:
    dismissed(scene)
    scene.world.sell("jug", "STH", 200, 2)

    found = scanned(scene)

    assert found.relapsed == (only_case(scene).id,)
    assert only_case(scene).state == "waiting"
    assert scene.desk.store.holds.all() == []


def test_a_scan_long_after_opens_no_new_case_for_it(scene: Stage) -> None:
    dismissed(scene)
    scene.clock.move(timedelta(days=1))

    assert scanned(scene).opened == ()


def test_nobody_dismisses_what_somebody_else_has_in_hand(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    case = only_case(scene).id
    done(take(scene.desk, case, scene.person("warehouse"), "mine"))

    assert refused(dismiss(scene.desk, case, scene.person("buymgr"), "nonsense")).guard == "owner"
