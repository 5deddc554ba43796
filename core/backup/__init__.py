"""Keeping everything: one file with a whole workspace, putting it back, and moving to another store."""
