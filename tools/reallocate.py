"""Takes what one customer's delivery has reserved and gives it to another's; the first gets whatever is left."""

from pydantic import model_validator

from tools.action import Params, Quantity, RecordId


class ReallocateParams(Params):
    """Whose reservation goes to whom: the quantity the receiver gains, in the product's stock unit."""

    product: RecordId
    quantity: Quantity
    warehouse: RecordId
    from_picking: RecordId
    to_picking: RecordId

    @model_validator(mode="after")
    def _goes_to_another(self) -> "ReallocateParams":
        if self.from_picking == self.to_picking:
            raise ValueError("a reservation goes from one delivery to another one")
        return self
