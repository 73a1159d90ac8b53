"""A register of contracts comes in: whatever its shape, nothing is made or changed silently."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from apprentice_desk.domain.contract_terms import Notice
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import DataRole, NoticeUnit, Regime, Route
from apprentice_desk.imports import (
    applying,
    contract_values,
    fates,
    grids,
    keys,
    matching,
    reading,
    reviewing,
    steps,
)
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.records import contract_days, contracts, providers
from apprentice_desk.records.contract_register import contract_register
from imports.conftest import TODAY
from records.dumps import dump

TITLED = [
    "Contract Ref", "Supplier", "Contract title", "Start date", "End date", "Contract value (£)",
    "Notice period", "Procurement route", "Legal regime", "Latest end date", "Contract manager",
]  # fmt: skip
DIGITAL = [
    "EXB-2025-001", "Thamesbank College", "Digital apprenticeships", "01/04/2025", "31/03/2027",
    "£150,000.00", "3 months' notice", "Mini-competition", "PCR 2015", "31/03/2028", "Tess Vane",
]  # fmt: skip
DATA = [
    "EXB-2025-002", "Kestrel Skills Ltd", "Data", "1 Sep 2025", "31 Aug 2027", "Up to 48000", "20",
    "Carrier pigeon", "PA23", "", "",
]  # fmt: skip


@pytest.fixture
def both(catalogued):
    """The providers of the lists are in the desk."""
    with catalogued.change("Add providers") as session:
        for name, ukprn in (
            ("Thamesbank College", "19990001"),
            ("Kestrel Skills Limited", "19990002"),
        ):
            providers.add_provider(session, providers.ProviderDetails(name, ukprn))
    return catalogued


def register(store):
    return {row.details.reference: row for row in store.read(contract_register, TODAY)}


@pytest.fixture
def review(catalogued, rules):
    def reviewed(path, **options):
        table = reading.find_table(reading.read(path), Kind.CONTRACTS)
        found = matching.match(table, Kind.CONTRACTS)
        said = Options(**options)
        known = catalogued.read(reviewing.gather, table, found, said, rules, {}, TODAY)
        return reviewing.review(
            table, found, known, rules=rules, provider_names={}, today=TODAY, options=said
        )

    return reviewed


def bring_in(store, made):
    with store.change(applying.label_of(made)) as session:
        return applying.apply(session, made)


def reasons(made):
    return [row.reason or fates.why_refused(row) for row in made.rows]


def notes(made, number=0):
    return {finding.code: finding.message for finding in made.rows[number].findings}


# --- what comes in --------------------------------------------------------------------------------


def test_a_register_comes_in_as_one_change_and_goes_out_with_one_undo(both, bring, listed):
    before = dump(both)
    report = bring(listed([TITLED, DIGITAL]), "contracts")
    assert report.label == "Import 1 contract from list.csv"
    kept = register(both)["EXB-2025-001"].details
    assert replace(kept, provider_id=None) == contracts.ContractDetails(
        reference="EXB-2025-001",
        title="Digital apprenticeships",
        regime=Regime.PCR_2015,
        route=Route.FRAMEWORK_COMPETITION,
        starts_on=date(2025, 4, 1),
        ends_on=date(2027, 3, 31),
        extension_to_on=date(2028, 3, 31),
        value_limit=Decimal("150000.00"),
        notice_count=3,
        notice_unit=NoticeUnit.MONTHS,
        looked_after_by="Tess Vane",
    )
    names = {row.id: row.name for row in both.read(providers.provider_rows)}
    assert names[kept.provider_id] == "Thamesbank College"
    both.undo(both.read(lambda s: s.get(contracts.Contract, register_id(both)).changed_in))
    assert dump(both) == before


def register_id(store):
    return register(store)["EXB-2025-001"].id


def test_what_cannot_be_told_is_left_blank_and_said(both, review, listed):
    made = review(listed([TITLED, DATA]))
    (row,) = made.rows
    assert row.fate is Fate.IMPORTED
    details = row.entry.details
    assert (details.route, details.notice_count, details.regime) == (None, None, Regime.ACT_2023)
    assert details.value_limit == Decimal(48000)
    assert row.entry.provider.details.name == "Kestrel Skills Limited", "Ltd or not"
    assert notes(made) == {
        "IM482": "“20” may be days, weeks or months. Write it as 3 months.",
        "IM483": "“Carrier pigeon” is none of framework, further competition; framework, direct"
        " award; dynamic purchasing system or dynamic market; open procedure; competitive flexible"
        " procedure; quotation; direct award.",
    }


def test_the_heading_may_say_what_a_notice_period_counts(both, review, listed):
    head = ["Ref", "Provider", "Notice period (working days)"]
    made = review(listed([head, ["A", "Thamesbank College", 20]]))
    details = made.rows[0].entry.details
    assert (details.notice_count, details.notice_unit) == (20, NoticeUnit.WORKING_DAYS)


def test_months_without_a_day_are_said_and_never_guessed_for_notice(both, review, listed):
    head = ["Contract number", "Provider", "Start", "Expiry date", "Notice by"]
    made = review(listed([head, ["A", "Thamesbank College", "Apr 2025", "March 2027", "Dec 2026"]]))
    details = made.rows[0].entry.details
    assert (details.starts_on, details.ends_on) == (date(2025, 4, 1), date(2027, 3, 31))
    assert details.notice_by_on is None
    assert notes(made) == {
        "IM486": "Only a month is written here: 31 Mar 2027 is taken.",
        "IM485": "Only a month is written here, so it is left blank.",
    }


def test_a_month_alone_is_no_other_day_than_one_inside_it(both, bring, review, listed, store):
    head = ["Contract number", "Provider", "Start", "Expiry date"]
    bring(listed([head, ["A", "Thamesbank College", "14/04/2025", "15/06/2027"]]), "contracts")
    same = review(listed([head, ["A", "Thamesbank College", "Apr 2025", "June 2027"]]))
    (row,) = same.rows
    assert (row.offered, row.reason) == (None, "Already here: contract A.")
    other = review(listed([head, ["A", "Thamesbank College", "Apr 2025", "July 2027"]]))
    assert [change.field for change in other.rows[0].correction.changes] == ["ends_on"]
    year = review(listed([head, ["A", "Thamesbank College", "Apr 2026", "June 2027"]]))
    assert [change.field for change in year.rows[0].correction.changes] == ["starts_on"]
    blank = review(listed([head, ["A", "Thamesbank College", "soon", "June 2027"]]))
    assert blank.rows[0].fate is not Fate.IMPORTED


def test_another_day_for_notice_forgets_which_end_the_one_before_was_for(
    both, bring, review, listed, store, make
):
    head = ["Contract number", "Provider", "Expiry date", "Notice by"]
    bring(listed([head, ["A", "Thamesbank College", "31/12/2027", "30/09/2027"]]), "contracts")
    (kept,) = [row for row in store.read(contracts.contract_rows, TODAY) if row.reference == "A"]
    held = store.read(contracts.contract_details, kept.id)
    with store.change("Say for which end") as session:
        contracts.correct_contract(
            session, kept.id, replace(held, notice_for_on=date(2027, 12, 31))
        )
    made = review(listed([head, ["A", "Thamesbank College", "31/12/2027", "31/10/2027"]]))
    bring_in(store, made.taken_in(row.number for row in made.offers))
    now = store.read(contracts.contract_details, kept.id)
    assert (now.notice_by_on, now.notice_for_on) == (date(2027, 10, 31), None)


@pytest.mark.parametrize("heading", ["Review date", "Decision date"])
def test_a_day_of_review_or_decision_is_no_day_for_notice(both, review, listed, heading):
    head = ["Contract number", "Provider", heading]
    made = review(listed([head, ["A", "Thamesbank College", "01/12/2026"]]))
    assert made.rows[0].entry.details.notice_by_on is None


# --- providers that are not known -----------------------------------------------------------------


def test_an_unknown_provider_is_offered_and_never_made_by_its_name(both, bring, review, listed):
    strange = [DIGITAL[0], "Thamesbnk Colege", *DIGITAL[2:]]
    before = dump(both)
    bring(listed([TITLED, strange]), "contracts")
    assert dump(both) == before
    made = review(listed([TITLED, strange]))
    (row,) = made.rows
    assert (row.fate, row.waits, row.is_twin) == (Fate.SKIPPED, True, False)
    assert fates.words(row) == "skipped: provider not known"
    assert row.reason.startswith("The desk has no provider called Thamesbnk Colege.")
    (near,) = row.near
    assert near.name == "Thamesbank College"
    meant = review(listed([TITLED, strange]), spellings=((near.written, near.id),))
    assert meant.rows[0].fate is Fate.IMPORTED
    assert meant.rows[0].entry.provider.id == near.id


@pytest.mark.parametrize("way", ["ticked", "newcomer"])
def test_a_provider_is_added_once_a_person_says_so(both, review, listed, way):
    rows = [TITLED, *([f"EXB-{n}", "Marsh Barn Skills", *DIGITAL[2:]] for n in range(3))]
    path = listed(rows)
    if way == "ticked":
        made = review(path)
        made = made.taken_in(row.number for row in made.offers)
    else:
        made = review(path, newcomers=("Marsh Barn Skills",))
    applied = bring_in(both, made)
    assert (applied.rows, applied.providers_added) == (3, 1)
    names = [row.name for row in both.read(providers.provider_rows)]
    assert names.count("Marsh Barn Skills") == 1


def test_a_ukprn_that_is_another_providers_is_refused(both, review, listed):
    head = ["Contract ref", "Provider", "UKPRN"]
    made = review(
        listed(
            [head, ["A", "Kestrel Skills Limited", "19990009"], ["B", "Something Else", "19990001"]]
        )
    )
    assert made.rows[0].fate is Fate.REFUSED
    assert "with the UKPRN 19990002" in reasons(made)[0]
    assert made.rows[1].fate is Fate.IMPORTED
    assert "calls the provider with this UKPRN Thamesbank" in notes(made, 1)["IM481"]


# --- what the desk has already --------------------------------------------------------------------


def test_what_is_here_already_stays_and_differences_are_offered_value_by_value(
    both, bring, review, listed
):
    bring(listed([TITLED, DIGITAL]), "contracts")
    again = review(listed([TITLED, DIGITAL]))
    assert reasons(again) == ["Already here: contract EXB-2025-001."]
    other = [
        "exb-2025-001", "Kestrel Skills Limited", "Digital and data", "01/04/2025", "30/09/2027",
        "£175,000", "6 months", "DPS", "", "", "Tess Vane",
    ]  # fmt: skip
    path = listed([TITLED, other])
    bring(path, "contracts")
    assert register(both)["EXB-2025-001"].details.title == "Digital apprenticeships"
    made = review(path)
    (row,) = made.rows
    assert row.fate is Fate.SKIPPED
    assert {change.field: (change.old, change.new) for change in row.correction.changes} == {
        "provider": ("Thamesbank College", "Kestrel Skills Limited"),
        "title": ("Digital apprenticeships", "Digital and data"),
        "ends_on": ("31 Mar 2027", "30 Sep 2027"),
        "value_limit": ("£150,000.00", "£175,000.00"),
        "notice": ("3 months", "6 months"),
        "route": (Route.FRAMEWORK_COMPETITION, Route.DYNAMIC),
    }
    taken = made.accept(row.number, {"value_limit", "provider"})
    applied = bring_in(both, taken)
    assert (applied.rows, applied.corrected) == (1, 1)
    kept = register(both)["EXB-2025-001"].details
    assert (kept.value_limit, kept.title) == (Decimal("175000.00"), "Digital apprenticeships")
    names = {each.id: each.name for each in both.read(providers.provider_rows)}
    assert names[kept.provider_id] == "Kestrel Skills Limited"


def test_the_rest_of_what_a_row_says_is_offered_too(both, bring, review, listed):
    head = [
        "Reference", "Provider", "Standards", "Lots", "Joint buying", "Data protection role",
        "Notes", "Framework", "Framework ends", "Call-off ref", "Published notices",
    ]  # fmt: skip
    cells = ["A", "Thamesbank College"]
    bring(listed([head, [*cells, *[""] * 9]]), "contracts")
    said = [
        *cells, "ST0118 and st 0116", "2", "Yes", "Joint", "Signed late", "Digital DPS",
        "27/10/2028", "C-7", "2025/S 000-001",
    ]  # fmt: skip
    path = listed([head, said])
    made = review(path)
    changes = {change.field: change.new for change in made.rows[0].correction.changes}
    assert changes == {
        "standard_codes": "ST0118; ST0116", "lots": "2", "is_open_to_joint_buying": "yes",
        "data_role": DataRole.JOINT, "note": "Signed late", "framework": "Digital DPS",
        "framework_ends_on": "27 Oct 2028", "call_off_reference": "C-7",
        "notices": "2025/S 000-001",
    }  # fmt: skip
    bring_in(both, made.tick(made.rows[0].number))
    assert reasons(review(path)) == ["Already here: contract A."]
    turned = [*cells, "ST0116, ST0118", *said[3:]]
    assert reasons(review(listed([head, turned]))) == ["Already here: contract A."]


def test_values_that_do_not_go_together_are_refused_before_and_when_accepted(
    both, bring, review, listed
):
    head = ["Reference", "Provider", "Start", "End", "Notice by"]
    cells = ["A", "Thamesbank College", "01/04/2025", "31/03/2027", "31/12/2026"]
    bring(listed([head, cells]), "contracts")
    moved = listed([head, [*cells[:3], "31/03/2028", ""]])
    (row,) = review(moved).rows
    assert row.fate is Fate.REFUSED
    assert "entered for the end on 31 Mar 2027" in fates.why_refused(row)
    made = review(listed([head, [*cells[:3], "31/03/2028", "30/12/2027"]]))
    number = made.rows[0].number
    before = dump(both)
    with pytest.raises(Problem, match="that were accepted do not go together"):
        bring_in(both, made.accept(number, {"ends_on"}))
    assert dump(both) == before
    bring_in(both, made.tick(number))
    assert register(both)["A"].details.ends_on == date(2028, 3, 31)


def test_a_contract_that_changed_since_the_review_is_not_written_over(both, bring, review, listed):
    bring(listed([TITLED, DIGITAL]), "contracts")
    made = review(listed([TITLED, [*DIGITAL[:2], "Else", *DIGITAL[3:]]]))
    row = register(both)["EXB-2025-001"]
    with both.change("Somebody else") as session:
        contracts.correct_contract(session, row.id, replace(row.details, note="Theirs"))
    before = dump(both)
    with pytest.raises(Conflict, match="was changed since the rows were reviewed"):
        bring_in(both, made.tick(made.rows[0].number))
    assert dump(both) == before


def test_what_looks_double_stays_out_unless_it_is_taken_in(both, bring, review, listed):
    bring(listed([TITLED, DIGITAL]), "contracts")
    made = review(
        listed(
            [
                TITLED,
                ["EXB/2025/001", *DIGITAL[1:]],
                ["Other", *DIGITAL[1:]],
                ["EXB-2025-009", *DATA[1:]],
                ["exb-2025-009", *DATA[1:]],
                ["EXB 2025 009", *DATA[1:]],
            ]
        )
    )
    assert [row.fate for row in made.rows] == [
        Fate.SKIPPED, Fate.SKIPPED, Fate.IMPORTED, Fate.SKIPPED, Fate.SKIPPED,
    ]  # fmt: skip
    assert reasons(made)[0] == (
        "Looks like contract EXB-2025-001 of the desk. Take it in if it is another one."
    )
    assert [row.is_twin for row in made.rows] == [True, True, False, False, True]
    assert reasons(made)[3] == "Row 4 has this reference too: each contract stands in one row."
    assert reasons(made)[4] == (
        "Row 4 has a reference that is only written otherwise. Take it in if it is another"
        " contract."
    )
    assert applying.label_of(made) == "Import 1 contract from list.csv"


def test_references_of_other_parts_are_other_contracts(both, bring, review, listed):
    first, second, third, fourth = (
        [ref, *cells[1:]]
        for ref, cells in (
            ("LBH/1/12", DIGITAL), ("LBH/11/2", DATA), ("LBH/1/1/2", DATA), ("LBH-112", DATA)
        )
    )  # fmt: skip
    made = review(listed([TITLED, first, second, third, fourth]))
    assert [row.fate for row in made.rows] == [Fate.IMPORTED] * 4
    bring(listed([TITLED, first]), "contracts")
    assert reasons(review(listed([TITLED, second]))) == [""]
    (row,) = review(listed([TITLED, ["LBH112", *DATA[1:]]])).rows
    assert row.is_twin
    assert row.reason.startswith("Looks like contract LBH/1/12 of the desk.")


def test_days_that_the_desk_works_out_are_no_difference(both, bring, review, listed):
    bring(listed([TITLED, DIGITAL]), "contracts")
    key = register(both)["EXB-2025-001"].id
    with both.change("Extend") as session:
        contract_days.add_extension(
            session, key, contract_days.ExtensionDetails(date(2028, 3, 31), None, TODAY)
        )
    head = ["Reference", "Runs to", "Notice by", "Provider"]
    shown = ["EXB-2025-001", "31/03/2028", "31/12/2027", "Thamesbank College"]
    assert reasons(review(listed([head, shown]))) == ["Already here: contract EXB-2025-001."]
    (row,) = review(listed([head, ["EXB-2025-001", "", "03/01/2028", "Thamesbank College"]])).rows
    assert [change.field for change in row.correction.changes] == ["notice_by_on"]


# --- shapes, and hostile lists --------------------------------------------------------------------


def test_titles_above_true_days_totals_and_blank_rows_in_a_workbook(both, review, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Register"
    for cells in (
        ["Exampleton: register of contracts", None, None, None, None],
        [None] * 5,
        ["Supplier name", "Agreement reference", "Commencement date", "Expiry", "Total value"],
        ["Thamesbank College", "X-1", date(2025, 4, 1), date(2027, 3, 31), 150000],
        [None] * 5,
        ["Kestrel Skills Limited", "X-2", date(2025, 9, 1), date(2027, 8, 31), 48000.5],
        ["Supplier name", "Agreement reference", "Commencement date", "Expiry", "Total value"],
        ["Total", None, None, None, 198000.5],
    ):
        sheet.append(cells)
    path = tmp_path / "register.xlsx"
    book.save(path)
    made = review(path)
    entries = [entry.details for _, entry in made.entries()]
    assert [(each.reference, each.value_limit) for each in entries] == [
        ("X-1", Decimal("150000.00")), ("X-2", Decimal("48000.50")),
    ]  # fmt: skip
    assert entries[0].ends_on == date(2027, 3, 31)
    assert made.count(Fate.REFUSED) == 0


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="Register">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""


def test_an_open_document_register(both, review, tmp_path):
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in cells
        )
        + "</table:table-row>"
        for cells in (
            ["Contract no", "Contractor", "Ends", "Termination notice"],
            ["Y-1", "Kestrel Skills Limited", "31 August 2027", "Twelve weeks"],
        )
    )
    path = tmp_path / "register.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", _ODS.format(rows=rows))
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            ' manifest:version="1.2"><manifest:file-entry manifest:full-path="/"'
            ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>",
        )
    (row,) = review(path).rows
    details = row.entry.details
    assert (details.reference, details.ends_on) == ("Y-1", date(2027, 8, 31))
    assert (details.notice_count, details.notice_unit) == (12, NoticeUnit.WEEKS)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Contract Ref": ""}, "The contract needs a reference"),
        ({"Contract Ref": "x" * 61}, "there is room for 60"),
        ({"Supplier": ""}, "Choose the provider"),
        ({"Supplier": "n/a"}, "Choose the provider"),
        ({"End date": "rolling"}, "is not a day"),
        ({"End date": "31/02/2027"}, "does not exist"),
        ({"End date": "31/03/2024"}, "ends before it starts"),
        ({"Latest end date": "31/03/2026"}, "ends before the contract does"),
        ({"Contract value (£)": "-1"}, ""),
        ({"Contract value (£)": "lots"}, ""),
        ({"Contract title": "t" * 201}, "there is room for 200"),
    ],
)
def test_a_row_with_nonsense_is_refused_on_its_cell_and_the_others_come_in(
    both, review, listed, cells, said
):
    wrong = [cells.get(heading, cell) for heading, cell in zip(TITLED, DIGITAL, strict=True)]
    made = review(listed([TITLED, wrong, DATA]))
    assert [row.fate for row in made.rows] == [Fate.REFUSED, Fate.IMPORTED]
    assert said in reasons(made)[0]
    assert made.rows[0].place.heading in cells


def test_text_that_looks_like_a_formula_stays_text(both, bring, listed):
    cells = ["=1+1", "Thamesbank College", '=HYPERLINK("http://x")', *DIGITAL[3:]]
    bring(listed([TITLED, cells]), "contracts")
    assert register(both)["=1+1"].details.title == '=HYPERLINK("http://x")'


def test_a_list_of_apprentices_is_declined_and_named(both, bring, listed):
    people = [
        ["Name", "ULN", "Course", "Planned start", "Planned end", "Provider", "Reference"],
        [
            "Ada King",
            "1000000043",
            "Data analyst",
            "Sep 2025",
            "Mar 2027",
            "Kestrel Skills Limited",
            "P1",
        ],
    ]
    with pytest.raises(Problem, match="not look like a list of contracts but like a list of app"):
        bring(listed(people), "contracts")
    with pytest.raises(Problem, match="like a list of contracts"):
        bring(listed([TITLED, DIGITAL]), "apprentices")
    with pytest.raises(Problem, match="does not look like a list of contracts: no column"):
        bring(listed([["Colour", "Taste"], ["red", "sweet"]]), "contracts")


@pytest.mark.parametrize("name", ["Lot Ward", "Val Owner", "Grace Order"])
def test_words_of_registers_do_not_make_headings_of_names_in_lists_of_people(name):
    assert grids.is_a_name(name)
    assert not keys.is_key(name.split()[0])


def test_forty_contracts_are_read_with_few_queries(both, bring, review, listed):
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    rows = [[f"EXB-{n:03}", *DIGITAL[1:6], *DIGITAL[6:]] for n in range(40)]
    bring(listed([TITLED, *rows]), "contracts")
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        both.read(contract_register, TODAY)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len([each for each in asked if each.startswith("SELECT")]) <= 5


def test_the_rows_with_their_fate_and_the_columns_are_saved(both, review, listed, tmp_path):
    journey = steps.choose(steps.begin("contracts"), listed([TITLED, DIGITAL]))
    steps.save_columns(journey, tmp_path / "columns.json")
    other = steps.hold(journey, 0, "title")
    assert other.matching.missing == ("the reference of the contract",)
    loaded = steps.load_columns(other, tmp_path / "columns.json")
    assert loaded.matching.missing == ()
    made = review(listed([TITLED, DIGITAL, ["B", "Nobody Knows", *DIGITAL[2:]]]))
    table = reading.find_table(reading.read(listed([TITLED, DIGITAL, DATA])), Kind.CONTRACTS)
    fates.write(tmp_path / "rows.xlsx", made, table)
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx")["Rows"]
    assert [row[-3].value for row in sheet.iter_rows()] == [
        "Fate", "imported", "skipped: provider not known",
    ]  # fmt: skip


# --- single cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("3 months", Notice(3, NoticeUnit.MONTHS)),
        ("Three months' written notice", Notice(3, NoticeUnit.MONTHS)),
        ("90 days", Notice(90, NoticeUnit.DAYS)),
        ("30 calendar days", Notice(30, NoticeUnit.DAYS)),
        ("20 business days", Notice(20, NoticeUnit.WORKING_DAYS)),
        ("Minimum 4 weeks", Notice(4, NoticeUnit.WEEKS)),
        ("1 year", Notice(12, NoticeUnit.MONTHS)),
        ("n/a", None),
        ("", None),
        (None, None),
    ],
)
def test_a_notice_period(cell, found):
    assert contract_values.notice(cell) == found


@pytest.mark.parametrize("cell", ["see clause 12", "3", 3, "3 moons", "half a year"])
def test_what_is_no_notice_period(cell):
    with pytest.raises(ValueError, match="Write it as 3 months"):
        contract_values.notice(cell)


def test_yes_no_and_codes():
    assert [contract_values.yes_or_no(cell) for cell in ("Y", True, "no", "", None)] == [
        True, True, False, None, None,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="neither yes nor no"):
        contract_values.yes_or_no("perhaps")
    assert contract_values.standard_codes("FA 0004; st0116/ST0116") == "FA0004; ST0116"
    assert contract_values.standard_codes(None) == ""
    with pytest.raises(ValueError, match="No code of a standard"):
        contract_values.standard_codes("digital")


def test_every_choice_is_read_in_its_own_words_and_as_the_list_shows_it():
    for section, choices in (("regimes", Regime), ("routes", Route), ("data_roles", DataRole)):
        for each in choices:
            shown = f"{each[0].upper()}{each[1:]}"
            assert contract_values.choice(section, choices, each.value) is each
            assert contract_values.choice(section, choices, shown) is each


def test_the_desk_is_asked_which_file(both, bring, tmp_path):
    with pytest.raises(Problem):
        bring(Path(tmp_path / "nothing.csv"), "contracts")
