"""The releases that the sandbox plays, and the words of each."""
