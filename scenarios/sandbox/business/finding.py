"""Records looked up on the house's own behalf, whoever asked: rights were checked on the document itself."""

from collections.abc import Sequence

from scenarios.sandbox.env import Env, Raw, Record


def find(env: Env, model: str, domain: Sequence[Raw]) -> list[Record]:
    """Every record that matches, oldest first."""
    everything = env.sudo()
    return everything.rows(model, everything.search(model, domain, order="id"))


def one(env: Env, model: str, record: int) -> Record:
    """The record; MissingError when it is not there."""
    return env.sudo().row(model, record)
