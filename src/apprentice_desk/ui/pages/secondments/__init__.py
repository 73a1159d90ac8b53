"""The page of secondments: who asks for a place elsewhere, who offers one, and who is where."""
