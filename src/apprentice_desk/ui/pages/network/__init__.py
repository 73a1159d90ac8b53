"""The page of the network: events, mentors and buddies, and what else goes on there."""
