"""A list of apprentices that says otherwise offers each value; nothing changes silently."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import applying, matching, reading, reviewing
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.records import apprentices, known_people, providers
from imports.conftest import TODAY
from records.dumps import dump

HEAD = [
    "Name", "ULN", "Course", "Planned start", "Planned end", "Provider", "Price", "Email",
    "Status", "Paused date", "Weekly hours", "Notes",
]  # fmt: skip
ADA = [
    "Ada King", "1000000043", "Data analyst, Level: 4 (Standard)", "Sep 2025", "Mar 2027",
    "Example College", "15000", "ada@example.org", "Live", "", "36", "Met in May",
]  # fmt: skip
BEN = [
    "Ben Orr", "1000000027", "Software developer", "01/10/2025", "30/09/2027", "Kestrel Skills",
    "18000", "", "Live", "", "37", "",
]  # fmt: skip


def changed(cells, **changes):
    places = {name.replace(" ", "_").casefold(): at for at, name in enumerate(HEAD)}
    made = list(cells)
    for name, cell in changes.items():
        made[places[name]] = cell
    return made


def held(store, name="Ada King"):
    (known,) = [each for each in store.read(known_people.known_people) if each.name == name]
    return store.read(apprentices.held, known.apprenticeship_id)


@pytest.fixture
def both(bring, listed):
    """Ada and Ben are in the desk, from this very list."""
    bring(listed([HEAD, ADA, BEN]), "apprentices")


@pytest.fixture
def review(catalogued, rules):
    def reviewed(path, **options):
        table = reading.find_table(reading.read(path), Kind.APPRENTICES)
        found = matching.match(table, Kind.APPRENTICES)
        said = Options(**options)
        known = catalogued.read(reviewing.gather, table, found, said, rules, {}, TODAY)
        return reviewing.review(
            table, found, known, rules=rules, provider_names={}, today=TODAY, options=said
        )

    return reviewed


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"planned_end": "Jun 2027"}, "planned end of training: March 2027 → June 2027"),
        ({"planned_end": "12/03/2027"}, "planned end of training: March 2027 → 12 Mar 2027"),
        ({"planned_start": "15/09/2025"}, "training start: September 2025 → 15 Sep 2025"),
        ({"price": "£14,500"}, "agreed price: £15,000.00 → £14,500.00"),
        ({"provider": "Kestrel Skills Ltd"}, "training provider: Example College → Kestrel"),
        ({"provider": "New College"}, "training provider: Example College → New College"),
        ({"email": "a.king@example.org"}, "email address: ada@example.org → a.king@example.org"),
        ({"status": "Completed"}, "how it ended: blank → completed"),
        (
            {"status": "Paused", "paused_date": "May 2026"},
            "on a break from: blank → May 2026",
        ),
        ({"weekly_hours": "30"}, "weekly hours: 36 h → 30 h"),
        ({"name": "Ada Lane"}, "name: Ada King → Ada Lane"),
        ({"notes": "Met in June"}, "note, added to: Met in May → Met in June"),
    ],
)
def test_each_value_that_differs_is_offered_and_nothing_changes_silently(
    bring, catalogued, listed, both, changes, says
):
    before = dump(catalogued, with_log=True)
    report = bring(listed([HEAD, changed(ADA, **changes), BEN]), "apprentices")
    found = report.as_json()
    assert (found["rows_imported"], len(found["skipped"]), found["refused"]) == (0, 2, [])
    assert says in found["skipped"][0]["reason"]
    assert len(report.skipped[0].correction.changes) == 1
    assert found["skipped"][1]["reason"].startswith("Already here")
    assert dump(catalogued, with_log=True) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "KING, Ada"},
        {"planned_end": "", "price": "", "email": "n/a", "weekly_hours": "", "notes": ""},
        {"provider": ""},
        {"provider": "EXAMPLE COLLEGE"},
        {"course": "Data analyst"},
        {"status": ""},
        {"email": "ADA@example.org"},
    ],
    ids=str,
)
def test_a_blank_or_another_way_to_write_it_is_no_difference(bring, listed, both, changes):
    found = bring(listed([HEAD, changed(ADA, **changes)]), "apprentices").as_json()
    assert [each["reason"] for each in found["skipped"]] == [
        "Already here: Ada King with this course and start."
    ]


def test_accepted_corrections_are_one_change_that_one_undo_takes_back(
    bring, catalogued, listed, both
):
    before = dump(catalogued)
    rows = [
        HEAD,
        changed(
            ADA, planned_end="30/06/2027", price="14500", provider="New College", status="Paused",
            paused_date="04/05/2026",
        ),
        changed(BEN, status="Stopped", email="ben@example.org"),
        changed(ADA, name="Cy Lane", uln="", email=""),
    ]  # fmt: skip
    report = bring(listed(rows), "apprentices", accept_corrections=True)
    assert report.label == "Import 1 apprentice and correct 2 from list.csv"
    assert report.as_json()["rows_imported"] == 3
    ada = held(catalogued)
    assert ada.details.training_planned_end_on == date(2027, 6, 30)
    assert ada.details.is_end_day_given
    assert ada.details.agreed_price == Decimal("14500.00")
    assert ada.breaks == (Period(date(2026, 5, 4)),)
    names = {p.id: p.name for p in catalogued.read(providers.provider_rows)}
    assert names[ada.details.provider_id] == "New College"
    ben = held(catalogued, "Ben Orr")
    assert (ben.details.outcome, ben.details.email) == (Outcome.WITHDRAWN, "ben@example.org")
    catalogued.undo(catalogued.undoable().number)
    assert dump(catalogued) == before


def test_single_values_can_be_accepted(catalogued, review, listed, both):
    made = review(listed([HEAD, changed(ADA, price="14500", planned_end="Jun 2027")]))
    part = made.accept(2, {"agreed_price"})
    assert part.count(Fate.IMPORTED) == 1
    with catalogued.change("Import") as session:
        assert applying.apply(session, part).corrected == 1
    ada = held(catalogued).details
    assert ada.agreed_price == Decimal("14500.00")
    assert ada.training_planned_end_on == date(2027, 3, 31)


def test_values_that_do_not_go_together_are_refused_in_words(bring, catalogued, review, listed):
    """The training may not be planned to end after the apprenticeship."""
    head = [*HEAD, "Apprenticeship end date"]
    bring(listed([head, [*ADA, "30/06/2027"]]), "apprentices")
    later = listed([head, [*changed(ADA, planned_end="31/08/2027"), "30/11/2027"]])
    part = review(later).accept(2, {"training_planned_end_on"})
    before = dump(catalogued, with_log=True)
    with pytest.raises(Problem, match="do not go together"), catalogued.change("x") as session:
        applying.apply(session, part)
    assert dump(catalogued, with_log=True) == before


def test_a_correction_that_the_desk_cannot_hold_is_refused_with_its_cell(bring, listed):
    head = [*HEAD, "Apprenticeship end date"]
    bring(listed([head, [*ADA, "30/06/2027"]]), "apprentices")
    (refused,) = bring(
        listed([head, [*changed(ADA, planned_end="31/08/2027"), ""]]), "apprentices"
    ).as_json()["refused"]
    assert (refused["row"], refused["column"]) == (2, "M")


def test_another_start_of_the_only_course_is_a_correction_not_a_second_course(
    bring, catalogued, listed, both
):
    path = listed([HEAD, changed(ADA, planned_start="Oct 2025")])
    bring(path, "apprentices", accept_corrections=True)
    assert held(catalogued).details.training_started_on == date(2025, 10, 1)


def test_a_standard_known_only_now_is_offered_for_a_course_without_code(bring, listed):
    bring(listed([HEAD, changed(ADA, course="Data wizardry")]), "apprentices")
    report = bring(listed([HEAD, ADA]), "apprentices")
    assert report.skipped[0].correction.said == "standard: blank → Data analyst (ST0118)"
    bring(listed([HEAD, ADA]), "apprentices", accept_corrections=True)
    again = bring(listed([HEAD, changed(ADA, course="Data wizardry")]), "apprentices").as_json()
    assert again["skipped"][0]["reason"].startswith("Already here")


# --- names that are like others -----------------------------------------------------------------


def test_a_newcomer_with_a_name_like_a_known_one_is_noted_with_how_alike(bring, listed, both):
    path = listed([HEAD, changed(ADA, name="Ada Kingg", uln="", email="")])
    report = bring(path, "apprentices", dry_run=True)
    (note,) = report.findings
    assert note.code == "IM203"
    assert note.message == "Ada Kingg is new. Did you mean Ada King (94 % alike)?"


def test_saying_that_a_spelling_means_somebody_makes_the_row_theirs(review, listed, both):
    path = listed([HEAD, changed(ADA, name="Ada Kingg", uln="", email="")])
    (near,) = review(path).all_rows[0].near
    (row,) = review(path, spellings=((near.written, near.id),)).all_rows
    assert row.fate is Fate.SKIPPED
    assert row.correction.said == "name: Ada King → Ada Kingg"


def test_the_same_email_and_name_is_the_same_person_on_another_course(bring, catalogued, listed):
    bring(listed([HEAD, changed(ADA, uln="", planned_end="Mar 2026")]), "apprentices")
    later = changed(
        ADA, uln="", course="DevOps engineer", planned_start="May 2026", planned_end="May 2028"
    )
    assert bring(listed([HEAD, later]), "apprentices").as_json()["rows_imported"] == 1
    known = catalogued.read(known_people.known_people)
    assert len({each.apprentice_id for each in known}) == 1
