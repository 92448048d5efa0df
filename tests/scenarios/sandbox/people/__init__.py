"""Who may do what in the sandbox."""
