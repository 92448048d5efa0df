"""What the demo shows: cases, deeds, what waits for whom, how all is taken back, and what to type next."""

from collections.abc import Iterator

from domain.plans import RollbackPlan
from domain.values import SHORT
from inbox.terminal.case_pages import case_table
from inbox.terminal.demo_run import Shown
from inbox.terminal.showing import clean, console, moment, money, say, say_whole, table
from inbox.terminal.verifying import show_checked


def show_demo(shown: Shown, suffix: str) -> None:
    """The whole page; the suffix makes every command work on the same home."""
    console().print(case_table(shown.cases, "Cases by money at risk"))
    show_done(shown)
    show_waiting(shown)
    show_rollbacks(shown)
    show_checked(shown.journal)
    say("", f"The sandbox Odoo is at {shown.odoo}; what is done in it stays in {shown.home}.")
    show_people(shown)
    say("What to type next:")
    say_whole(*(f"  {command}" for command in commands(shown, suffix)))


def show_done(shown: Shown) -> None:
    """What policy allowed."""
    page = table("Done by the desk", "case", "what", "amount", right=("amount",), rigid=("case",))
    for effect in shown.done:
        words = clean(effect.result.words) if effect.result else ""
        page.add_row(effect.intent.case, words, money(effect.intent.exposure.amount))
    console().print(page)


def show_waiting(shown: Shown) -> None:
    """What needs a person, and whose decision it is."""
    page = table("Waiting for a person", "request", "amount, role", "may decide", "until", "what", rigid=("until",))
    for one in shown.waiting:
        asked = one.request
        page.add_row(
            f"{asked.id}\ncase {asked.case}",
            f"{money(asked.amount)}\n{clean(asked.role)}",
            ", ".join(one.may_decide) or "nobody",
            moment(asked.expires_at),
            clean(asked.title),
        )
    console().print(page)


def show_rollbacks(shown: Shown) -> None:
    """How what was done, or would be, is taken back."""
    page = table("Rollback plans", "case", "to take it back", "what stays even so", rigid=("case",))
    for case, plan in rollbacks(shown):
        page.add_row(case, clean(plan.words), clean(plan.remains or "nothing"))
    console().print(page)


def rollbacks(shown: Shown) -> Iterator[tuple[str, RollbackPlan]]:
    """Case and rollback plan of every step done or asked for."""
    for effect in shown.done:
        yield effect.intent.case, effect.intent.rollback
    for one in shown.waiting:
        for plan in one.rollback:
            yield one.request.case, plan


def show_people(shown: Shown) -> None:
    """Who may be tried out."""
    page = table(
        "Users of the sandbox", "login", "roles", "password", "API key", rigid=("login", "password", "API key")
    )
    for one in shown.people:
        page.add_row(one.user.login, "\n".join(one.roles) or "none", one.user.password, one.user.api_key)
    console().print(page)


def commands(shown: Shown, suffix: str) -> Iterator[str]:
    """Real commands with real ids, the first of each sort."""
    run = "python app.py"
    keys = {one.user.login: one.user.password for one in shown.people}
    decidable = [one for one in shown.waiting if one.may_decide]
    if shown.cases:
        yield f"{run} case {shown.cases[0].id}{suffix}"
        yield f"{run} policy explain {shown.cases[0].id}{suffix}"
    yield f"{run} inbox{suffix}"
    for verb, one in zip(("approve", "reject"), decidable, strict=False):
        who, asked = one.may_decide[0], one.request
        why = ' --reason "not this week"' if verb == "reject" else f" --digest {asked.digest[:SHORT]}"
        yield f"DESK_USER_KEY={keys[who]} {run} {verb} {asked.id} --as {who}{why}{suffix}"
    for who in shown.may_roll_back[:1]:
        case = shown.done[0].intent.case
        yield f"DESK_USER_KEY={keys[who]} {run} rollback {case} --as {who} --dry-run{suffix}"
    yield f"{run} audit verify{suffix}"
    yield f"{run} doctor{suffix}"
