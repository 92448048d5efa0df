"""The verbs with which a person decides: approve, reject, close, pause, resume and rollback."""

from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, CaseId, Digests, Home, Login, Reason, RequestIds
from inbox.terminal.showing import say, tell

if TYPE_CHECKING:
    from domain.refusals import Refusal

Scope = Annotated[str, typer.Argument(metavar="SCOPE", help="all, kind:stockout, action:stock.transfer or company:1.")]


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    app.command(epilog="Example: python app.py approve R12 R13 --as buyer")(answered(approve))
    app.command(epilog='Example: python app.py reject R12 --as buyer --reason "vendor is on holiday"')(answered(reject))
    app.command(epilog='Example: python app.py close C3 --as buyer --reason "sold out on purpose"')(answered(close))
    app.command(epilog='Example: python app.py pause kind:stockout --as buyer --reason "stock-taking"')(answered(pause))
    app.command(epilog='Example: python app.py resume kind:stockout --as buyer --reason "stock-taking is over"')(
        answered(resume)
    )
    app.command(epilog="Example: python app.py rollback C3 --as buyer --dry-run")(answered(rollback))


def approve(
    request_ids: RequestIds,
    login: Login,
    edits: Annotated[
        list[str] | None, typer.Option("--set", metavar="KNOB=NUMBER", help="Change the plan first; asks anew.")
    ] = None,
    digests: Digests = None,
    reason: Reason = "",
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | int | None":
    """Approve what one request asks, or several.

    Each is answered on its own, and a plan is carried out as soon as nobody's word on it is missing. With --set the
    plan is changed first, judged anew, and asked anew where policy says so.
    """
    from desk.deciding import decide_each
    from desk.editing import edit
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import knobs, seen_alone, show_answers, show_edited, what_was_seen
    from inbox.terminal.open_for import person_at

    seen, wanted = what_was_seen(request_ids, digests or []), knobs(edits or [])
    with person_at(home, login) as (opened, person):
        if not wanted:
            return show_answers(
                decide_each(opened.desk, seen, person, "approve", reason), as_json, opened.desk.store.people.logins()
            )
        changed = seen_alone(opened.desk.store.requests, seen)
        edited = changed or edit(opened.desk, seen[0].request, person, wanted)
        if isinstance(edited, Refusal):
            return edited
        show_edited(edited, as_json)
        return None


def reject(
    request_ids: RequestIds,
    login: Login,
    digests: Digests = None,
    reason: Reason = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Reject what one request asks, or several.

    One rejection is enough: nothing of the plan is done, and its case goes to the human queue with your reason.
    """
    from desk.deciding import decide_each
    from inbox.terminal.decided_pages import show_answers, what_was_seen
    from inbox.terminal.open_for import person_at

    seen = what_was_seen(request_ids, digests or [])
    with person_at(home, login) as (opened, person):
        return show_answers(
            decide_each(opened.desk, seen, person, "reject", reason), as_json, opened.desk.store.people.logins()
        )


def close(
    case_id: CaseId, login: Login, reason: Reason = "", home: Home = None, as_json: AsJson = False
) -> "Refusal | None":
    """Close a case by hand, with a reason.

    What it asked for is withdrawn; what it did in Odoo stays. It comes back when a scan finds other facts; dismiss
    keeps it closed for longer.
    """
    from desk.closing import close as close_case
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import show_case
    from inbox.terminal.open_for import person_at
    from memory.store import RELAPSE_WITHIN

    with person_at(home, login) as (opened, person):
        closed = close_case(opened.desk, case_id, person, reason)
        if isinstance(closed, Refusal):
            return closed
        show_case(closed, as_json)
        if not as_json:
            anew = f"after {RELAPSE_WITHIN.days} days one that still finds it opens it anew"
            say(
                f"A scan that finds it with other facts brings it back, and {anew}; dismiss keeps a case closed longer."
            )
        return None


def pause(
    scope: Scope, login: Login, reason: Reason = "", home: Home = None, as_json: AsJson = False
) -> "Refusal | None":
    """Stop the desk, or a part of it.

    No scan and no write to Odoo, of everything or of one kind, action or company, until it is resumed.
    """
    from desk.pausing import pause as pause_scope
    from domain.refusals import Refusal
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        paused = pause_scope(opened.desk, scope, person, reason)
    if isinstance(paused, Refusal):
        return paused
    tell(as_json, paused.plain(), f"{scope} is paused. Let it go on: python app.py resume {scope} --as LOGIN")
    return None


def resume(
    scope: Scope, login: Login, reason: Reason = "", home: Home = None, as_json: AsJson = False
) -> "Refusal | None":
    """Let go on what was paused."""
    from desk.pausing import resume as resume_scope
    from domain.refusals import Refusal
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        resumed = resume_scope(opened.desk, scope, person, reason)
    if isinstance(resumed, Refusal):
        return resumed
    tell(as_json, {"scope": scope, "resumed": resumed}, f"{scope} goes on." if resumed else f"{scope} was not paused.")
    return None


def rollback(
    case_id: CaseId,
    login: Login,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would do.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Take back what a case did in Odoo.

    Newest first; shows what it will do before it does, and policy may ask another person.
    """
    from desk.rolling_back import preview
    from desk.rolling_back import rollback as roll_back
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import show_case, show_preview
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        plan = preview(opened.desk, case_id, person)
        if isinstance(plan, Refusal):
            return plan
        show_preview(plan, opened.desk.store.people.logins(), as_json, dry_run)
        if dry_run:
            return None
        case = roll_back(opened.desk, case_id, person)
        if isinstance(case, Refusal):
            return case
        show_case(case, as_json, opened.desk.store.requests.pending(case.id))
        return None
