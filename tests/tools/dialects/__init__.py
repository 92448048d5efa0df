"""Each version of Odoo in its own words."""
