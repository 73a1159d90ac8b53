"""What leads from guides into the program, and their checklists where they were put on."""
