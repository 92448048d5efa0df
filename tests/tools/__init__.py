"""The door to Odoo, tested against the sandbox and against recorded answers."""
