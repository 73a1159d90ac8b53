"""The list that lies in a folder of many documents: who has one, and who was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apprentice_desk.documents.issuing import Prepared
from apprentice_desk.documents.tree import Block, Column, Document, Heading, Para, Table
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.needs import counted
from apprentice_desk.records.keeping_documents import Subject

CONTENTS = "Contents of this folder"
"""What the file is called, without its ending."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that could not be issued, and why."""

    name: str
    findings: tuple[Finding, ...]
    subject: Subject

    @property
    def why(self) -> str:
        """The reasons, one after the other."""
        return " ".join(each.message for each in self.findings)


def contents_list(
    ready: Sequence[Prepared], names: Sequence[str], left_out: Sequence[LeftOut], on: date
) -> Document:
    """Return the list of documents that were issued *on* a day under *names*."""
    of = ready[0].draft.type
    listed = sorted(
        ((each.draft.known.name, name) for each, name in zip(ready, names, strict=True)),
        key=lambda both: both[0].casefold(),
    )
    blocks: list[Block] = [
        Para(f"{of.name}: {counted(len(ready), 'document')}, issued on {show_day(on)}."),
        Table("Documents in this folder", (Column("For"), Column("File")), tuple(listed)),
    ]
    if left_out:
        blocks += [
            Heading("Left out"),
            Para("These have no document here. Put right what is named, and issue them again."),
            Table(
                "Left out, and why",
                (Column("For"), Column("Why")),
                tuple((each.name, each.why) for each in left_out),
            ),
        ]
    return Document(
        title=CONTENTS,
        blocks=tuple(blocks),
        is_sample=ready[0].draft.known.is_sample,
        foot="It names people: keep it as safe as the documents.",
    )
