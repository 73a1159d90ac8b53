"""The page of one procurement."""
