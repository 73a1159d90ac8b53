"""The steps from one desk format to the next."""
