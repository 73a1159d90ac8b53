"""The table of codes: every finding that a return or a merge can have, for help and README."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apprentice_desk.domain.problems import Problem
from apprentice_desk.returns.checks import ALL_CHECKS
from apprentice_desk.returns.registry import Check
from apprentice_desk.returns.schema import ReturnSchema, known_versions, load

BEGIN, END = "<!-- codes -->", "<!-- end of codes -->"
"""What stands around the table in a text that holds it."""

_WORD = re.compile(r"\{(\w+)\}")


# Words of messages that are no heading and better left out or named than shown as ….
_ELSE = {"perhaps": "", "borough": "the borough"}


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code in words: headings stand where a finding names the value, … for anything else."""

    code: str
    level: str
    sheet: str
    says: str
    remedy: str


def rows() -> tuple[CodeRow, ...]:
    """Return every code of the newest format, in order."""
    schema = load(known_versions()[-1])
    return tuple(_row(check, schema) for check in ALL_CHECKS)


def table() -> str:
    """Return the codes as a Markdown table."""
    lines = [
        "| code | what happens | sheet | what was found | what to do |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.code} | {row.level} | {row.sheet} | {row.says} | {row.remedy} |" for row in rows()
    ]
    return "\n".join(lines)


def put_into(text: str) -> str:
    """Return *text* with the table of today between its marks; raises Problem without them."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise Problem(f"The text has no place for the codes between {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def _row(check: Check, schema: ReturnSchema) -> CodeRow:
    sheet = schema.sheet(check.resource) if check.resource else None
    headings = {field.takes: f"‹{field.name}›" for field in sheet.fields} if sheet else {}
    message, remedy = check.in_general or (check.message, check.remedy)

    def said(text: str) -> str:
        words = _WORD.sub(lambda found: headings.get(found[1], _ELSE.get(found[1], "…")), text)
        return words[:1].upper() + words[1:].replace("….", "…")

    return CodeRow(
        code=check.code,
        level=check.level.words,
        sheet=sheet.name if sheet else "",
        says=said(message),
        remedy=said(remedy),
    )
