"""What both the plan of one apprentice and the page of templates and offers need: forms, people."""
