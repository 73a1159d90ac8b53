"""The page of one apprentice: the whole of an apprenticeship, one part at a time."""
