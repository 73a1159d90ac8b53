"""The page on which a document is made: what is asked beside the pages it becomes."""
