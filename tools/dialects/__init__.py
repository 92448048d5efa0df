"""How each version of Odoo says what the desk thinks in the words of Odoo 18."""
