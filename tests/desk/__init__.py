"""The verbs over the sandbox in process."""
