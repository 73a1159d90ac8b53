"""The window around the pages: navigation, actions, crash dialog.  It only joins."""
