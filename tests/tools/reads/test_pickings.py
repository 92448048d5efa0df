"""Whether a delivery leaves whole, and who answers for it."""

from scenarios.worlds.small import Small
from tools.reader import Reader
from tools.reads.pickings import pickings


def test_a_delivery_tells_how_it_leaves_and_who_answers_for_it(world: Small, reader: Reader) -> None:
    world.sell("lantern", "WH", 3, in_days=2)
    with world.engine.transaction() as env:
        (delivery,) = env.search("stock.picking", [])
        env.write("stock.picking", delivery, {"move_type": "one", "user_id": world.users["warehouse"].uid})

    (found,) = pickings(reader, [delivery])

    assert found.name.startswith("WH/OUT/")
    assert found.whole
    assert found.responsible == world.users["warehouse"].uid


def test_nothing_is_asked_of_no_pickings(reader: Reader) -> None:
    before = reader.calls

    assert pickings(reader, []) == ()
    assert reader.calls == before
