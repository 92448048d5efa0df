"""What the tests of the verbs do again and again."""

from desk.scanning import Scanned, scan
from domain.cases import Case
from memory.requests import Request
from scenarios.stage import Stage


def scanned(scene: Stage) -> Scanned:
    """A scan that was not refused."""
    outcome = scan(scene.desk, "stockout", scene.world.company)
    assert isinstance(outcome, Scanned)
    return outcome


def found(scene: Stage) -> tuple[Case, ...]:
    """The cases a scan would open, not yet worked on."""
    desk, now = scene.desk, scene.clock.now()
    agent = desk.kinds["stockout"]
    picture = agent.read(desk.gateway.reader(scene.world.company), now, desk.terms)
    return desk.store.cases.record(agent.detect(picture, now, desk.terms), graph=desk.runner.shape).opened


def only_case(scene: Stage) -> Case:
    (case,) = scene.desk.store.cases.list()
    return case


def asked(scene: Stage) -> Request:
    """The one request that waits."""
    (request,) = scene.desk.store.requests.pending()
    return request


def writes(scene: Stage) -> list[str]:
    """What the desk's own user wrote in Odoo."""
    desk = scene.service_user()
    return [f"{w.model}.{w.method}" for w in scene.engine.write_log if w.uid == desk]


def journal_kinds(scene: Stage) -> list[str]:
    return [entry.kind for entry in scene.desk.store.journal.entries()]
