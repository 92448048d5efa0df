"""Promises a customer another day: the sales order's delivery date, which its deliveries take for their deadline."""

from datetime import date

from tools.action import Params, RecordId


class CommitmentParams(Params):
    """The order, and the day that is promised from now on."""

    order: RecordId
    promised: date
