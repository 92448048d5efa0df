"""What a real Odoo 18 and a real Odoo 19 answered, call by call, and whether the sandbox answers the same."""
