"""Activities and messages on an order."""

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.states.sales import quoted
from tests.contract.recorded.states.state import SO


def activity(lab: Lab, call: Captured) -> None:
    order = quoted(lab)
    lab.call(SO, "activity_schedule", [order], "mail.mail_activity_data_todo")
    made = lab.rows("mail.activity", ("res_model", "=", SO), ("res_id", "=", order))[-1]["id"]
    lab.stands(call, made, "mail.activity")


def closed_activity(lab: Lab, call: Captured) -> None:
    activity(lab, call)
    lab.call("mail.activity", "action_feedback", [lab.known["mail.activity", call.subject or 0]])


def message(lab: Lab, call: Captured) -> None:
    order = quoted(lab)
    lab.call(SO, "message_post", [order])
    posted = lab.rows("mail.message", ("model", "=", SO), ("res_id", "=", order))[0]["id"]
    lab.stands(call, posted, "mail.message")
