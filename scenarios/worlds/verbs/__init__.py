"""What happens in the small world: goods lie, are sold and bought, and people arrange how they go."""
