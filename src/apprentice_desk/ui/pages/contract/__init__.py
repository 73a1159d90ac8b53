"""The page of one contract: its days, its apprentices, its money, its files, its history."""
