"""Records with a list, a form and commands: what every kind of them offers to pages."""
