"""A step that somebody takes back while the next one runs did not hold: the plan is undone and a person looks at it."""

from dataclasses import dataclass, replace

from desk.deciding import decide
from desk.desk import assemble
from domain.calls import Call
from domain.ports import Transport
from domain.values import Json
from scenarios.stage import Stage
from tests.desk.combined import agent, asking_two, both_asked
from tests.desk.doing import only_case


@dataclass
class CancelledMeanwhile:
    """A transport during whose transfer the buyer cancels the request that was drafted one step before."""

    scene: Stage
    inner: Transport

    @property
    def uid(self) -> int:
        return self.inner.uid

    def execute(self, call: Call) -> Json:
        answer = self.inner.execute(call)
        if str(call) == "stock.picking.action_confirm":
            engine, buyer = self.scene.engine, self.scene.world.users["buyer"].uid
            drafted = engine.root().search("purchase.order", [], order="id desc", limit=1)
            engine.execute_kw(buyer, None, "purchase.order", "button_cancel", [drafted])
        return answer


def meddled(scene: Stage) -> Stage:
    """The same stage over such a transport."""
    meddling = CancelledMeanwhile(scene, scene.parts.transport)
    parts = replace(scene.parts, transport=meddling, kinds={"stockout": agent()})
    return replace(scene, parts=parts, desk=assemble(parts))


def test_an_earlier_step_that_did_not_hold_takes_the_plan_back(scene: Stage) -> None:
    waiting = meddled(asking_two(scene))
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")

    decide(waiting.desk, buyer.id, waiting.person("buyer"), "approve")

    case, root = only_case(waiting), waiting.engine.root()
    transfer = root.rows("stock.picking", root.search("stock.picking", [["origin", "like", "DESK-"]]))
    assert (case.state, [each["state"] for each in transfer]) == ("queued", ["cancel"])
    assert "purchase.create_rfq did not hold" in case.why
