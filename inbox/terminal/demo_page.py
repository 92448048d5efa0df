"""What the demo shows: cases, deeds, what waits for whom, what was asked, how it is taken back, what to type next."""

from collections.abc import Mapping

from domain.plans import RollbackPlan
from inbox.terminal.case_pages import case_table
from inbox.terminal.demo_commands import commands
from inbox.terminal.demo_run import Shown
from inbox.terminal.dossier_page import show_plan
from inbox.terminal.inbox_page import waited_with
from inbox.terminal.question_pages import lines
from inbox.terminal.showing import clean, console, moment, money, say, say_whole, table
from inbox.terminal.verifying import show_checked

HANDFUL = 4
"""Cases named of each sort of rollback."""


def show_demo(shown: Shown, suffix: str) -> None:
    """The whole page; the suffix makes every command work on the same home."""
    console().print(case_table(shown.cases, "Cases by money at risk"))
    show_done(shown)
    show_waiting(shown)
    show_together(shown)
    show_talk(shown)
    show_rollbacks(shown)
    show_preview(shown)
    show_checked(shown.journal)
    say("", f"The sandbox Odoo is at {shown.odoo}; what is done in it stays in {shown.home}.")
    show_people(shown)
    say("What to type next:")
    say_whole(*(f"  {command}" for command in commands(shown, suffix)))


def show_done(shown: Shown) -> None:
    """What policy allowed."""
    page = table("Done by the desk, as policy allows", "case", "what", "amount", right=("amount",), rigid=("case",))
    for effect in shown.done:
        words = clean(effect.result.words) if effect.result else ""
        page.add_row(effect.intent.case, words, money(effect.intent.exposure.amount))
    console().print(page)


def show_waiting(shown: Shown) -> None:
    """What needs a person, and whose decision it is."""
    page = table(
        "Waiting for a person", "request", "amount, role", "may decide (logins)", "until", "what", rigid=("until",)
    )
    requests = [one.request for one in shown.waiting]
    for one in shown.waiting:
        asked = one.request
        page.add_row(
            f"{asked.id}\ncase {asked.case}{waited_with(asked, requests)}",
            f"{money(asked.amount)}\n{clean(asked.role)}",
            ", ".join(one.may_decide) or "nobody",
            moment(asked.expires_at),
            clean(asked.title),
        )
    console().print(page)
    rest = "; the others are about no order or delivery" if len(shown.told) < len(requests) else ""
    say(f"Told in Odoo, by an activity on the document: {len(shown.told)} of {len(requests)}{rest}.", "")


def show_together(shown: Shown) -> None:
    """The plan that waits for several people, each for their own part."""
    if not shown.together:
        return
    case = shown.together[0].request.case
    say(f"{case} waits for several people, each asked about their own part; nothing is done before all say yes:")
    for one in shown.together:
        say(f"  {one.request.id} asks {one.request.role} about {money(one.request.amount)}: {one.request.title}")
    say("")


def show_talk(shown: Shown) -> None:
    """What was asked about it and answered, and in whose name."""
    for one in shown.talk:
        asker = shown.logins.get(one.asked_by, one.asked_by)
        helped = f" and, as {one.asked_login}, answered" if one.asked_login else "; the desk answered by itself"
        say(f"As {asker}, the demo asked{helped}:", *(f"  {line}" for line in lines(one, shown.logins)), "")


def show_rollbacks(shown: Shown) -> None:
    """How what was done, or would be, is taken back: one of each sort."""
    page = table("How it is taken back, one of each sort", "cases", "to take it back", "what stays even so")
    for plan, cases in rollbacks(shown).values():
        more = f" and {len(cases) - HANDFUL} more" if len(cases) > HANDFUL else ""
        page.add_row(", ".join(cases[:HANDFUL]) + more, clean(plan.words), clean(plan.remains or "nothing"))
    console().print(page)


def rollbacks(shown: Shown) -> Mapping[str, tuple[RollbackPlan, list[str]]]:
    """The first rollback plan that leaves the same behind, with the cases of all of them."""
    done = [(effect.intent.case, effect.intent.rollback) for effect in shown.done]
    wanted = [(one.request.case, plan) for one in shown.waiting for plan in one.rollback]
    found: dict[str, tuple[RollbackPlan, list[str]]] = {}
    for case, plan in (*done, *wanted):
        cases = found.setdefault(plan.remains or "", (plan, []))[1]
        if case not in cases:
            cases.append(case)
    return found


def show_preview(shown: Shown) -> None:
    """What taking one case back would do."""
    if shown.previewed is None:
        return
    seen = shown.previewed
    say(f"As {seen.login}, the demo looked at what taking {seen.plan.case} back would do; nothing was changed:")
    show_plan(seen.plan, shown.logins)
    say("")


def show_people(shown: Shown) -> None:
    """Who may be tried out."""
    page = table(
        "Users of the sandbox", "login", "roles", "password", "API key", rigid=("login", "password", "API key")
    )
    for one in shown.people:
        page.add_row(one.user.login, "\n".join(one.roles) or "none", one.user.password, one.user.api_key)
    console().print(page)
