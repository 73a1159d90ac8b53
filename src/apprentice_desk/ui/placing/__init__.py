"""Places elsewhere: files of them in and out, and what of others' fits one's own."""
