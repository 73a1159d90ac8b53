"""What happens to an apprenticeship, one move at a time: shared by the pages that offer it."""
