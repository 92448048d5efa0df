"""An explanation names the answer, each rule with its line, and what would have changed it."""

from guardrails.explaining import explain
from tests.guardrails.builders import default, exposure, plan, verdict_on

RFQ = "purchase.create_rfq"


def test_what_was_asked_is_explained_strictest_first() -> None:
    policy = default()
    notes, small, rfq = (
        policy.cite(rule.name, "rule", position)
        for position, rule in enumerate(policy.rules)
        if rule.name in {"notes", "rfq-small", "rfq"}
    )

    lines = explain(verdict_on(plan(exposure("mail.note", "0", risk="note"), exposure(RFQ, "2500")), policy))

    assert lines == (
        "ask buyer within 24 h, and nobody who edits the plan: "
        "purchase.create_rfq of 2,500.00 GBP: 2,500.00 GBP is over 1,000.00 GBP",
        f"  step 2: ask by {rfq}: purchase.create_rfq of 2,500.00 GBP: 2,500.00 GBP is over 1,000.00 GBP",
        f"    otherwise: allow by {small}, but 2,500.00 GBP is over 1,000.00 GBP",
        f"  step 1: allow by {notes}: mail.note of 0.00 GBP: within bounds",
    )


def test_what_was_allowed_is_explained_with_its_bounds() -> None:
    lines = explain(verdict_on(plan(exposure(amount="10")), default()))

    assert lines[0] == "allow: stock.transfer of 10.00 GBP: within bounds"
    assert lines[-1] == "    otherwise: more than 500.00 GBP or confidence under 0.6"


def test_what_was_refused_is_explained() -> None:
    policy = default()

    lines = explain(verdict_on(plan(exposure(), kind="returns"), policy))

    assert lines[:3] == (
        "refuse: the returns agent may not use stock.transfer",
        f"  step 1: refuse by {policy.cite('scopes', 'scopes')}: the returns agent may not use stock.transfer",
        "    otherwise: naming stock.transfer under scopes.returns",
    )
