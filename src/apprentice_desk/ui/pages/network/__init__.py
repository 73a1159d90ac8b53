"""The network around apprentices: events, mentors, stories and barriers."""
