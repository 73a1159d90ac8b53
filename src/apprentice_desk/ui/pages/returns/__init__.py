"""Returns to LOTI: what the next one will say, what to fix in it, sending it."""
