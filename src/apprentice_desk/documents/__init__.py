"""Documents: what they say, as a tree of plain values, and the files that are drawn from it."""
