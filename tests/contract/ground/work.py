"""The desk at work on the ground: drafts are priced, carried out and taken back through a gateway of its own."""

from itertools import count

from domain.clock import SystemClock
from domain.intents import Intent, Undo
from domain.plans import Draft, Step
from domain.refusals import Refusal
from tests.contract.ground.trade import Trading
from tests.tools.ledger import Ledger
from tools.catalogue import CATALOGUE, price
from tools.gateway import Gateway, Outcome
from tools.reader import Reader

DIGEST = "0" * 64
SETTLE = (0.5, 2.0)


class Working(Trading):
    """What the desk does as one of the ground's people, ``service`` unless told: the least privileged that suffices."""

    _cases = count(1)

    def gateway(self, who: str = "service", *, ledger: Ledger | None = None) -> Gateway:
        """A gateway of the person's own, which waits for no call in flight."""
        kept = ledger or Ledger(SystemClock())
        return Gateway(self.as_(who), kept, CATALOGUE, clock=SystemClock(), in_flight_s=0, settle=SETTLE)

    def reader(self, who: str = "service", *, company: int | None = None) -> Reader:
        """What the desk may ask as that person."""
        return Reader(self.as_(who), company or self.company)

    def priced(self, draft: Draft, who: str = "service", *, company: int | None = None) -> Step:
        step = price(draft, self.reader(who, company=company))
        assert isinstance(step, Step), step
        return step

    def refused(self, draft: Draft, who: str = "service", *, company: int | None = None) -> Refusal:
        """Why a draft has no price."""
        found = price(draft, self.reader(who, company=company))
        assert isinstance(found, Refusal), found
        return found

    def intent(self, draft: Draft, who: str = "service", *, company: int | None = None) -> Intent:
        """The draft as the one step of a plan of a case of its own."""
        step = self.priced(draft, who, company=company)
        return Intent(
            desk=self.prefix,
            case=f"{self.prefix}-{next(self._cases)}",
            kind="stockout",
            plan_version=1,
            plan_digest=DIGEST,
            policy_digest=DIGEST,
            step=0,
            direction="do",
            action=step.action,
            params=step.params,
            company=company or self.company,
            exposure=step.exposure,
            touches=step.touches,
            rollback=step.rollback,
        )

    def perform(self, wanted: Draft | Intent, who: str = "service", *, gateway: Gateway | None = None) -> Outcome:
        """Carry a step out, or take one back, with a grant of its own."""
        intent = self.intent(wanted, who) if isinstance(wanted, Draft) else wanted
        ledger = Ledger(SystemClock(), "G")
        outcome = (gateway or self.gateway(who, ledger=ledger)).perform(intent, "G")
        self._keep(outcome)
        return outcome

    def done(self, wanted: Draft | Intent, who: str = "service") -> tuple[Intent, Undo]:
        """Carried out, and no less; the intent that takes it back is ``intent.taken_back(undo)``."""
        intent = self.intent(wanted, who) if isinstance(wanted, Draft) else wanted
        outcome = self.perform(intent, who)
        assert isinstance(outcome, Undo), outcome
        return intent, outcome

    def undo(self, intent: Intent, undo: Undo, who: str = "service") -> Outcome:
        """Take it back."""
        return self.perform(intent.taken_back(undo), who)

    def _keep(self, outcome: Outcome) -> None:
        """What the desk made is taken away in the end as well."""
        if isinstance(outcome, Undo) and outcome.action in {"purchase.create_rfq", "stock.transfer"}:
            self.keep(outcome.records[0].model, outcome.records[0].id)
