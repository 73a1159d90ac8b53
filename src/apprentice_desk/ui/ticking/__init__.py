"""Checklists whose items are ticked off: the list, and what stands around it."""
