"""The sandbox answers as a real Odoo answered, call by call."""
