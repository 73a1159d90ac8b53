"""The page of one provider: its figures, its contracts and people, and what is to be mended."""
