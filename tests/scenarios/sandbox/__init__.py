"""The sandbox Odoo, tested against what a real one answers."""
