"""Changes how low a warehouse's stock of a product may fall before it is bought, and up to how much is bought then."""

from decimal import Decimal

from pydantic import Field, model_validator

from tools.action import Params, RecordId


class MinMaxParams(Params):
    """The reordering rule and its new limits, in the product's stock unit."""

    orderpoint: RecordId
    minimum: Decimal = Field(ge=0, le=10_000_000, allow_inf_nan=False)
    maximum: Decimal = Field(ge=0, le=10_000_000, allow_inf_nan=False)

    @model_validator(mode="after")
    def _in_order(self) -> "MinMaxParams":
        """Odoo takes a crossed limit along silently; the desk says both."""
        if self.maximum < self.minimum:
            raise ValueError("the maximum is below the minimum")
        return self
