"""Replay scenarios on the sandbox engine in process, and judge them by how everything stands at the end."""

import inspect
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from desk.closing import close
from desk.deciding import decide
from desk.editing import edit
from desk.pausing import pause, resume
from desk.recovering import recover
from desk.rolling_back import rollback
from desk.scanning import scan
from domain.cases import Case
from domain.errors import DeskError, Misuse
from domain.people import Person
from domain.refusals import Refusal
from domain.values import Json, Value
from scenarios.judging import judge
from scenarios.sandbox.injected import Injected, Kind
from scenarios.script import Event, Script, collect, load
from scenarios.stage import Stage, stage


class Outcome(Value):
    """How one scenario went."""

    title: str
    path: str
    passed: bool
    failures: tuple[str, ...]
    seconds: float


def run_suite(paths: Sequence[Path], progress: Callable[[str, int, int], None] = lambda *_: None) -> list[Outcome]:
    """Replay every scenario among some files and folders; raises Misuse for what is no scenario."""
    files = collect(list(paths))
    scripts = [(path, load(path)) for path in files]
    outcomes = []
    for done, (path, script) in enumerate(scripts):
        progress(script.title, done, len(scripts))
        outcomes.append(run_one(path, script))
    return outcomes


def run_one(path: Path, script: Script) -> Outcome:
    """Replay one scenario."""
    started = time.perf_counter()
    failures = tuple(play(script))
    return Outcome(
        title=script.title,
        path=str(path),
        passed=not failures,
        failures=failures,
        seconds=round(time.perf_counter() - started, 3),
    )


def play(script: Script) -> Iterable[str]:
    """Set the stage, let everything happen in order, and say what is not as it should be."""
    with stage(script.at) as scene:
        player = Player(scene)
        failures = [failure for event in script.given + script.when for failure in player.happen(event)]
        return failures + judge(script, scene, player.resolve, player.case)


class Failure(Value):
    """A failure put in the way of the desk's calls."""

    call: str
    kind: Kind
    nth: int = 1
    times: int = 1


class Player:
    """Makes events happen on a stage and remembers what they made, by name."""

    def __init__(self, scene: Stage) -> None:
        self.scene = scene
        self.named: dict[str, int] = {}

    def happen(self, event: Event) -> list[str]:
        """Let one event happen; says how it went wrong, if it did."""
        self.scene.clock.move(timedelta(minutes=event.after_minutes))
        try:
            outcome = self._carry_out(event)
        except Misuse:
            raise
        except DeskError as fault:
            outcome = Refusal(guard="odoo", reason=str(fault))
        refused_by = outcome.guard if isinstance(outcome, Refusal) else None
        if refused_by != event.refused_by:
            expected = f"refused by {event.refused_by}" if event.refused_by else "done"
            return [f"{event.do} {event.about or ''}: expected {expected}, found {outcome!r}"]
        return []

    def _carry_out(self, event: Event) -> object:
        desk = self.scene.desk
        match event.do:
            case "scan":
                return scan(desk, "stockout", self.scene.world.company)
            case "recover":
                return recover(desk)
            case "wait":
                return None
            case "approve" | "reject":
                person = self._person(event)
                return decide(desk, self._request(event), person, event.do, event.reason)
            case "edit":
                knobs = {name: Decimal(value) for name, value in event.knobs.items()}
                return edit(desk, self._request(event), self._person(event), knobs)
            case "close":
                return close(desk, self.case(event.about).id, self._person(event), event.reason)
            case "rollback":
                return rollback(desk, self.case(event.about).id, self._person(event))
            case "pause" | "resume":
                switch = pause if event.do == "pause" else resume
                return switch(desk, event.about or "all", self._person(event), event.reason)
            case _:
                return self._in_odoo(event)

    def _in_odoo(self, event: Event) -> object:
        """Something changes in Odoo, by a verb of the world."""
        given = {name: self.resolve(value) for name, value in event.given.items()}
        if event.do == "fault":
            self.scene.engine.faults.append(Injected(**dict(Failure.model_validate(given))))
            return None
        verb = getattr(self.scene.world, event.do)
        try:
            inspect.signature(verb).bind(**given)
        except TypeError as error:
            raise Misuse(f"{event.do}: {error}") from None
        made = verb(**given)
        if event.name and isinstance(made, int):
            self.named[event.name] = made
        return None

    def _person(self, event: Event) -> Person:
        if event.by is None:
            raise Misuse(f"{event.do} needs `by`, the login of who does it")
        return self.scene.person(event.by)

    def _request(self, event: Event) -> str:
        return self.scene.desk.store.requests.newest(self.case(event.about).id).id

    def case(self, about: str | None) -> Case:
        """The case about ``product@warehouse``."""
        product, _, warehouse = (about or "").partition("@")
        world = self.scene.world
        if product not in world.products or warehouse not in world.warehouses:
            raise Misuse(f"{about!r} names no product@warehouse of the small world")
        subject = f"product:{world.products[product]}@warehouse:{world.warehouses[warehouse].id}"
        found = [case for case in self.scene.desk.store.cases.list() if case.subject == subject]
        if not found:
            raise NoCase(f"there is no case about {about}")
        return found[-1]

    def resolve(self, value: Json) -> Json:
        """``$lantern``, ``$WH``, ``$WH.stock``, ``$vendor``, ``$po``: the id of what is called that."""
        if isinstance(value, list):
            return [self.resolve(part) for part in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        world, name = self.scene.world, value[1:]
        if name.endswith(".stock"):
            return world.warehouses[name.removesuffix(".stock")].stock
        ids = {
            **self.named,
            **world.products,
            **{code: warehouse.id for code, warehouse in world.warehouses.items()},
            "vendor": world.vendor,
            "customer": world.customer,
            "company": world.company,
        }
        if name not in ids:
            raise Misuse(f"{value} names nothing; there is {', '.join(sorted(ids))}")
        return ids[name]


class NoCase(DeskError):
    """There is no such case."""
