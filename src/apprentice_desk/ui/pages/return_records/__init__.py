"""The records that the return is made of: a list and a form for each of its sheets."""
