"""Puts a sales order on hold: tagged for the sellers, and once confirmed locked with its goods free for others."""

from pydantic import Field

from tools.action import Params, RecordId


class HoldParams(Params):
    """Which order, and why, in plain text for the people who ask."""

    order: RecordId
    reason: str = Field(min_length=1, max_length=200)
