"""Apprentice Desk: apprentices, their learning, provider contracts and the standard return."""

__version__ = "0.1.0"
