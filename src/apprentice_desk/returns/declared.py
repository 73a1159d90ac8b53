"""Findings that are made where a file is read, a cell taken or returns are merged.

Codes R0xx are about the file and its sheets, R1xx about single cells (from the descriptor), R9xx
about merging.
"""

from __future__ import annotations

from apprentice_desk.domain.findings import Level
from apprentice_desk.returns.registry import Registry

DECLARED = Registry()
_AS_NOTED = "Write it as the note on the heading says."
_file, _row, _note = Level.FILE, Level.ROW, Level.NOTE

CANNOT_OPEN = DECLARED.declare(
    "R001",
    _file,
    "{what}",
    "{remedy}",
    (
        "The file cannot be opened: it is missing, empty, damaged, protected with a password, too"
        " large, open elsewhere, changed meanwhile, or not what its name says.",
        "What was found says which of these it is, and what to do.",
    ),
)
NOT_A_RETURN = DECLARED.declare(
    "R002",
    _file,
    "This workbook is not a return: {why}.",
    "Choose the workbook that the desk exported, or a filled-in template.",
)
NEWER_FORMAT = DECLARED.declare(
    "R003",
    _file,
    "This return has format version {version}; this program knows versions up to {known}.",
    "Install the newest version of the program, or ask the borough to send format {known}.",
)
UNKNOWN_FORMAT = DECLARED.declare(
    "R004",
    _file,
    "This return has format version “{version}”, which never existed.",
    "Write one of these into “{item}” on the sheet Return: {known}.",
)
UNKNOWN_BOROUGH = DECLARED.declare(
    "R005",
    _file,
    "“{code}” is not the code of a London borough.",
    "Write the borough's GSS code into “Borough code”, such as E09000012 for Hackney.",
)
OTHER_BOROUGH = DECLARED.declare(
    "R006",
    _file,
    "The code {code} is that of {borough}, but the return says “{name}”.",
    "Put right whichever of the two is wrong.",
)
INVENTED_BOROUGH = DECLARED.declare(
    "R007",
    _file,
    "{borough} is invented, but the return is not marked as a sample.",
    "Write Yes into “Sample”, or the real borough's code into “Borough code”.",
)
HEADER_ITEM = DECLARED.declare(
    "R008",
    _file,
    "{item}: {message}",
    "{remedy}",
    (
        "An item of the sheet Return that says whose return it is, for when or which of several"
        " cannot be understood.",
        "Write it as the note on its cell says.",
    ),
)
HEADER_ITEM_NOTE = DECLARED.declare(
    "R009",
    _note,
    "{item}: {message}",
    "{remedy}",
    (
        "An item of the sheet Return that decides nothing cannot be understood.",
        "Write it as the note on its cell says.",
    ),
)
OTHER_DAYS = DECLARED.declare(
    "R010",
    _note,
    "{item} is {value}, but {period} has {day}. The period counts.",
    "Check that the period is the one that was meant.",
)
SHEET_MISSING = DECLARED.declare(
    "R011",
    _file,
    "The sheet {sheet} is missing.",
    "Add it, with its headings in the first row. If there is nothing to say, leave it without"
    " rows.",
)
COLUMN_MISSING = DECLARED.declare(
    "R012",
    _file,
    "The column “{heading}” is missing, and no row counts without it.",
    "Put the heading back as it was.",
)
COLUMN_MISSING_NOTE = DECLARED.declare(
    "R013",
    _note,
    "The column “{heading}” is missing, so nothing is known of it in any row.",
    "Put the heading back as it was, if there is something to say.",
)
COLUMN_TWICE = DECLARED.declare(
    "R014",
    _file,
    "The column “{heading}” is there twice, so it is not clear which one counts.",
    "Take one of them out.",
)
COLUMN_EXTRA = DECLARED.declare(
    "R015",
    _note,
    "The column “{heading}” is not part of the return and was left out.",
    "Nothing needs doing. If it holds names, take it out before the file goes further.",
)
SHEET_EXTRA = DECLARED.declare(
    "R016",
    _note,
    "The sheet “{sheet}” is not part of the return and was left out.",
    "Nothing needs doing. If it holds names, take it out before the file goes further.",
)
FINGERPRINT_MISSING = DECLARED.declare(
    "R017",
    _note,
    "The return has no fingerprint, as one that is filled in by hand.",
    "Nothing needs doing.",
)
FINGERPRINT_WRONG = DECLARED.declare(
    "R018",
    _note,
    "The rows are not those that the desk exported: the fingerprint differs.",
    "Ask the borough whether it changed the workbook by hand, or send the desk's own export.",
)
ROW_COUNT = DECLARED.declare(
    "R019",
    _note,
    "The return says that {sheet} has {stated}, but there are {found}.",
    "Check that no row was lost or added by hand.",
)
PREPARED_AT_MISSING = DECLARED.declare(
    "R020",
    _note,
    "The return has neither a revision nor the time when it was prepared.",
    "Fill in “Prepared at”: of two such returns the later one counts.",
)
NO_HEADINGS = DECLARED.declare(
    "R021",
    _file,
    "The sheet {sheet} has no row of headings that could be found.",
    "Put the headings back into the first row.",
)
NO_APPRENTICES = DECLARED.declare(
    "R022",
    _note,
    "The return has no apprentices.",
    "Nothing needs doing if the borough has none.",
)
NOT_BEGUN = DECLARED.declare(
    "R023",
    _file,
    "The return is for {period}, which had not begun when it was prepared on {day}.",
    "Write the quarter that it is for into “Period”, and export it again.",
)

LIST_MISSING = DECLARED.declare(
    "R024",
    _note,
    "The list of {lists} was not at hand, so nothing was checked against it.",
    "Load the list, or let LOTI's merge check it.",
)

WRONG_TYPE = DECLARED.declare(
    "R101",
    _row,
    "{message} {why}",
    "{remedy}",
    (
        "A cell holds something of another kind: a text for a number or day, too many decimals.",
        _AS_NOTED,
    ),
)
MISSING = DECLARED.declare(
    "R102",
    _row,
    "“{heading}” is blank, but every row needs it.",
    "Fill it in: {remedy}",
    ("A cell is blank that every row needs.", "Fill it in."),
)
OUT_OF_RANGE = DECLARED.declare(
    "R103",
    _row,
    "{message}",
    "{remedy}",
    ("A number or day is too small or too large to be meant.", _AS_NOTED),
)
NOT_LISTED = DECLARED.declare(
    "R104",
    _row,
    "{message}",
    "{remedy}",
    ("A word is not in its drop-down list.", _AS_NOTED),
)
TOO_LONG = DECLARED.declare(
    "R105",
    _row,
    "“{heading}” has {found} characters; at most {most} are allowed.",
    "Shorten it.",
)
WRONG_SHAPE = DECLARED.declare(
    "R106",
    _row,
    "{message} {why}",
    "{remedy}",
    ("A code or reference has another shape, or its check character does not fit.", _AS_NOTED),
)
CELL_ERROR = DECLARED.declare(
    "R107",
    _row,
    "“{heading}” holds {why}.",
    "Put the value itself into the cell, not a formula.",
)
SAME_ROW_TWICE = DECLARED.declare(
    "R108",
    _row,
    "This row stands in the sheet already, in row {other}.",
    "Take one of the two out.",
)
SAME_KEY_TWICE = DECLARED.declare(
    "R109",
    _row,
    "The same {key} stands in rows {rows} with different values, so none of them counts.",
    "Keep the row that is right and take the others out, or put the {key} right.",
)
UNDERSTOOD = DECLARED.declare(
    "R120",
    _note,
    "“{heading}” was not entered as {kind} in {rows}; here it was read as {value}.",
    "Nothing needs doing if that is right. Otherwise type it again.",
)

CONFLICT = DECLARED.declare(
    "R901",
    _file,
    "{borough} sent {revision} for {period} more than once with different content, so neither"
    " counts: {files}.",
    "Ask the borough which one is right, and for a new revision of it.",
)
SAMPLE_LEFT_OUT = DECLARED.declare(
    "R902",
    _file,
    "This return is a sample, and samples are never merged with real returns.",
    "Merge samples on their own.",
)
OTHER_PERIOD = DECLARED.declare(
    "R903",
    _note,
    "{files} of {other} {were} left out, since {period} is merged.",
    "To merge {other}, choose that period.",
)
MERGED_ALREADY = DECLARED.declare(
    "R904",
    _note,
    "This is a merged workbook, not a return, and was passed over.",
    "Nothing needs doing.",
)
COMPARED_WITH = DECLARED.declare(
    "R905",
    _note,
    "{files} of {other} {were} not merged, only compared with {period}.",
    "What changed since then stands on a sheet of its own.",
)
