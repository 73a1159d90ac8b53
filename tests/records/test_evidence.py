"""Evidence: bytes are kept once and outside the log, and come back with every undo."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest
from sqlalchemy import func, select

from apprentice_desk.domain.evidence import (
    LONGEST_TOTAL_BYTES,
    MEGABYTE,
    EvidenceKind,
    EvidenceQuality,
)
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import evidence, hours
from apprentice_desk.records.changelog import ChangedRow
from apprentice_desk.records.evidence import EvidenceContent
from records.acting import GONE, changing
from records.dumps import dump

BYTES = bytes(range(256)) * 40


def contents(store):
    return store.read(lambda s: set(s.scalars(select(EvidenceContent.sha256))))


def sha(content):
    return hashlib.sha256(content).hexdigest()


def rows(store, *entry_ids):
    return store.read(evidence.evidence_rows, entry_ids)


def test_a_file_is_read_back_as_it_was_attached(store, make):
    entry_id = make.hours()
    file_id = make.evidence(entry_id, "C:\\desk\\no\u202etes.pdf", BYTES)
    assert store.read(evidence.evidence_content, file_id) == BYTES
    (row,) = rows(store, entry_id)
    assert row == evidence.EvidenceRow(
        file_id, entry_id, EvidenceKind.FILE, "", "", "", "notes.pdf", len(BYTES), sha(BYTES),
        store.latest_change().number,
    )  # fmt: skip


def test_links_and_words_are_kept_as_they_are(store, make):
    entry_id = make.hours()
    link = "https://exampleton.example/a?b=%20c#d"
    changing(store, lambda s: evidence.attach_link(s, entry_id, f" {link} ", " Course "))
    text_id = changing(store, lambda s: evidence.attach_text(s, entry_id, " Showed\nthe team "))
    first, second = rows(store, entry_id)
    assert (first.kind, first.link, first.title) == (EvidenceKind.LINK, link, "Course")
    assert (second.kind, second.words, second.sha256) == (
        EvidenceKind.TEXT, "Showed\nthe team", None,
    )  # fmt: skip
    with pytest.raises(Problem, match="there is no file to open"):
        store.read(evidence.evidence_content, text_id)


def test_the_same_bytes_are_kept_once_whatever_their_names(store, make):
    for name in ("a.pdf", "b.pdf", "c.txt"):
        make.evidence(make.hours(), name, BYTES)
    make.evidence(make.hours(), "d.pdf", b"Other")
    assert contents(store) == {sha(BYTES), sha(b"Other")}
    total = evidence.EvidenceTotal(2, len(BYTES) + 5)
    assert store.read(evidence.evidence_total) == total


def test_a_desk_without_evidence_keeps_none(store):
    assert store.read(evidence.evidence_total) == evidence.EvidenceTotal(0, 0)
    assert store.read(evidence.evidence_rows, []) == ()
    assert store.read(evidence.evidence_counts, []) == {}


def test_evidence_is_counted_by_entry(store, make):
    first, second, third = make.hours(), make.hours(), make.hours()
    make.evidence(first, "a.txt", b"A")
    make.evidence(first, "b.txt", b"B")
    make.evidence(second)
    assert store.read(evidence.evidence_counts, [first, second, third]) == {first: 2, second: 1}
    assert [row.file_name for row in rows(store, first)] == ["a.txt", "b.txt"]


def test_evidence_of_more_entries_than_one_query_asks_for(store, make):
    entry_id = make.hours()
    make.evidence(entry_id)
    keys = [*(UUID(int=n) for n in range(1_200)), entry_id]
    assert store.read(evidence.evidence_counts, keys) == {entry_id: 1}
    assert len(rows(store, *keys)) == 1


def refused(store, entry_id, match, name="a.pdf", content=BYTES):
    before = dump(store, with_log=True)
    with pytest.raises(Problem, match=match):
        changing(store, lambda s: evidence.attach_file(s, entry_id, name, content))
    assert dump(store, with_log=True) == before


def test_what_is_empty_too_large_or_there_already_is_refused(store, make):
    entry_id = make.hours()
    refused(store, entry_id, "“a.pdf” is empty", content=b"")
    refused(store, entry_id, "has 10.1 MB; a file in", content=bytes(10 * MEGABYTE + 1))
    make.evidence(entry_id, "first.pdf", BYTES)
    refused(store, entry_id, "attached to the entry already, as “first.pdf”")
    for act in (
        lambda s: evidence.attach_link(s, entry_id, "javascript:x"),
        lambda s: evidence.attach_text(s, entry_id, " "),
        lambda s: evidence.attach_text(s, entry_id, "x" * 4_001),
        lambda s: evidence.attach_link(s, entry_id, "https://a.example/" + "x" * 2_000),
        lambda s: evidence.attach_text(s, entry_id, "x", "t" * 301),
        lambda s: evidence.attach_text(s, entry_id, "a\0b"),
    ):
        with pytest.raises(Problem):
            changing(store, act)


def test_ten_megabytes_and_four_thousand_characters_just_fit(store, make):
    entry_id = make.hours()
    large = bytes(10 * MEGABYTE)
    file_id = make.evidence(entry_id, "large.bin", large)
    assert store.read(evidence.evidence_content, file_id) == large
    changing(store, lambda s: evidence.attach_text(s, entry_id, "é" * 4_000))


def test_a_desk_has_room_for_so_much_and_the_same_bytes_need_none(store, make):
    entry_id, other = make.hours(), make.hours()
    make.evidence(entry_id, "a.pdf", BYTES)

    def fill(session):
        size = LONGEST_TOTAL_BYTES - len(BYTES) - 4
        session.add(EvidenceContent(sha256="0" * 64, size_bytes=size, content=b"not so many"))

    changing(store, fill)
    refused(store, entry_id, "this desk keeps 1,024 MB of files", content=b"Other")
    make.evidence(entry_id, "fits.txt", b"Fits")
    make.evidence(other, "again.pdf", BYTES)


def test_nothing_is_attached_to_an_entry_that_is_gone(store):
    for act in (
        lambda s: evidence.attach_file(s, GONE, "a.pdf", BYTES),
        lambda s: evidence.attach_link(s, GONE, "https://a.example/"),
        lambda s: evidence.attach_text(s, GONE, "x"),
    ):
        with pytest.raises(Conflict, match="nothing was attached"):
            changing(store, act)
    assert contents(store) == set()


def test_what_is_gone_is_neither_read_nor_removed_again(store, make):
    with pytest.raises(Conflict, match="removed meanwhile"):
        store.read(evidence.evidence_content, GONE)
    with pytest.raises(Conflict, match="removed meanwhile"):
        changing(store, lambda s: evidence.remove_evidence(s, GONE))


def test_damaged_bytes_are_said_to_be_damaged(store, make):
    file_id = make.evidence(content=BYTES)

    def damage(session):
        kept = session.scalars(select(EvidenceContent)).one()
        kept.content = BYTES[:-1]

    changing(store, damage)
    with pytest.raises(Problem, match=r"“notes\.txt” is damaged"):
        store.read(evidence.evidence_content, file_id)


# --- undo, redo and the sweeping ----------------------------------------------------------------


def test_undo_and_redo_of_a_removal_bring_the_bytes_back(store, make):
    entry_id = make.hours()
    file_id = make.evidence(entry_id, content=BYTES)
    changing(store, lambda s: evidence.remove_evidence(s, file_id), "Remove")
    assert rows(store, entry_id) == ()
    undone = store.undo(store.latest_change().number)
    assert store.read(evidence.evidence_content, file_id) == BYTES
    store.undo(undone.number)
    assert rows(store, entry_id) == ()
    store.undo(store.latest_change().number)
    assert store.read(evidence.evidence_content, file_id) == BYTES


def test_redo_of_an_attachment_brings_the_bytes_back(store, make):
    entry_id = make.hours()
    file_id = make.evidence(entry_id, content=BYTES)
    undone = store.undo(store.latest_change().number)
    changing(store, evidence.sweep_contents)
    store.undo(undone.number)
    assert store.read(evidence.evidence_content, file_id) == BYTES


def test_an_entry_goes_and_comes_back_with_its_evidence(store, make):
    entry_id = make.hours()
    file_id = make.evidence(entry_id, content=BYTES)
    changing(store, lambda s: evidence.attach_text(s, entry_id, "Words"))
    before = dump(store)
    changing(store, lambda s: hours.remove_hours(s, entry_id), "Remove hours")
    assert rows(store, entry_id) == ()
    store.undo(store.latest_change().number)
    assert dump(store) == before
    assert store.read(evidence.evidence_content, file_id) == BYTES


def test_the_log_never_holds_the_bytes(store, make):
    file_id = make.evidence(content=BYTES)
    changing(store, lambda s: evidence.remove_evidence(s, file_id), "Remove")
    store.undo(store.latest_change().number)
    images = store.read(
        lambda s: [
            image for row in s.execute(select(ChangedRow.before, ChangedRow.after)) for image in row
        ]
    )
    assert any(image is not None and sha(BYTES) in image for image in images)
    assert max(len(image or "") for image in images) < 2_000


def test_bytes_that_came_and_went_in_one_change_are_swept(store, make):
    entry_id, kept_by = make.hours(), make.hours()
    make.evidence(kept_by, content=b"Kept")
    before = dump(store, with_log=True)

    def for_nothing(session):
        made = [evidence.attach_file(session, entry_id, "a", each) for each in (BYTES, b"Kept")]
        for key in made:
            evidence.remove_evidence(session, key)

    changing(store, for_nothing)
    assert dump(store, with_log=True) == before


def test_bytes_stay_while_an_image_in_the_log_names_them_and_go_after(store, make):
    entry_id = make.hours()
    file_id = make.evidence(entry_id, content=BYTES)
    changing(store, lambda s: evidence.attach_text(s, entry_id, "Words"))
    changing(store, lambda s: evidence.remove_evidence(s, file_id), "Remove")
    assert changing(store, evidence.sweep_contents) == 0
    assert contents(store) == {sha(BYTES)}
    number = store.latest_change().number

    def scrub(session):
        """As an erasure does."""
        for row in session.scalars(select(ChangedRow).where(ChangedRow.before.is_not(None))):
            row.before = row.before.replace(sha(BYTES), "")

    changing(store, scrub)
    assert changing(store, evidence.sweep_contents) == 1
    assert contents(store) == set()
    assert store.latest_change().number == number
    assert changing(store, evidence.sweep_contents) == 0


def test_a_change_that_fails_leaves_no_bytes_behind(store, make):
    entry_id = make.hours()

    def fail(session):
        evidence.attach_file(session, entry_id, "a.pdf", BYTES)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changing(store, fail)
    assert store.read(lambda s: s.scalar(select(func.count(EvidenceContent.sha256)))) == 0


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        (evidence.LinkDetails("https://example.org/"), []),
        (evidence.LinkDetails("file:///etc"), ["ED006"]),
        (evidence.LinkDetails("https://example.org/" + "a" * 2_000), ["TX001"]),
        (evidence.LinkDetails("https://example.org/", "t" * 301), ["TX001"]),
        (evidence.WordsDetails("Showed the team"), []),
        (evidence.WordsDetails(" \n"), ["ED008"]),
        (evidence.WordsDetails("x" * 4_001, "t\0"), ["TX002", "TX001"]),
    ],
)
def test_a_form_hears_why_a_link_or_words_cannot_be_kept(details, codes):
    assert [each.code for each in evidence.check(details)] == codes


def test_how_good_evidence_is_can_be_said_and_taken_back(store, make):
    entry_id = make.hours()
    file_id = make.evidence(entry_id)
    assert rows(store, entry_id)[0].quality is None
    for quality in (EvidenceQuality.DRAFT, EvidenceQuality.STRONG, None):
        changing(store, lambda s, quality=quality: evidence.judge(s, file_id, quality))
        assert rows(store, entry_id)[0].quality is quality
    with pytest.raises(Conflict, match="removed meanwhile"), store.change("Judge") as session:
        evidence.judge(session, GONE, EvidenceQuality.ENOUGH)
