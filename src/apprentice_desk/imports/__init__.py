"""Bringing in the lists that people keep: apprentices, and hours off the job.

A file becomes a source (``reading``), the source a table with a heading row, the table a matching
of columns to our fields (``matching``), all of it a review in which every row has exactly one fate
(``reviewing``), and the review one change (``applying``).  Each step is a function from state to
state; only ``reviewing.gather`` and ``applying`` touch a desk.  Nothing here knows a layout:
headings are matched by their meaning and by the cells below them.
"""
