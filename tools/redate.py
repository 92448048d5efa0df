"""Moves the day an ordered product is expected, once the vendor agreed: the promise on the order and its receipt."""

from datetime import date

from tools.action import Params, RecordId


class RedateParams(Params):
    """Which line of a purchase order, and the day the vendor agreed to."""

    line: RecordId
    planned: date
