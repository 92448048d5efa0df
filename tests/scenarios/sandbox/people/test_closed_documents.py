"""What is about a document is as open or closed to a user as the document, and is refused in Odoo's words."""

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from tests.scenarios.sandbox.shop import NOON
from tests.scenarios.sandbox.test_likeness import asked, person, refused


class House:
    """A sales order with work on it for its seller, and a buyer who may not see it."""

    def __init__(self, version: int) -> None:
        self.engine = Engine(SetClock(NOON), version=version)
        self.buyer = person(self.engine, "purchase.group_purchase_user")
        self.seller = person(self.engine, "sales_team.group_sale_salesman_all_leads")
        with self.engine.transaction() as env:
            env.write("res.users", [self.buyer, self.seller], {"email": "desk@example.com"})
            env.create("stock.warehouse", {"name": "Depot", "code": "DP"})
            self.order = env.create("sale.order", {"partner_id": env.create("res.partner", {"name": "Café"})})
        asked(self.engine, "sale.order", "activity_schedule", [self.order], "mail.mail_activity_data_todo", user_id=2)
        (self.work,) = asked(self.engine, "mail.activity", "search", [])


@pytest.fixture(scope="module", params=[18, 19])
def house(request: pytest.FixtureRequest) -> House:
    return House(request.param)


def test_work_on_a_closed_document_is_neither_found_nor_read_nor_taken_off(house: House) -> None:
    assert asked(house.engine, "mail.activity", "search", [], user=house.buyer) == []
    for method in ("read", "unlink", "action_feedback"):
        name, message = refused(house.engine, "mail.activity", method, [house.work], user=house.buyer)

        assert name == "AccessError"
        assert "doesn't have 'read' access to:\n- Activity (mail.activity)" in message


def test_work_on_a_closed_document_is_not_changed(house: House) -> None:
    name, message = refused(house.engine, "mail.activity", "write", [house.work], {"summary": "x"}, user=house.buyer)

    told = f"[{house.work}]" if house.engine.version == 18 else str(house.work)
    assert name == "AccessError"
    assert message.endswith(f"(Document type: Activity, Operation: write)\n\nRecords: {told}, User: {house.buyer}")


def test_work_on_an_open_document_is_read_and_changed(house: House) -> None:
    assert asked(house.engine, "mail.activity", "search", [], user=house.seller) == [house.work]
    assert asked(house.engine, "mail.activity", "write", [house.work], {"summary": "x"}, user=house.seller) is True


def test_nothing_is_written_on_a_closed_document(house: House) -> None:
    name, message = refused(house.engine, "sale.order", "message_post", [house.order], body="x", user=house.buyer)

    assert name == "AccessError"
    assert "(Document type: Message, Operation: create)" in message


def test_whoever_lets_others_follow_must_be_able_to_change_the_document(house: House) -> None:
    _, message = refused(house.engine, "sale.order", "message_subscribe", [house.order], [1], user=house.buyer)

    assert message.startswith("You are not allowed to modify 'Sales Order' (sale.order) records.")
