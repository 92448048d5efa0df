"""Finds out what of an option the desk's own user may not do in Odoo, who may, and on which document they are asked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, timedelta

from agents.entrusting import Entrusted, Somebody, about, entrusted, ticked_off
from domain.cases import Case
from domain.faults import ServerBug
from domain.plans import Draft, Evidence, Option, Step
from domain.ports import Domain, Reads
from domain.refusals import Refusal
from graphs.forbidding import forbidden
from graphs.notices import Place, concerned
from graphs.state import Services
from guardrails.patterns import names
from tools.activity import ScheduleActivity
from tools.catalogue import CATALOGUE, price
from tools.document import DOCUMENTS, in_sight
from tools.reads.activities import activities
from tools.reads.parsing import link
from tools.rights import BEYOND, GRANTED_BY, Need, lacking, needs

REMEMBERED = timedelta(days=1)
"""How long a refusal by record rules counts, which nothing tells beforehand; rights are given meanwhile."""

FAMILY = {"stock": "stock.picking", "purchase": "purchase.order", "sale": "sale.order"}
"""The documents that people of an action's trade look at."""


def offered(services: Services, case: Case, evidence: Evidence) -> tuple[Option, ...]:
    """Every option of the case's kind, such that the desk's user may carry out each step itself."""
    refused, options = _refused(services, case), services.kinds[case.kind].options(evidence)
    return tuple(_turned(services, case, evidence, option, refused) for option in options)


def within_rights(services: Services, case: Case, evidence: Evidence, option: Option) -> Option:
    """The option; what of it the desk's user may not do in Odoo is asked of somebody who may."""
    return _turned(services, case, evidence, option, _refused(services, case))


def not_again(services: Services, case: Case, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options, less those for which somebody would be asked who was asked within a day."""
    effects, since = services.store.register.effects(case.id), services.clock.now() - REMEMBERED
    lately = [one.intent for one in effects if one.state == "done" and one.at > since]
    asked = [str(intent.params.get("summary")) for intent in lately if intent.action == ScheduleActivity.name]
    return tuple(ticked_off(option) if _begun(asked, case, option) else option for option in options)


def _begun(asked: Sequence[str], case: Case, option: Option) -> bool:
    begins = f"{about(case.id, option.name)}:"
    would = (str(draft.params.get("summary")) for draft in option.drafts if draft.action == ScheduleActivity.name)
    return any(words.startswith(begins) for words in would) and any(words.startswith(begins) for words in asked)


def _turned(services: Services, case: Case, evidence: Evidence, option: Option, refused: frozenset[str]) -> Option:
    reads = services.gateway.reader(case.company)
    lacks = {at: lacking(reads, CATALOGUE[draft.action], draft) for at, draft in enumerate(option.drafts)}
    others = [at for at, draft in enumerate(option.drafts) if lacks[at] or draft.action in refused]
    found = {at: _part(services, case, evidence, option, option.drafts[at], lacks[at]) for at in others}
    parts = {at: part for at, part in found.items() if part is not None}
    if not parts or len(parts) < len(found):
        return option
    return entrusted(option, case.id, parts, evidence.taken_at.astimezone(UTC).date())


def _refused(services: Services, case: Case) -> frozenset[str]:
    """Actions that Odoo refused the desk's user for this case lately, whatever it says of its rights."""
    effects, since = services.store.register.effects(case.id), services.clock.now() - REMEMBERED
    dropped = (one for one in effects if one.state == "dropped" and one.at > since)
    return frozenset(one.intent.action for one in dropped if one.why and one.why.startswith(BEYOND))


def _part(
    services: Services, case: Case, evidence: Evidence, option: Option, draft: Draft, lacks: tuple[Need, ...]
) -> Entrusted | None:
    """The step in somebody else's hands; None where nobody could or may do it, which is told where it is planned."""
    reads = services.gateway.reader(case.company)
    step = price(draft, reads)
    if isinstance(step, Refusal) or forbidden(services, case, evidence, option, step):
        return None
    place = _place(reads, step, services.kinds[case.kind].documents(evidence))
    return Entrusted(
        action=draft.action,
        words=step.words,
        lacks=lacks,
        somebody=_somebody(services, reads, draft.action, lacks or needs(CATALOGUE[draft.action])),
        document=place,
        asked=place is not None and _asked(reads, place, about(case.id, option.name)),
    )


def _place(reads: Reads, step: Step, behind: Sequence[Place]) -> Place | None:
    """Of the documents that the step or the case is about, one of the step's own trade first.

    Next a transfer, which every trade may look at, as not every buyer may look at sales.
    """
    own = FAMILY.get(step.action.partition(".")[0])
    found = sorted((*concerned(step), *behind, *_last_seen(reads, step)), key=lambda place: _far(place, own))
    writable = [model for model in DOCUMENTS if reads.may(model, "write")]
    places = (place for place in found if place[0] in writable)
    return next((place for place in places if not isinstance(in_sight(reads, *place), Refusal)), None)


def _far(place: Place, own: str | None) -> tuple[bool, bool]:
    return place[0] != own, place[0] != "stock.picking"


def _last_seen(reads: Reads, step: Step) -> Iterator[Place]:
    """The newest transfer, receipt or delivery of the product: whoever keeps its stock finds the words there."""
    if step.exposure.product is None:
        return
    moved: Domain = [["product_id", "=", step.exposure.product], ["picking_id", "!=", False]]
    for row in reads.rows("stock.move", ["picking_id"], moved, order="id desc", limit=1):
        picking = link(row, "picking_id")
        if picking is not None:
            yield "stock.picking", picking


def _somebody(services: Services, reads: Reads, action: str, wanted: Iterable[Need]) -> Somebody | None:
    """Whom the policy tells of such an action: the first who has the groups for it, else the first there is."""
    roles = [role for role in services.policy.roles.values() if names(role.actions, action)]
    logins = list(dict.fromkeys(login for role in roles for login in role.notify))
    if not logins:
        return None
    rows = reads.rows("res.users", ["login", "name"], [["login", "in", [*logins]]])
    known = {str(row["login"]): row for row in rows if row["id"] != reads.uid}
    there = [known[login] for login in logins if login in known]
    groups = {GRANTED_BY[need].xmlid for need in wanted if need in GRANTED_BY}
    able = (row for row in there if all(_holds(reads, int(str(row["id"])), group) for group in groups))
    found = next(able, None)
    asked = found or next(iter(there), None)
    return Somebody(user=int(str(asked["id"])), name=str(asked["name"]), able=found is not None) if asked else None


def _holds(reads: Reads, user: int, group: str) -> bool:
    """Whether Odoo says so; one that tells of nobody else leaves it open."""
    try:
        return reads.holds(user, group)
    except ServerBug:
        return False


def _asked(reads: Reads, place: Place, begins: str) -> bool:
    model, record = place
    return any(each.summary.startswith(f"{begins}:") for each in activities(reads, {model: [record]}))
