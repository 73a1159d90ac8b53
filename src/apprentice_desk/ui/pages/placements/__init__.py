"""The page of places elsewhere: what others ask for and offer, and what is open to them."""
