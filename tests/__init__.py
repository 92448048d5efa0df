"""The suite mirrors the tree."""
