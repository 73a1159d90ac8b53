"""Apprentice Desk: apprentices, their learning, provider contracts and the standard return."""
