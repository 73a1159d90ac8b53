"""Papers to take along: Excel logs that come back in, and pocket sheets for managers."""
