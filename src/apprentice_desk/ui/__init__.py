"""The window: kit (widgets that know nothing of apprentices), desk, pages and shell."""
