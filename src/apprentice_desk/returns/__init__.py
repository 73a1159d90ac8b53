"""The standard return: its description, rows, checks, workbook and merge."""
