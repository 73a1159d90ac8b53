"""The page of the documents that were issued."""
