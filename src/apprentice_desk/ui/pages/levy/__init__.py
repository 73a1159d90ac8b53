"""The page of the levy account: what is in it, what lapses, and by when to spend it."""
