"""Standards: the catalogue, the versions with what they ask, and who follows which."""
