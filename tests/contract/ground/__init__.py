"""The ground of the contract suite: makes what a test needs in any Odoo under a prefix of its own, and cleans up.

Everything goes through the desk's own transports in Odoo 18's words, so that one test holds for every version. What is
prepared goes by JSON-RPC as the administrator, for the way is not what is under test there; what the desk does goes by
the way under test as the person who does it. Where that is ``/json/2`` each person makes an API key first, as people
do in the web client.
"""

from tests.contract.ground.cleaning import Cleaning
from tests.contract.ground.people import ROLES, Person
from tests.contract.ground.places import Warehouse

__all__ = ["ROLES", "Ground", "Person", "Warehouse"]


class Ground(Cleaning):
    """One Odoo, prepared; whatever was made through it is taken away by ``clean``."""
