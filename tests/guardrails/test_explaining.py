"""An explanation names the answer, each rule with its line, and what would have changed it."""

from guardrails.explaining import explain
from tests.guardrails.builders import default, exposure, plan, verdict_on

RFQ = "purchase.create_rfq"


def test_what_was_asked_is_explained_strictest_first() -> None:
    lines = explain(verdict_on(plan(exposure("mail.note", "0", risk="note"), exposure(RFQ, "2500")), default()))

    assert lines == (
        "ask buyer within 24 h, and nobody who edits the plan: "
        "purchase.create_rfq of 2,500.00 GBP: 2,500.00 GBP is over 1,000.00 GBP",
        "  step 2: ask by rfq (default.toml:104): "
        "purchase.create_rfq of 2,500.00 GBP: 2,500.00 GBP is over 1,000.00 GBP",
        "    otherwise: allow by rfq-small (default.toml:97), but 2,500.00 GBP is over 1,000.00 GBP",
        "  step 1: allow by notes (default.toml:71): mail.note of 0.00 GBP: within bounds",
    )


def test_what_was_allowed_is_explained_with_its_bounds() -> None:
    lines = explain(verdict_on(plan(exposure(amount="10")), default()))

    assert lines[0] == "allow: stock.transfer of 10.00 GBP: within bounds"
    assert lines[-1] == "    otherwise: more than 500.00 GBP or confidence under 0.6"


def test_what_was_refused_is_explained() -> None:
    lines = explain(verdict_on(plan(exposure(), kind="returns"), default()))

    assert lines[:3] == (
        "refuse: the returns agent may not use stock.transfer",
        "  step 1: refuse by scopes (default.toml:46): the returns agent may not use stock.transfer",
        "    otherwise: naming stock.transfer under scopes.returns",
    )
