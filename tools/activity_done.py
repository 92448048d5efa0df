"""Marks a to-do that the desk itself gave to somebody as done, with a word on what became of it."""

from pydantic import Field

from tools.action import Params, RecordId


class CloseActivityParams(Params):
    """The activity, and what is said about it in plain text."""

    activity: RecordId
    feedback: str = Field(min_length=1, max_length=1000)
