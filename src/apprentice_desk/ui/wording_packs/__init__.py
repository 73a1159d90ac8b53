"""Packs of wording in the window: making one, and looking through one before it is taken in."""
