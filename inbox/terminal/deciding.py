"""The verbs with which a person decides: approve, reject, close, pause, resume and rollback."""

from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, CaseId, Home, Login, Reason, RequestId
from inbox.terminal.showing import tell

if TYPE_CHECKING:
    from domain.refusals import Refusal

Scope = Annotated[str, typer.Argument(metavar="SCOPE", help="all, kind:stockout, action:stock.transfer or company:1.")]


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    app.command(epilog="Example: python app.py approve R12 --as buyer --set quantity=24")(answered(approve))
    app.command(epilog='Example: python app.py reject R12 --as buyer --reason "vendor is on holiday"')(answered(reject))
    app.command(epilog='Example: python app.py close C3 --as buyer --reason "sold out on purpose"')(answered(close))
    app.command(epilog='Example: python app.py pause kind:stockout --as buyer --reason "stock-taking"')(answered(pause))
    app.command(epilog='Example: python app.py resume kind:stockout --as buyer --reason "stock-taking is over"')(
        answered(resume)
    )
    app.command(epilog="Example: python app.py rollback C3 --as buyer --dry-run")(answered(rollback))


def approve(
    request_id: RequestId,
    login: Login,
    edits: Annotated[
        list[str] | None, typer.Option("--set", metavar="KNOB=NUMBER", help="Change the plan first; asks anew.")
    ] = None,
    digest: Annotated[
        str | None, typer.Option(metavar="PREFIX", help="Refuse unless the plan's digest begins like this.")
    ] = None,
    reason: Reason = "",
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Approve what a request asks.

    It is carried out at once. With --set the plan is changed first, judged anew, and asked anew where policy says so.
    """
    from desk.deciding import decide
    from desk.editing import edit
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import as_shown, knobs, show_decided, show_edited
    from inbox.terminal.open_for import person_at

    wanted = knobs(edits or [])
    with person_at(home, login) as (opened, person):
        changed = as_shown(opened.desk.store.requests.get(request_id), digest)
        if changed:
            return changed
        if wanted:
            edited = edit(opened.desk, request_id, person, wanted)
            if isinstance(edited, Refusal):
                return edited
            show_edited(edited, as_json)
            return None
        answer = decide(opened.desk, request_id, person, "approve", reason)
        if isinstance(answer, Refusal):
            return answer
        show_decided(answer, as_json)
        return None


def reject(
    request_id: RequestId, login: Login, reason: Reason = "", home: Home = None, as_json: AsJson = False
) -> "Refusal | None":
    """Reject what a request asks.

    Its case goes to the human queue with your reason.
    """
    from desk.deciding import decide
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import show_decided
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        answer = decide(opened.desk, request_id, person, "reject", reason)
        if isinstance(answer, Refusal):
            return answer
        show_decided(answer, as_json)
        return None


def close(
    case_id: CaseId, login: Login, reason: Reason = "", home: Home = None, as_json: AsJson = False
) -> "Refusal | None":
    """Close a case by hand, with a reason.

    What it asked for is withdrawn; what it did in Odoo stays.
    """
    from desk.closing import close as close_case
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import show_case
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        closed = close_case(opened.desk, case_id, person, reason)
        if isinstance(closed, Refusal):
            return closed
        show_case(closed, as_json)
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
        show_preview(plan, as_json, dry_run)
        if dry_run:
            return None
        case = roll_back(opened.desk, case_id, person)
        if isinstance(case, Refusal):
            return case
        show_case(case, as_json, opened.desk.store.requests.pending(case.id))
        return None
