"""The form of a version: typed, pasted, taken from a spreadsheet, or corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.identifiers import check_standard_code, check_version
from apprentice_desk.domain.standards import VersionDetails, kinds_in_words
from apprentice_desk.domain.standards_text import (
    VersionText,
    read_ksb_text,
    read_version,
    write_version,
)
from apprentice_desk.records import standard_versions
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.looking_up import LookUpForm

_WHAT = "Which version"
_ASKS = "What it asks"
_DATES = "Dates and figures"
_KSBS_HELP = (
    "One a line behind its code: “K1 How data is kept”. Paste them from the standard's page; what"
    " has no code is not taken."
)

FIELDS = (
    Field("standard_code", "Code of the standard", "code", group=_WHAT,
          parse=check_standard_code, help="Such as ST0118.", required=True),
    Field("version", "Version", "code", group=_WHAT, beside=True, parse=check_version,
          help="Such as 1.1.", required=True),
    Field("title", "Title", group=_WHAT, required=True),
    Field("level", "Level", "integer", group=_WHAT, beside=True),
    Field("ksbs", "Knowledge, skills and behaviours", "long text", group=_ASKS, rows=10,
          help=_KSBS_HELP),
    Field("options", "Options", "long text", group=_ASKS, rows=3,
          help="One a line, with the codes that only it has: “Network technician [K5, S5-6]”."),
    Field("duties", "Duties", "long text", group=_ASKS, rows=5,
          help="One a line, with the codes that it takes: “Answer requests [K1-3, S1]”."),
    Field("first_start_on", "First start", "date", group=_DATES),
    Field("last_start_on", "Last start", "date", group=_DATES, beside=True),
    Field("last_end_on", "Last end", "date", group=_DATES, beside=True),
    Field("minimum_minutes", "Minimum off-the-job hours", "duration", group=_DATES, unit="hours",
          help="As published for this version; blank where it is not."),
    Field("max_funding", "Maximum funding", "money", group=_DATES, beside=True),
    Field("typical_months", "Typical time", "integer", group=_DATES, unit="months"),
    Field("assessment_months", "Assessment", "integer", group=_DATES, beside=True, unit="months"),
    Field("has_new_assessment", "Assessed by the model of October 2025", "yes-no", group=_DATES),
    Field("qualifications", "Qualifications before the gateway", "long text", group=_DATES,
          rows=2, help="One a line."),
    Field("status", "Status", group=_DATES, help="Such as Approved for delivery."),
    Field("source", "Where it comes from", group=_DATES, help="A page, a document, a file."),
)  # fmt: skip
"""Every attribute of VersionText but one: whether it is official is not typed."""


class VersionForm(LookUpForm):
    """The form; below the list it says at once what was understood of it."""

    def __init__(self, desk: Desk, titles: Mapping[str, str]) -> None:
        super().__init__(
            FIELDS, VersionText, desk.theme, by="standard_code", fills="title", known=titles
        )
        self.edited.connect(self._say_understood)

    def open_with(self, text: VersionText) -> None:
        """Show *text*, with what is understood of its list."""
        self.show_details(text)
        self._say_understood()

    def begin_with(self, text: VersionText) -> None:
        """Show *text* as typed already and not saved yet."""
        self.show_details(None)
        for field in self.fields:
            self.set_value(field.name, getattr(text, field.name))
        self._say_understood()

    def _say_understood(self) -> None:
        typed = self.value("ksbs") or ""
        self.set_help("ksbs", understood(typed) if typed.strip() else _KSBS_HELP)


def understood(typed: str) -> str:
    """Return what a list is read as, and what is to be known of it, in a few sentences."""
    read = read_ksb_text(typed)
    said = [finding.message for finding in read.findings]
    if len(said) > 3:
        said = [*said[:3], f"And {len(said) - 3} more."]
    kinds = kinds_in_words(each.code for each in read.ksbs)
    return " ".join([f"Read as {kinds}.", *said] if kinds else said)


def version_of(
    text: VersionText, before: VersionDetails | None = None
) -> tuple[VersionDetails, list[Finding]]:
    """Return the version that the form describes, and everything wrong with it.

    What was official and says something else than *before* is not official any more.
    """
    details, findings = read_version(text)
    if before is not None and details != before and write_version(before) != text:
        details = replace(details, is_official=False)
    refusing = [each for each in findings if each.level is not Level.NOTE]
    return details, refusing or standard_versions.check(details)


def text_of_list(
    code: str, title: str, level: int | None, ksbs: Sequence[str], source: str
) -> VersionText:
    """Return what the form begins with when a list came from a spreadsheet."""
    return VersionText(
        standard_code=code or None, title=title, level=level, ksbs="\n".join(ksbs), source=source
    )
