"""The faces people use: verbs to type on the command line."""
