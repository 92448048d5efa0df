"""The goods of one product in one warehouse: what stands there, comes and leaves, day by day."""
