"""The page Playbook: the guides, and their checklists to put on somebody."""
