"""A plug-in with the names of another."""
