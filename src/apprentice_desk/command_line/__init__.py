"""What the program can be told by words: for each command what it takes, and what does it."""
