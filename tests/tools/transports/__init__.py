"""Each way to Odoo over a real wire."""
