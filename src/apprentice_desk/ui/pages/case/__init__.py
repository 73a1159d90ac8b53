"""The page of cases: what is to be different, who does what, and how one will know."""
