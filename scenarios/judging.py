"""What a scenario must have come to: cases, records in Odoo, journal entries, and writes that never happened."""

from collections.abc import Callable, Iterator
from itertools import chain

from domain.cases import Case
from domain.errors import DeskError
from domain.values import Json
from memory.verifying import Verified
from scenarios.script import CaseCheck, JournalCheck, Never, OdooCheck, Script
from scenarios.stage import Stage

Resolve = Callable[[Json], Json]


def judge(script: Script, scene: Stage, resolve: Resolve, find: Callable[[str], Case]) -> list[str]:
    """Everything that is not as the script says."""
    return list(
        chain(
            chain.from_iterable(case_stands(check, scene, find) for check in script.cases),
            no_others(script, scene),
            chain.from_iterable(odoo_holds(check, scene, resolve) for check in script.odoo),
            chain.from_iterable(journal_says(check, scene) for check in script.journal),
            chain.from_iterable(never_written(check, scene) for check in script.never),
            untampered(scene),
        )
    )


def case_stands(check: CaseCheck, scene: Stage, find: Callable[[str], Case]) -> Iterator[str]:
    try:
        case = find(check.about)
    except DeskError as missing:
        yield str(missing)
        return
    if case.state != check.state:
        yield f"case about {check.about}: expected {check.state}, found {case.state} ({case.why})"
    if check.plans is not None and case.plan_version != check.plans:
        yield f"case about {check.about}: expected {check.plans} plans, found {case.plan_version}"
    if check.why is not None and check.why not in case.why:
        yield f"case about {check.about}: expected a reason with {check.why!r}, found {case.why!r}"
    plan = scene.desk.store.plans.newest(case.id)
    if check.option is not None and not (plan and plan.option.startswith(check.option)):
        yield f"case about {check.about}: expected option {check.option}, found {plan.option if plan else 'no plan'}"


def no_others(script: Script, scene: Stage) -> Iterator[str]:
    cases = scene.desk.store.cases.list()
    if script.no_other_cases and len(cases) != len(script.cases):
        yield f"expected {len(script.cases)} cases, found {len(cases)}: {[case.title for case in cases]}"


def odoo_holds(check: OdooCheck, scene: Stage, resolve: Resolve) -> Iterator[str]:
    with scene.engine.transaction() as env:
        found = env.value(
            check.model, env.search(check.model, [resolve(part) for part in check.where]), ["id", *check.total]
        )
    if len(found) != check.count:
        yield f"{check.model} {check.where}: expected {check.count} records, found {len(found)}"
    for field, expected in check.total.items():
        total = sum(record[field] for record in found)
        if abs(total - expected) > 1e-6:
            yield f"{check.model} {check.where}: expected {field} to sum to {expected}, found {total}"


def journal_says(check: JournalCheck, scene: Stage) -> Iterator[str]:
    found = sum(entry.kind == check.kind for entry in scene.desk.store.journal.entries())
    if found != check.count:
        yield f"journal: expected {check.count} entries of {check.kind}, found {found}"


def never_written(check: Never, scene: Stage) -> Iterator[str]:
    desk = scene.service_user()
    written = [w for w in scene.engine.write_log if w.uid == desk and f"{w.model}.{w.method}" == check.call]
    if written:
        yield f"{check.call} reached Odoo {len(written)} times and must not have"


def untampered(scene: Stage) -> Iterator[str]:
    """Every scenario ends with a journal that verifies."""
    found = scene.desk.store.verify()
    if not isinstance(found, Verified):
        yield from (f"journal entry {tampering.seq}: {tampering.what}" for tampering in found)
