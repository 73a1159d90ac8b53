"""The page Safekeeping: who gets in, what is kept, what left, and for how long."""
