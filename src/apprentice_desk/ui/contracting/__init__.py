"""What every page about contracts shares: their form, their standing, their extensions."""
