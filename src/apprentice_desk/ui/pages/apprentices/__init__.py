"""The apprentices: who there is, how each stands, and the forms that change it."""
