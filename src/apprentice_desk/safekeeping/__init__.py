"""Safekeeping: passphrases, backups, retention, and what left the desk."""
