"""Who and what a scenario speaks of: people by login, cases by product and warehouse, records by name."""

from domain.cases import Case
from domain.errors import DeskError, Misuse
from domain.people import Person
from domain.values import Json
from memory.questions import Question
from memory.requests import Request
from scenarios.script import Event
from scenarios.stage import Stage


class NoCase(DeskError):
    """There is no such case."""


class NotAsked(DeskError):
    """Nobody was asked."""


class Cast:
    """Everybody and everything on a stage, and what events made there, by name."""

    def __init__(self, scene: Stage) -> None:
        self.scene = scene
        self.named: dict[str, int] = {}

    def person(self, event: Event) -> Person:
        """Who does it; raises Misuse where nobody is named, or nobody of the world."""
        if event.by is None or event.by not in self.scene.world.users:
            known = ", ".join(self.scene.world.users)
            raise Misuse(f"{event.do} needs `by`, the login of who does it: one of {known}; found {event.by!r}")
        return self.scene.person(event.by)

    def case(self, about: str | None) -> Case:
        """The case about ``product@warehouse``; raises NoCase or Misuse."""
        product, _, warehouse = (about or "").partition("@")
        world = self.scene.world
        if product not in world.products or warehouse not in world.warehouses:
            raise Misuse(f"{about!r} names no product@warehouse of the small world")
        subject = f"product:{world.products[product]}@warehouse:{world.warehouses[warehouse].id}"
        found = [case for case in self.scene.desk.store.cases.list() if case.subject == subject]
        if not found:
            raise NoCase(f"there is no case about {about}")
        return found[-1]

    def asked(self, about: str | None) -> list[Request]:
        """Every request about the plan that was asked about last, none where nobody was asked."""
        requests, case = self.scene.desk.store.requests, self.case(about)
        return requests.last_asked(case.id) if requests.of_case(case.id) else []

    def questions(self, about: str | None) -> list[Question]:
        """Every question about a case, oldest first."""
        return self.scene.desk.store.questions.of_case(self.case(about).id)

    def option(self, about: str | None, prefix: str | None) -> str:
        """The one option that there is now about a case and that begins so; raises Misuse for none or several."""
        case, desk = self.case(about), self.scene.desk
        kind = desk.kinds[case.kind]
        evidence = kind.gather(desk.gateway.reader(case.company), case.subject, desk.clock.now(), desk.terms)
        names = [option.name for option in kind.options(evidence)] if evidence else []
        found = [name for name in names if prefix and name.startswith(self.told(prefix))]
        if len(found) != 1:
            raise Misuse(f"{prefix} begins {len(found)} of the options about {about}: {', '.join(names)}")
        return found[0]

    def resolve(self, value: Json) -> Json:
        """``$lantern``, ``$WH``, ``$WH.stock``, ``$vendor``, ``$po``: the id of what is called that."""
        if isinstance(value, list):
            return [self.resolve(part) for part in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        world, name = self.scene.world, value[1:]
        if name.endswith(".stock") and name.removesuffix(".stock") in world.warehouses:
            return world.warehouses[name.removesuffix(".stock")].stock
        ids = {**world.ids(), **self.named}
        if name not in ids:
            raise Misuse(f"{value} names nothing; there is {', '.join(sorted(ids))}")
        return ids[name]

    def told(self, text: str) -> str:
        """An option's name with ids for names: ``confirm:$po``."""
        head, mark, name = text.partition("$")
        return f"{head}{self.resolve(mark + name)}" if mark else text
