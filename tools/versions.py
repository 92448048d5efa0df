"""Which versions of Odoo the desk speaks: it thinks in Odoo 18's words; a difference is one row here."""

import re
from typing import Literal

from domain.faults import UnspokenVersion

SPOKEN = (17, 18, 19)
VERIFIED = (18, 19)
"""Those that the contract suite was run against; 17 is from documentation and was not run."""
NATIVE = 18
"""The version whose names plans, records and the journal keep."""

Way = Literal["auto", "jsonrpc", "json2"]
"""How Odoo is spoken to: by JSON-RPC, by Odoo 19's ``/json/2`` with an API key, or by the newer one it has."""


def major(version: str) -> int:
    """The number that names depend on: 18 for ``18.0`` and ``saas~18.3``; raises UnspokenVersion outside the spoken."""
    found = re.match(r"(?:saas[~-])?(\d+)", version)
    if found is None or int(found[1]) not in SPOKEN:
        spoken = ", ".join(map(str, SPOKEN))
        raise UnspokenVersion(f"expected an Odoo of version {spoken}, found {version!r}; nothing was asked of it")
    return int(found[1])
