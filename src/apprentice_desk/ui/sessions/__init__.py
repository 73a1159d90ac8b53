"""Logging one session for many people: the dialog, and what the rules say of each person's part."""
