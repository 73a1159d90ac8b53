"""The page of all procurements."""
