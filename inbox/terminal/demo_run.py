"""Runs the demo: a world, a sandbox process, one scan of every company, and a look at what came of it."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from desk.deciding import entitled
from desk.desk import Desk
from desk.settings import Settings
from domain.cases import NOTICE, Case
from domain.clock import SystemClock
from domain.errors import DeskError
from domain.people import Person
from domain.plans import RollbackPlan
from domain.refusals import Refusal
from domain.values import Value
from inbox.terminal.demo_home import NAME, Demo, DemoUser, read_demo
from inbox.terminal.demo_played import Previewed, Proposable, agreed, previewed, shared, talked
from inbox.terminal.founding import clear, found
from inbox.terminal.opening import open_desk, sandbox
from inbox.terminal.scanned_page import scan_all
from inbox.terminal.verifying import Checked, checked
from memory.effects import Effect
from memory.questions import Question
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
    waiting: tuple[Asked, ...]
    together: tuple[Asked, ...]
    """Those of one plan that waits for several people."""
    told: tuple[str, ...]
    """The notices by which Odoo tells whoever is asked."""
    talk: tuple[Question, ...]
    """What the demo asked and answered as people of the sandbox."""
    previewed: Previewed | None
    agreed: Proposable | None
    """What a person proposes once a vendor whom the desk has hurried agreed to another day."""
    journal: Checked
    people: tuple[Somebody, ...]
    """Whoever holds the fewest roles first."""
    logins: Mapping[str, str]
    """Actor to login."""


def run_demo(settings: Settings, odoo: int = 18) -> Shown:
    """Begin afresh in the settings' home, on an Odoo of that version; raises DeskError where that home is no demo's."""
    home = settings.home
    refuse_real(settings)
    clear(home)
    demo = found(home, "demo", SystemClock(), odoo)
    with open_desk(settings) as opened:
        refused = [one for one in scan_all(opened, None, None) if isinstance(one, Refusal)]
        if refused:
            raise DeskError(f"the demo could not scan: {refused[0]}")
        return looked_at(opened.desk, demo, home)


def refuse_real(settings: Settings) -> None:
    """The demo replaces what it finds in its home, so it must be a demo's; raises DeskError."""
    home = settings.home
    if settings.odoo_url:
        raise DeskError("DESK_ODOO_URL is set: the demo works on its own sandbox only; unset it for the demo")
    others = foreign(home)
    if others and read_demo(home) is None:
        raise DeskError(f"{home} is no demo's, it holds {others[0]}: give the demo a --home that is empty or not there")


def foreign(home: Path) -> list[str]:
    """What lies in a home beside what a demo leaves that was killed before it was whole."""
    names = sorted(one.name for one in home.iterdir()) if home.is_dir() else []
    return [name for name in names if not name.startswith(("sandbox.", f"{NAME}."))]


def looked_at(desk: Desk, demo: Demo, home: Path) -> Shown:
    """What came of the scan, and what the demo then does as people of the sandbox."""
    store = desk.store
    cases = store.cases.list()
    users = [user for user in demo.users if user.login != demo.login]
    known = [(user, desk.identify(user.login, SecretStr(user.api_key))) for user in users]
    known.sort(key=lambda one: len(one[1].roles))
    people = {person.login: person for _, person in known}
    effects = [effect for case in cases for effect in store.register.effects(case.id) if effect.state == "done"]
    waiting = [asked(desk, request, people) for request in store.requests.pending()]
    together = shared([one.request for one in waiting])
    talk = talked(desk, people, together[0].case) if together else ()
    store.seals.seal_now()
    address = sandbox(home, demo)
    return Shown(
        home=str(home),
        odoo=f"{address.place}, database {address.database}",
        cases=tuple(cases),
        done=tuple(effects),
        waiting=tuple(waiting),
        together=tuple(one for one in waiting if one.request in together),
        told=tuple(case.id for case in store.cases.list(kind=NOTICE, state="closed")),
        talk=talk,
        previewed=previewed(desk, people, effects),
        agreed=agreed(desk, people, cases),
        journal=checked(store),
        people=tuple(Somebody(user=user, roles=person.roles) for user, person in known),
        logins=store.people.logins(),
    )


def asked(desk: Desk, request: Request, people: Mapping[str, Person]) -> Asked:
    """Who may decide a request, and how it would be taken back."""
    plan = desk.store.plans.get(request.case, request.plan_version)
    return Asked(
        request=request,
        may_decide=tuple(login for login, person in people.items() if entitled(desk, person, request) is None),
        rollback=tuple(plan.steps[index].rollback for index in request.steps),
    )
