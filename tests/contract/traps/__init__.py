"""What real life does to orders and stock, and what the desk makes of it, on every version of Odoo."""
