"""Which Odoo the sandbox plays: its words at the outer side, and what it does otherwise than another release."""
