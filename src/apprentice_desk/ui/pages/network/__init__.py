"""The page of the network: events, mentors and buddies, stories and barriers."""
