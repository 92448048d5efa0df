"""The desk killed at every boundary, and what stands afterwards."""
