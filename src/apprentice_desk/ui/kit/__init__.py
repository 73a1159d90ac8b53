"""Widgets that know nothing of apprentices: theme, tables, forms, messages, jobs.

Nothing is imported here, so that the window pays at its start only for what it shows.
"""
