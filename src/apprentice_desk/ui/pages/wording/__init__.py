"""Wording: the list of all clauses, and the page on which the borough's own are written."""
