"""What the desk may do by itself, what a person must decide, and what nobody may do: policy as data and its gate."""
