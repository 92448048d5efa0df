"""How the sandbox finds, orders and sums up records: search domains, groups and their headings."""
