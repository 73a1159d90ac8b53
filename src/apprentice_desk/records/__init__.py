"""What the desk keeps, and the only package that knows SQL.

``store`` opens a desk and hands out sessions; each subject module holds the tables, the rows and
the commands of one subject.
"""
