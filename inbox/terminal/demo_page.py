"""What the demo shows: cases, deeds, what waits for whom, how all is taken back, and what to type next."""

from collections.abc import Iterator

from domain.plans import RollbackPlan
from inbox.terminal.case_pages import case_table
from inbox.terminal.demo_run import Shown
from inbox.terminal.inbox_page import SHORT
from inbox.terminal.sandbox_serving import show_users
from inbox.terminal.showing import clean, console, moment, money, say, table
from inbox.terminal.verifying import show_checked


def show_demo(shown: Shown, suffix: str) -> None:
    """The whole page; the suffix makes every command work on the same home."""
    console().print(case_table(shown.cases, "Cases by money at risk"))
    show_done(shown)
    show_waiting(shown)
    show_checked(shown.journal)
    say("", f"The sandbox Odoo is at {shown.odoo}; it keeps what is done in {shown.home}.")
    show_users(shown.users)
    say("What to type next:")
    page = console()
    for command in commands(shown, suffix):
        page.print(f"  {command}", soft_wrap=True)


def show_done(shown: Shown) -> None:
    """What policy allowed, with its rollback plan."""
    page = table("Done by the desk", "case", "what", "amount", "rollback plan", right=("amount",), rigid=("case",))
    for effect in shown.done:
        words = clean(effect.result.words) if effect.result else ""
        intent = effect.intent
        page.add_row(intent.case, words, money(intent.exposure.amount), taken_back((intent.rollback,)))
    console().print(page)


def show_waiting(shown: Shown) -> None:
    """What needs a person, whose decision it is, and the rollback plan of what would be done."""
    page = table(
        "Waiting for a person",
        *("request", "case", "what", "amount", "role", "may decide", "until", "rollback plan"),
        right=("amount",),
        rigid=("request", "case", "until"),
    )
    for one in shown.waiting:
        asked = one.request
        page.add_row(
            asked.id,
            asked.case,
            clean(asked.title),
            money(asked.amount),
            clean(asked.role),
            ", ".join(one.may_decide) or "nobody",
            moment(asked.expires_at)[5:],
            taken_back(one.rollback),
        )
    console().print(page)


def taken_back(plans: tuple[RollbackPlan, ...]) -> str:
    """A rollback plan in words, with what would stay behind."""
    return clean("; ".join(plan.words + (f" (stays: {plan.remains})" if plan.remains else "") for plan in plans))


def commands(shown: Shown, suffix: str) -> Iterator[str]:
    """Real commands with real ids, the first of each sort."""
    run = "python app.py"
    keys = {user.login: user.password for user in shown.users}
    decidable = [one for one in shown.waiting if one.may_decide]
    if shown.cases:
        yield f"{run} case {shown.cases[0].id}{suffix}"
        yield f"{run} policy explain {shown.cases[0].id}{suffix}"
    yield f"{run} inbox{suffix}"
    for verb, one in zip(("approve", "reject"), decidable, strict=False):
        who, asked = one.may_decide[0], one.request
        why = ' --reason "not this week"' if verb == "reject" else f" --digest {asked.plan_digest[:SHORT]}"
        yield f"DESK_USER_KEY={keys[who]} {run} {verb} {asked.id} --as {who}{why}{suffix}"
    if shown.done:
        case, who = shown.done[0].intent.case, decidable[0].may_decide[0] if decidable else shown.users[0].login
        yield f"DESK_USER_KEY={keys[who]} {run} rollback {case} --as {who} --dry-run{suffix}"
    yield f"{run} audit verify{suffix}"
    yield f"{run} doctor{suffix}"
