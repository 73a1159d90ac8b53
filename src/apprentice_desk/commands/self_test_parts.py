"""The parts of the self-test that need no window."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from apprentice_desk import private_files, resources
from apprentice_desk.commands import desks, lists, returning, sample
from apprentice_desk.commands.self_test import Part, Trial
from apprentice_desk.commands.self_test_installed import (
    INSTALL_AGAIN,
    try_keychain,
    try_packaged_files,
    try_policy,
    try_shared_desks,
)
from apprentice_desk.documents import calendar_file, issuing
from apprentice_desk.documents.choosing import subject_choices
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.picturing import Pages
from apprentice_desk.documents.reading_apart import page_words_apart
from apprentice_desk.domain.calendar import Period, Quarter
from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.reference import Borough
from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.imports import applying
from apprentice_desk.imports.calendars import read_calendar
from apprentice_desk.records import apprentices, hours, migrate, organisation
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import DeskKey, WrongPassphrase, fresh_key, salt_of
from apprentice_desk.returns import merge, schema, workbook
from apprentice_desk.safekeeping import backup, vault


def _invented_borough() -> Borough:
    """Return the borough of samples, whose desks need no passphrase whatever is set."""
    borough = resources.borough_by_code("E09999999")
    if borough is None:
        raise Problem("The sample's borough is not in the list.", INSTALL_AGAIN)
    return borough


def _new_desk(trial: Trial) -> str:
    path = trial.folder / "A new desk – £.desk"
    desks.make_desk(path, _invented_borough(), "Self-test").close()
    if vault.is_protected(path):
        raise Problem("A desk without a passphrase is encrypted.")
    _expect_team(path, None, "Self-test")
    return f"made with a space and a pound sign in its name, opened again, format {migrate.HEAD}"


def _encrypted_desk(trial: Trial) -> str:
    path, passphrase = trial.folder / "encrypted.desk", secrets.token_hex()
    desks.make_desk(path, _invented_borough(), "Self-test", fresh_key(passphrase)).close()
    if not vault.is_protected(path) or b"Self-test" in path.read_bytes():
        raise Problem("A desk with a passphrase can be read without it.")
    try:
        vault.key_for(path, "another passphrase")
    except WrongPassphrase:
        pass
    else:
        raise Problem("An encrypted desk was opened with a wrong passphrase.")
    _expect_team(path, vault.key_for(path, passphrase), "Self-test")
    return "not to be read without its passphrase, and opened with it"


def _expect_team(path: Path, key: DeskKey | None, team: str) -> None:
    opened = open_store(path, key=key)
    try:
        if opened.read(organisation.organisation_row).team != team:
            raise Problem("What was opened is not what was saved.")
    finally:
        opened.close()


def _sample(trial: Trial) -> str:
    written = sample.write_sample(trial.folder / "sample", trial.today, trial.now)
    return f"{counted(len(written), 'file')}: desks, lists and returns of invented people"


def _lists(trial: Trial) -> str:
    rules = desks.lists()
    store = desks.make_desk(trial.folder / "lists.desk", _invented_borough(), "Self-test")
    try:
        files = sorted((trial.folder / "sample" / "lists").glob("*.csv"))
        for file in files:
            kind = "apprentices" if file == files[0] else "hours"
            report = applying.import_list(
                store,
                file,
                kind,
                add_missing=False,
                rules=rules.hours_rules,
                role_families=rules.role_families,
                provider_names=resources.provider_names(),
                today=trial.today,
            )
            if report.refused or not report.as_json()["rows_imported"]:
                raise Problem(f"{file.name} did not come in whole: {lists.summary(report)}")
        people = len(store.read(apprentices.known_people))
        entries = len(store.read(hours.hours_rows))
        line = store.undoable()
        if line is None:
            raise Problem("An import cannot be undone.")
        store.undo(line.number)
        if len(store.read(hours.hours_rows)) >= entries:
            raise Problem("Undoing an import left its rows.")
    finally:
        store.close()
    return f"{people} apprentices and {entries} entries of hours in, the last list out again"


def _returns(trial: Trial) -> str:
    """Write the return of the sample, and read it and those of the other sample back."""
    path, period = trial.folder / "return.xlsx", Quarter.containing(trial.today)
    with desks.opened(str(trial.folder / "sample" / "exampleton.desk")) as store:
        prepared = returning.export(
            store, period, path, prepared_at=trial.now, prepared_by="Self-test", send_anyway=True
        )
    wrote = prepared.gathered.content
    found = workbook.read(path).content
    if found is None or found.apprentices != wrote.apprentices or found.header != wrote.header:
        raise Problem("A return says something else when it is read back.")
    others = sorted((trial.folder / "sample").rglob("*.xlsx"))
    for one in map(workbook.read, others):
        if refuses(one.findings):
            raise Problem(f"{one.file} is refused: {one.findings[0].message}")
    count = counted(len(wrote.apprentices), "apprenticeship")
    return f"one with {count} written and read back the same, {len(others)} others read"


def _merge(trial: Trial) -> str:
    merged = merge.merge([trial.folder / "sample" / "returns"], schema=schema.load())
    merge.write_merged(merged, trial.folder / "merged.xlsx")
    if merged.period != Quarter.containing(trial.today) or not merged.row_counts:
        raise Problem("The merge did not take the newest period.")
    counts = ", ".join(f"{count} {sheet}" for sheet, count in merged.row_counts.items())
    return f"{len(merged.boroughs)} boroughs, {counts}"


def _documents(trial: Trial) -> str:
    """Draw every type of document about something of the sample, gaps and all."""
    begins = {DocumentFormat.PDF: b"%PDF-", DocumentFormat.WORD: b"PK"}
    with desks.opened(str(trial.folder / "sample" / "exampleton.desk"), read_only=True) as store:
        wording, drawn = store.read(library_of), 0
        for of in wording.newest_types:
            subject = store.read(subject_choices, of.subject, trial.today)[0].subject
            draft = issuing.begin(wording, of, store.read(gathered, subject, trial.today))
            document = issuing.prepare(draft, trial.today).composed.document
            for kind in DocumentFormat:
                content = issuing.drawn(document, kind, trial.today)
                if not content.startswith(begins[kind]):
                    raise Problem(f"{of.name} was not drawn as {kind}.")
                drawn += len(content)
        paper = issuing.drawn(document, DocumentFormat.PDF, trial.today)
    private_files.put(trial.folder / "document.pdf", paper)
    types = len(wording.newest_types)
    return f"{types} types drawn as {' and '.join(DocumentFormat)}, {show_size(drawn)}"


def _reading_apart(trial: Trial) -> str:
    """Read a PDF in a process of the program's own, and look at its first page."""
    content = (trial.folder / "document.pdf").read_bytes()
    pages = page_words_apart(content, 100, 1_000_000, Progress())
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if not letters:
        raise Problem("A PDF was read, and nothing was found in it.")
    picture = Pages(content).picture(0, 400)
    if len(set(picture.pixels[:: 4 * 97])) < 2:
        raise Problem("The picture of a page is empty.")
    return f"{counted(len(pages), 'page')} with {letters:,} letters read beside, and one drawn"


def _calendars(trial: Trial) -> str:
    on = trial.today + timedelta(days=30)
    event = DatedEvent("self-test", 1, on, "Review", began_at="09:30", minutes=60)
    content = calendar_file.content([event], trial.now, 30)
    found = read_calendar(content, Period(trial.today, on)).entries
    if [(each.done_on, each.began_at, each.title) for each in found] != [(on, "09:30", "Review")]:
        raise Problem("A calendar file says something else when it is read back.")
    return "a review written at 9:30 in London, and read back at the same time"


def _backups(trial: Trial) -> str:
    return _backed_up(trial.folder / "plain.desk", None, trial)


def _encrypted_backups(trial: Trial) -> str:
    return _backed_up(trial.folder / "protected.desk", fresh_key(secrets.token_hex()), trial)


def _backed_up(path: Path, key: DeskKey | None, trial: Trial) -> str:
    """Back a desk up, change it, compare the two, and restore what was before."""
    store = desks.make_desk(path, _invented_borough(), "Self-test", key)
    try:
        made = backup.make_backup(path, key, trial.now)
        with store.change("Rename the team to Changed") as session:
            organisation.rename_team(session, "Changed")
    finally:
        store.close()
    if len(backup.compare(made.path, path, key).since) != 1:
        raise Problem("A backup does not tell what was changed since.")
    restored = backup.restore_beside(made.path, key, path.with_name(f"{path.stem} restored.desk"))
    _expect_team(restored, key, "Self-test")
    if key is not None and salt_of(made.path) is None:
        raise Problem("The backup of an encrypted desk is not encrypted.")
    size = show_size(made.size_bytes)
    return f"copied, checked, compared and restored{', encrypted' if key else ''}, {size}"


PARTS = (
    Part("packaged files", try_packaged_files),
    Part("what administrators set", try_policy),
    Part("a new desk", _new_desk),
    Part("an encrypted desk", _encrypted_desk),
    Part("sample", _sample),
    Part("lists", _lists, "sample"),
    Part("returns", _returns, "sample"),
    Part("merge", _merge, "sample"),
    Part("documents", _documents, "sample"),
    Part("pages of a PDF", _reading_apart, "documents"),
    Part("calendars", _calendars),
    Part("backups", _backups),
    Part("encrypted backups", _encrypted_backups),
    Part("keychain", try_keychain),
    Part("shared desks", try_shared_desks),
)
"""Every part, in the order in which they are tried."""
