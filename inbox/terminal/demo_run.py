"""Runs the demo: a world, a sandbox process, one scan of every company, and a look at what came of it."""

from pathlib import Path

from pydantic import SecretStr

from desk.concern import concerned
from desk.deciding import entitled
from desk.desk import Desk
from desk.settings import Settings
from domain.cases import Case
from domain.clock import SystemClock
from domain.errors import DeskError
from domain.people import Person
from domain.plans import RollbackPlan
from domain.refusals import Refusal
from domain.values import Value
from inbox.terminal.demo_home import Demo, DemoUser, read_demo
from inbox.terminal.founding import clear, found
from inbox.terminal.opening import open_desk, sandbox
from inbox.terminal.scanned_page import scan_all
from inbox.terminal.verifying import Checked, checked
from memory.effects import Effect
from memory.requests import Request


class Somebody(Value):
    """A user of the sandbox, and the roles that policy sees in the user's groups."""

    user: DemoUser
    roles: tuple[str, ...]


class Asked(Value):
    """A request, and who of the sandbox's users may decide it."""

    request: Request
    may_decide: tuple[str, ...]
    rollback: tuple[RollbackPlan, ...]
    """How what it asks for would be taken back, step by step."""


class Shown(Value):
    """Everything the demo has to show."""

    home: str
    odoo: str
    cases: tuple[Case, ...]
    done: tuple[Effect, ...]
    may_roll_back: tuple[str, ...]
    """Who may have the first of it taken back."""
    waiting: tuple[Asked, ...]
    journal: Checked
    people: tuple[Somebody, ...]
    """Whoever holds the fewest roles first."""


def run_demo(settings: Settings) -> Shown:
    """Begin afresh in the settings' home; raises DeskError where that home is no demo's."""
    home = settings.home
    refuse_real(settings)
    clear(home)
    demo = found(home, "demo", SystemClock())
    with open_desk(settings) as opened:
        refused = [one for one in scan_all(opened, None, None) if isinstance(one, Refusal)]
        if refused:
            raise DeskError(f"the demo could not scan: {refused[0]}")
        opened.desk.store.seals.seal_now()
        return looked_at(opened.desk, demo, home)


def refuse_real(settings: Settings) -> None:
    """The demo replaces what it finds in its home, so it must be a demo's; raises DeskError."""
    if settings.odoo_url:
        raise DeskError("DESK_ODOO_URL is set: the demo works on its own sandbox only; unset it for the demo")
    if settings.home.joinpath("desk.db").exists() and read_demo(settings.home) is None:
        raise DeskError(f"{settings.home} holds a desk that is no demo; the demo would replace it: give another --home")


def looked_at(desk: Desk, demo: Demo, home: Path) -> Shown:
    """What came of the scan."""
    store = desk.store
    cases = store.cases.list()
    people = [user for user in demo.users if user.login != demo.login]
    known = [(user, desk.identify(user.login, SecretStr(user.api_key))) for user in people]
    known.sort(key=lambda one: len(one[1].roles))
    deciders = [person for _, person in known]
    effects = [effect for case in cases for effect in store.register.effects(case.id) if effect.state == "done"]
    address = sandbox(home, demo)
    return Shown(
        home=str(home),
        odoo=f"{address.place}, database {address.database}",
        cases=tuple(cases),
        done=tuple(effects),
        may_roll_back=tuple(person.login for person in deciders if effects and may_take_back(desk, effects[0], person)),
        waiting=tuple(asked(desk, request, deciders) for request in store.requests.pending()),
        journal=checked(store),
        people=tuple(Somebody(user=user, roles=person.roles) for user, person in known),
    )


def may_take_back(desk: Desk, effect: Effect, person: Person) -> bool:
    """Whether this person may ask for a rollback of the effect."""
    return concerned(desk, person, effect.intent.company, {effect.intent.action}) is None


def asked(desk: Desk, request: Request, people: list[Person]) -> Asked:
    """Who may decide a request, and how it would be taken back."""
    plan = desk.store.plans.get(request.case, request.plan_version)
    return Asked(
        request=request,
        may_decide=tuple(person.login for person in people if entitled(desk, person, request) is None),
        rollback=tuple(plan.steps[index].rollback for index in request.steps),
    )
