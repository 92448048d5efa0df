"""Confirms a request for quotation whole: the vendor is ordered from, and the warehouse expects the goods."""

from tools.action import Params, RecordId


class ConfirmParams(Params):
    """Which request becomes a purchase order, and the warehouse that the plan counts on its goods for."""

    order: RecordId
    warehouse: RecordId
