"""Who there is in the sandbox, what they log in with, and what they may do."""
