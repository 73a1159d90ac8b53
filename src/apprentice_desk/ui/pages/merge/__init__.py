"""Many boroughs' returns become one workbook."""
