"""What Odoo says of a stockout, read in one batch and sorted for looking up."""
