"""How the program looks on this computer, the desk that is open, and the rules it goes by."""
