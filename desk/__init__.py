"""The verbs of the product, and the one function that wires its parts together."""
