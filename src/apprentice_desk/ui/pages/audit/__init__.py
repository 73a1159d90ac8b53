"""The audit rehearsal: files drawn as an auditor would, and what each of them lacks."""
