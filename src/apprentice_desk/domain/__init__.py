"""The rules of the field: plain functions on plain values, standard library only.

Nothing here knows of windows, databases or files.  What a borough or LOTI decides comes in as
values that the caller loaded from resources.
"""
