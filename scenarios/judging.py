"""What a scenario must have come to: cases, records in Odoo, journal entries, and writes that never happened."""

from collections.abc import Iterator
from itertools import chain

from domain.errors import DeskError, Misuse
from domain.plans import Plan
from memory.verifying import Verified
from scenarios.cast import Cast
from scenarios.sandbox.faults import SandboxFault
from scenarios.script import CaseCheck, JournalCheck, Never, OdooCheck, QuestionCheck, Script


def judge(script: Script, cast: Cast) -> list[str]:
    """Everything that is not as the script says."""
    return list(
        chain(
            chain.from_iterable(case_stands(check, cast) for check in script.cases),
            no_others(script, cast),
            chain.from_iterable(requests_ended(about, script, cast) for about in asked_about(script)),
            chain.from_iterable(question_ended(check, cast) for check in script.questions),
            chain.from_iterable(odoo_holds(check, cast) for check in script.odoo),
            chain.from_iterable(journal_says(check, cast) for check in script.journal),
            chain.from_iterable(never_written(check, cast) for check in script.never),
            untampered(cast),
        )
    )


def case_stands(check: CaseCheck, cast: Cast) -> Iterator[str]:
    try:
        case = cast.case(check.about)
    except DeskError as missing:
        yield str(missing)
        return
    if case.state != check.state:
        yield f"case about {check.about}: expected {check.state}, found {case.state} ({case.why})"
    if check.plans is not None and case.plan_version != check.plans:
        yield f"case about {check.about}: expected {check.plans} plans, found {case.plan_version}"
    if check.why is not None and check.why not in case.why:
        yield f"case about {check.about}: expected a reason with {check.why!r}, found {case.why!r}"
    yield from plan_stands(check, cast.scene.desk.store.plans.newest(case.id), cast)


def plan_stands(check: CaseCheck, plan: Plan | None, cast: Cast) -> Iterator[str]:
    """The newest plan chose, weighed and ruled out what it must have."""
    chosen = plan.option if plan else "no plan"
    if check.option is not None and not chosen.startswith(cast.told(check.option)):
        yield f"case about {check.about}: expected option {check.option}, found {chosen}"
    others = {option.name: option.feasible for option in plan.rejected} if plan else {}
    for prefixes, feasible in ((check.weighed, True), (check.ruled_out, False)):
        for prefix in map(cast.told, prefixes):
            if feasible not in {each for name, each in others.items() if name.startswith(prefix)}:
                word = "possible" if feasible else "impossible"
                yield f"case about {check.about}: expected {prefix} to be {word} and not chosen, found {others}"


def no_others(script: Script, cast: Cast) -> Iterator[str]:
    cases = cast.scene.desk.store.cases.list()
    if script.no_other_cases and len(cases) != len(script.cases):
        yield f"expected {len(script.cases)} cases, found {len(cases)}: {[case.title for case in cases]}"


def asked_about(script: Script) -> list[str]:
    """The cases whose requests are judged, each once."""
    return list(dict.fromkeys(check.about for check in script.requests))


def requests_ended(about: str, script: Script, cast: Cast) -> Iterator[str]:
    """What was last asked about one case, of whom, and what became of it."""
    expected = sorted((check.role, check.state) for check in script.requests if check.about == about)
    found = sorted((request.role, request.state) for request in cast.asked(about))
    if found != expected:
        yield f"requests about {about}: expected {expected}, found {found}"


def question_ended(check: QuestionCheck, cast: Cast) -> Iterator[str]:
    asked = cast.questions(check.about)
    found = (asked[-1].answer or "") if asked else "no question"
    if check.answered not in found or bool(check.answered) != bool(found):
        yield f"question about {check.about}: expected {check.answered!r} in the answer, found {found!r}"


def odoo_holds(check: OdooCheck, cast: Cast) -> Iterator[str]:
    where = [cast.resolve(part) for part in check.where]
    try:
        env = cast.scene.engine.root()
        found = env.value(check.model, env.search(check.model, where), ["id", *check.total])
    except (KeyError, SandboxFault) as wrong:
        raise Misuse(f"{check.model} {check.where}: Odoo cannot be asked so: {wrong}") from wrong
    if len(found) != check.count:
        yield f"{check.model} {check.where}: expected {check.count} records, found {len(found)}"
    for field, expected in check.total.items():
        total = sum(record[field] for record in found)
        if abs(total - expected) > 1e-6:
            yield f"{check.model} {check.where}: expected {field} to sum to {expected}, found {total}"


def journal_says(check: JournalCheck, cast: Cast) -> Iterator[str]:
    found = sum(entry.kind == check.kind for entry in cast.scene.desk.store.journal.entries())
    if found != check.count:
        yield f"journal: expected {check.count} entries of {check.kind}, found {found}"


def never_written(check: Never, cast: Cast) -> Iterator[str]:
    desk = cast.scene.service_user()
    log = cast.scene.engine.write_log
    written = [w for w in log if w.uid == desk and f"{w.model}.{w.method}" == check.call]
    if written:
        yield f"{check.call} reached Odoo {len(written)} times and must not have"


def untampered(cast: Cast) -> Iterator[str]:
    """Every scenario ends with a journal that verifies."""
    found = cast.scene.desk.store.verify()
    if not isinstance(found, Verified):
        yield from (f"journal entry {tampering.seq}: {tampering.what}" for tampering in found)
