"""Off-the-job hours: logging them, and the list of what was logged."""
