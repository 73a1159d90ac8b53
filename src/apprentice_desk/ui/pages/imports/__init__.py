"""Bringing in a list of apprentices or hours, step by step."""
