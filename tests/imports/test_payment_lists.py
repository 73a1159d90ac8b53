"""Lists of payments: matched to contract and apprentice, and held against what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.imports import fates, steps, values
from apprentice_desk.imports.fields import Kind, payment_words
from apprentice_desk.imports.rows import Fate, Near
from apprentice_desk.imports.steps import Given
from apprentice_desk.records import apprentices, contracts, payments, programme_changes
from imports.conftest import TODAY
from records.dumps import dump

HEADINGS = ["Contract", "Apprentice", "Payment date", "Amount", "Invoice number", "Description"]


@pytest.fixture
def borough(store, make):
    """Two providers with three contracts; Ada is due £573.33 a month from September 2025 on."""
    thames = make.provider(name="Thamesbank College", ukprn="19990009")
    kestrel = make.provider(name="Kestrel Training", ukprn="19990017")
    first = make.contract(reference="XMP-2026-099", provider_id=thames)
    second = make.contract(reference="XMP-2026-100", provider_id=thames)
    third = make.contract(reference="KES/1", provider_id=kestrel)
    money = {"agreed_price": Decimal("17200.00"), "funding_band_maximum": Decimal("18000.00")}
    return SimpleNamespace(
        first=first,
        second=second,
        third=third,
        kestrel=kestrel,
        ada=make.apprentice(
            given_names="Ada", family_name="Obi", uln="1000000043", contract_id=first, **money
        ),
        noor=make.apprentice(given_names="Noor", family_name="Rahman", contract_id=second, **money),
        una=make.apprentice(given_names="Una", family_name="Unpriced", contract_id=third),
        free=make.apprentice(given_names="Fay", family_name="Free"),
    )


def rows_of(report):
    return [
        (row.fate.value, row.reason, [f.code for f in row.findings]) for row in report.review.rows
    ]


def entries(report):
    return [entry for _, entry in report.review.entries()]


def one(bring, listed, *cells, headings=HEADINGS, **options):
    """Bring in a list with one row; return its reviewed row."""
    report = bring(listed([headings, cells]), "payments", **options)
    (row,) = report.review.rows
    return row


# --- what comes in --------------------------------------------------------------------------------


def test_payments_come_in_with_contract_apprentice_and_invoice(bring, listed, store, borough):
    path = listed(
        [
            HEADINGS,
            ["XMP-2026-099", "Ada Obi", "05/12/2025", "£1,719.99", "T-7", "September to November"],
            ["xmp 2026 099", "", "06/12/2025", "100", "Invoice 8", ""],
            ["", "Noor Rahman", "31/08/2026", "(25.50)", "", "n/a"],
        ]
    )
    before = dump(store)
    report = bring(path, "payments")
    assert report.label == "Import 3 payments from list.csv"
    found = [
        (r.contract_reference, r.apprentice_name, r.paid_on, r.paid, r.kind, r.note)
        for r in reversed(store.read(contracts.payment_rows))
    ]
    assert found == [
        (
            "XMP-2026-099", "Ada Obi", date(2025, 12, 5), Decimal("1719.99"), None,
            "Invoice T-7, September to November",
        ),
        ("XMP-2026-099", "", date(2025, 12, 6), Decimal("100.00"), None, "Invoice 8"),
        (
            "XMP-2026-100", "Noor Rahman", date(2026, 8, 31), Decimal("-25.50"),
            PaymentKind.REFUND, "",
        ),
    ]  # fmt: skip
    store.undo(store.undoable().number)
    assert dump(store) == before


def test_each_row_says_what_is_left_to_pay_of_what_was_due(bring, listed, borough):
    """Three months, £1,719.99, are due by 5 December; the row after knows of the one before."""
    path = listed(
        [
            HEADINGS,
            ["XMP-2026-099", "Ada Obi", "05/12/2025", "1000", "", ""],
            ["XMP-2026-099", "Ada Obi", "06/12/2025", "719.99", "", ""],
            ["XMP-2026-099", "Ada Obi", "07/12/2025", "0.01", "", ""],
            ["XMP-2026-099", "", "08/12/2025", "5", "", ""],
            ["KES/1", "Una Unpriced", "08/12/2025", "5", "", ""],
            ["KES/1", "", "08/12/2025", "6", "", ""],
        ]
    )
    report = bring(path, "payments", dry_run=True)
    assert [each.left for each in entries(report)] == [
        Decimal("719.99"), Decimal("0.00"), Decimal("-0.01"), Decimal("-5.01"), None, None,
    ]  # fmt: skip
    said = [[note.message for note in row.findings] for row in report.review.rows]
    assert said[:2] == [[], []]
    assert said[2] == ["With it £0.01 more than was due for Ada Obi up to 7 Dec 2025 is paid."]
    assert said[3] == [
        "With it £5.01 more than was due under XMP-2026-099 up to 8 Dec 2025 is paid."
    ]
    assert said[4] == ["What is due for Una Unpriced cannot be said. No price is recorded."]
    assert said[5] == [
        "What is due under KES/1 cannot be said. What is due is not known of everybody on the"
        " contract."
    ]
    notes = [note.message for note in report.review.notes]
    assert notes == [
        "Contract KES/1: £11.00 come in; with them it is not known what is still to pay of what is"
        " due up to 8 Dec 2025.",
        "Contract XMP-2026-099: £1,725.00 come in; with them £5.01 more is paid than is due up to"
        " 8 Dec 2025.",
    ]


@pytest.mark.parametrize(
    ("paid", "says"),
    [
        ("1719.99", "with them all that is due is paid up to 5 Dec 2025."),
        ("1719.98", "with them £0.01 is still to pay of what is due up to 5 Dec 2025."),
    ],
)
def test_the_contract_says_how_it_stands_with_the_list(bring, listed, borough, paid, says):
    cells = ["XMP-2026-099", "Ada Obi", "05/12/2025", paid, "", ""]
    report = bring(listed([HEADINGS, cells]), "payments", dry_run=True)
    assert report.review.notes[0].message.endswith(says)


def test_what_the_desk_has_paid_counts_and_money_that_comes_back_is_no_warning(
    bring, listed, store, borough
):
    with store.change("Pay") as session:
        payments.pay(session, borough.first, date(2025, 11, 1), Decimal("2000.00"), borough.ada)
        payments.pay(session, borough.first, date(2026, 1, 1), Decimal("999.00"), borough.ada)
    row = one(bring, listed, "XMP-2026-099", "Ada Obi", "05/12/2025", "-80.01", "", "")
    assert row.entry.left == Decimal("-200.00")
    assert row.findings == ()


# --- what stays out -------------------------------------------------------------------------------


def test_what_is_there_already_or_stands_twice_stays_out_until_it_is_taken_in(
    bring, listed, store, borough
):
    with store.change("Pay") as session:
        payments.pay(session, borough.first, date(2025, 12, 5), Decimal("10.00"), borough.ada)
    again = ["XMP-2026-099", "Ada Obi", "05/12/2025", "10", "", ""]
    other = ["XMP-2026-099", "Ada Obi", "06/12/2025", "10", "T-9", ""]
    report = bring(listed([HEADINGS, again, again, other, other]), "payments", dry_run=True)
    assert rows_of(report) == [
        ("skipped", "The desk has a payment of this amount on this day, for the same.", []),
        ("skipped", "The desk has a payment of this amount on this day, for the same.", []),
        ("imported", "", []),
        ("skipped", "The same as row 4 in every field.", []),
    ]
    review = report.review
    assert [row.is_twin for row in review.offers] == [True, True, True]
    assert review.tick(2).count(Fate.IMPORTED) == 2
    bring(listed([HEADINGS, other]), "payments")
    assert one(bring, listed, *other).fate is Fate.SKIPPED, "the same list a second time"
    another = [*other[:4], "T-10", ""]
    assert one(bring, listed, *another).fate is Fate.IMPORTED, "another invoice"


@pytest.mark.parametrize(
    ("cells", "fate", "said"),
    [
        (["", "", "05/12/2025", "", "", "Total"], "skipped", "totals"),
        (["", "", "Paid by hand:", "", "", ""], "skipped", "Only “"),
        (["Total", "", "", "100", "", ""], "skipped", "total"),
        (["XMP-2026-099", "Ada Obi", "", "10", "", ""], "skipped", "not paid yet"),
        (["XMP-2026-099", "Ada Obi", "05/12/2025", "0.00", "", ""], "skipped", "Nothing was paid"),
    ],
)
def test_rows_that_are_no_payment_are_left_out(bring, listed, borough, cells, fate, said):
    row = one(bring, listed, *cells, dry_run=True)
    assert row.fate.value == fate
    assert said.casefold() in row.reason.casefold()


@pytest.mark.parametrize(
    ("cells", "code", "says"),
    [
        (["XMP-1", "Ada Obi", "05/12/2025", "10", "", ""], "IM481", "There is no contract XMP-1"),
        (["XMP-2026-100", "Ada Obi", "05/12/2025", "10", "", ""], "IM483",
         "Ada Obi is not on XMP-2026-100, and never was."),
        (["", "Fay Free", "05/12/2025", "10", "", ""], "IM483", "Fay Free is not on a contract"),
        (["", "", "05/12/2025", "10", "", "x"], "IM482", "does not say under which contract"),
        (["", "Zed Nobody", "05/12/2025", "10", "", ""], "IM202", "There is no Zed Nobody"),
        (["XMP-2026-099", "Ada Obi", "02/09/2026", "10", "", ""], "PM004",
         "2 Sep 2026 is still to come."),
        (["XMP-2026-099", "Ada Obi", "Dec 2025", "10", "", ""], "IM101", "This is a month"),
        (["XMP-2026-099", "Ada Obi", "05/12/2025", "ten", "", ""], "IM480", "not an amount"),
        (["XMP-2026-099", "Ada Obi", "05/12/2025", "10", "", "x" * 501], "TX001", "501 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_cell(bring, listed, borough, cells, code, says):
    row = one(bring, listed, *cells, dry_run=True)
    assert row.fate is Fate.REFUSED
    assert [finding.code for finding in row.findings] == [code]
    assert says in row.findings[0].message


OF_INVOICES = ["Contract", "Apprentice", "Date paid", "Amount", "Status"]


@pytest.mark.parametrize(
    "status",
    [
        "Unpaid", "NOT PAID", "On hold", "Rejected by budget holder", "Cancelled", "Disputed",
        "Draft", "Overdue", "Awaiting approval", "Pending",
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Status", "Payment status"])
def test_a_row_whose_status_says_that_it_is_not_paid_stays_out(
    bring, listed, borough, heading, status
):
    cells = ["KES/1", "", "05/12/2025", "10", status]
    row = one(bring, listed, *cells, headings=[*OF_INVOICES[:-1], heading], dry_run=True)
    assert (row.fate, row.waits) == (Fate.SKIPPED, True)
    assert row.reason == (
        f"Its status is “{status}”, so it is not paid. Take it in once it is paid."
    )
    assert fates.words(row) == "skipped: not paid by its status"
    assert row.place.heading == heading


def test_what_was_not_paid_can_be_ticked_in_once_it_is(bring, listed, borough, store):
    rows = [
        ["XMP-2026-099", "Ada Obi", "05/12/2025", "10", "Pending"],
        ["XMP-2026-099", "Ada Obi", "", "11", "Pending"],  # no day
        ["XMP-2026-099", "Ada Obi", "02/09/2026", "12", "Pending"],  # still to come
        ["XMP-9", "Ada Obi", "05/12/2025", "13", "Pending"],
    ]
    report = bring(listed([OF_INVOICES, *rows]), "payments", dry_run=True)
    assert [row.fate for row in report.review.rows] == [Fate.SKIPPED] * 4
    assert [row.offered is not None for row in report.review.rows] == [True, False, False, False]
    number = report.review.rows[0].number
    ticked = report.review.tick(number)
    assert [entry.paid for _, entry in ticked.entries()] == [Decimal("10.00")]
    with store.change("Pay") as session:
        payments.pay(session, borough.first, date(2025, 12, 5), Decimal("10.00"), borough.ada)
    again = one(bring, listed, *rows[0], headings=OF_INVOICES, dry_run=True)
    assert (again.is_twin, again.waits) == (True, False)


def test_a_sum_for_nobody_and_for_somebody_on_one_day_is_doubted(bring, listed, borough, store):
    lump = ["XMP-2026-099", "", "05/12/2025", "10", "", ""]
    hers = ["XMP-2026-099", "Ada Obi", "05/12/2025", "10", "", ""]
    report = bring(listed([HEADINGS, lump, hers]), "payments", dry_run=True)
    assert rows_of(report) == [
        ("imported", "", []),
        (
            "skipped",
            "Row 2 has this amount on this day for nobody in particular: it may be the same"
            " payment.",
            [],
        ),
    ]
    (_, row) = report.review.rows
    assert row.is_twin
    assert report.review.tick(3).count(Fate.IMPORTED) == 2
    turned = bring(listed([HEADINGS, hers, lump]), "payments", dry_run=True)
    assert turned.review.rows[1].reason.startswith("Row 2 has this amount on this day for somebody")
    apart = [
        [HEADINGS, lump, [*hers[:2], "06/12/2025", "10", "", ""]],
        [HEADINGS, lump, [*hers[:3], "10.01", "", ""]],
        [HEADINGS, [*lump[:4], "T-1", ""], [*hers[:4], "T-2", ""]],
    ]
    for table in apart:
        found = bring(listed(table), "payments", dry_run=True)
        assert found.review.count(Fate.IMPORTED) == 2, table
    same = [HEADINGS, [*lump[:4], "T-1", ""], [*hers[:4], "T-1", ""]]
    assert bring(listed(same), "payments", dry_run=True).review.count(Fate.IMPORTED) == 1
    with store.change("Pay") as session:
        payments.pay(session, borough.first, date(2025, 12, 5), Decimal("10.00"))
    row = one(bring, listed, *hers, dry_run=True)
    assert row.reason.startswith("The desk has this amount on this day for nobody in particular")


@pytest.mark.parametrize("status", ["Paid", "Cleared", "Holding account", "n/a", ""])
def test_another_status_keeps_no_payment_out(bring, listed, borough, status):
    cells = ["KES/1", "", "05/12/2025", "10", status]
    assert one(bring, listed, *cells, headings=OF_INVOICES, dry_run=True).fate is Fate.IMPORTED


def test_the_status_of_a_learner_says_nothing_about_a_payment(bring, listed, borough):
    headings = [*OF_INVOICES[:-1], "Learner status"]
    cells = ["KES/1", "", "05/12/2025", "10", "On hold"]
    assert one(bring, listed, *cells, headings=headings, dry_run=True).fate is Fate.IMPORTED


@pytest.mark.parametrize("heading", ["Invoice date", "Document date", "Invoice Date", "Due date"])
def test_the_day_of_an_invoice_is_no_day_of_payment_but_where_a_person_says_so(
    listed, store, borough, rules, heading
):
    path = listed(
        [["Contract", "Apprentice", heading, "Invoice no", "Amount"],
         ["KES/1", "", "05/12/2025", "T-1", "10"]]
    )  # fmt: skip
    journey = steps.choose(steps.begin(Kind.PAYMENTS), path)
    assert journey.matching.missing == ("the day of payment",)
    journey = steps.hold(journey, 2, "paid_on")
    journey = steps.review(journey, store, Given(rules, {}, {}, TODAY))
    assert [entry.details.paid_on for _, entry in journey.review.entries()] == [date(2025, 12, 5)]


def test_a_list_with_only_the_day_of_invoices_records_nothing_by_itself(bring, listed, borough):
    headings = ["Contract", "Supplier", "Learner", "Invoice date", "Invoice no", "Amount"]
    cells = ["KES/1", "Kestrel Training", "", "05/12/2025", "T-1", "10"]
    with pytest.raises(Problem, match="was chosen for the day of payment"):
        bring(listed([headings, cells]), "payments")


# --- which contract -------------------------------------------------------------------------------

OF_PROVIDER = ["Supplier", "UKPRN", "Learner", "ULN", "Date paid", "Net amount"]


@pytest.mark.parametrize(
    ("cells", "reference"),
    [
        (["Kestrel Training", "", "", "", "05/12/2025", "10"], "KES/1"),
        (["", "19990017", "", "", "05/12/2025", "10"], "KES/1"),
        (["thamesbank college", "", "Noor Rahman", "", "05/12/2025", "10"], "XMP-2026-100"),
        (["", "", "", "1000000043", "05/12/2025", "10"], "XMP-2026-099"),
    ],
)
def test_the_contract_follows_from_provider_and_apprentice(
    bring, listed, borough, cells, reference
):
    row = one(bring, listed, *cells, headings=OF_PROVIDER, dry_run=True)
    assert row.entry.contract == reference


@pytest.mark.parametrize(
    ("said", "reference"),
    [
        ("LBH/1/12", "LBH/1/12"), ("lbh/11/2", "LBH/11/2"), ("LBH 11-2", "LBH/11/2"),
        ("LBH1/12", "LBH/1/12"), ("LBH/112", None), ("LBH-112", None), ("lbh-3-4", "LBH 3 4"),
        ("LBH34", "LBH 3 4"), ("LBH/34", None), ("!", None),
    ],
)  # fmt: skip
def test_a_reference_means_the_contract_that_has_just_it(
    bring, listed, make, borough, said, reference
):
    for each in ("LBH/1/12", "LBH/11/2", "LBH 3 4"):
        make.contract(reference=each, provider_id=borough.kestrel)
    row = one(bring, listed, said, "", "05/12/2025", "10", "", "", dry_run=True)
    assert (row.entry and row.entry.contract) == reference
    if reference is None:
        assert row.findings[0].message == f"There is no contract {said} in the desk."


def test_a_reference_that_may_be_two_contracts_is_neither(bring, listed, make, borough):
    for each in ("LBH/1/12", "LBH/11/2"):
        make.contract(reference=each, provider_id=borough.kestrel)
    row = one(bring, listed, "LBH112", "", "05/12/2025", "10", "", "", dry_run=True)
    assert [finding.code for finding in row.findings] == ["IM481"]
    assert row.findings[0].message in (
        "LBH112 may mean any of LBH/1/12 or LBH/11/2.",
        "LBH112 may mean any of LBH/11/2 or LBH/1/12.",
    )


WITH_BOTH = ["Contract", *OF_PROVIDER]


@pytest.fixture
def moved(store, make, borough):
    """Ada has been on contracts of both providers; Marsh Barn has one too."""
    barn = make.provider(name="Marsh Barn Limited", ukprn=None)
    make.contract(reference="MB/1", provider_id=barn)
    make.provider(name="Reed Skills", ukprn="19990025")
    with store.change("Move") as session:
        programme_changes.change_provider(
            session, borough.ada, date(2026, 3, 1), borough.kestrel, borough.third
        )


@pytest.mark.parametrize(
    ("cells", "reference"),
    [
        (["", "The Marsh Barn Ltd.", "", "", ""], "MB/1"),
        (["MB 1", "MARSH BARN LTD", "", "", ""], "MB/1"),
        (["KES/1", "", "19990017", "", ""], "KES/1"),
        (["", "kestrel training", "19990017", "Ada Obi", ""], "KES/1"),
        (["", "Kestrel", "19990017", "Ada Obi", ""], "KES/1"),
        (["", "KESTREL TRAINING LTD", "", "", ""], "KES/1"),
        (["", "Marsh Barn", "", "", ""], "MB/1"),
    ],
)
def test_a_provider_is_known_whatever_its_capitals_and_ltd(bring, listed, moved, cells, reference):
    cells = [*cells, "05/12/2025", "10"]
    row = one(bring, listed, *cells, headings=WITH_BOTH, dry_run=True)
    assert row.entry.contract == reference
    assert {"IM487", "IM488", "IM489"}.isdisjoint(finding.code for finding in row.findings)


@pytest.mark.parametrize(
    ("cells", "code", "says"),
    [
        (["", "Thamesbnk Colege", "", "Noor Rahman", ""], "IM487",
         "The desk has no provider called Thamesbnk Colege."),
        (["", "", "19990033", "Noor Rahman", ""], "IM487", "The desk has no provider called 1999"),
        (["", "Reed Skills", "", "Noor Rahman", ""], "IM487",
         "The desk has no contract with Reed Skills."),
        (["KES/1", "Thamesbank College", "", "Ada Obi", ""], "IM488",
         "Contract KES/1 is with Kestrel Training, not with Thamesbank College."),
        (["KES/1", "", "19990009", "Ada Obi", ""], "IM488",
         "Contract KES/1 is with Kestrel Training, not with Thamesbank College."),
        (["KES/1", "Somebody Else", "", "", ""], "IM488",
         "Contract KES/1 is with Kestrel Training, not with Somebody Else."),
        (["", "Thamesbank College", "19990017", "Ada Obi", ""], "IM488",
         "The desk has Thamesbank College with the UKPRN 19990009."),
        (["", "Kestrel Training", "19990033", "Ada Obi", ""], "IM488",
         "The desk has Kestrel Training with the UKPRN 19990017."),
        (["", "Marsh Barn Ltd", "19990017", "Ada Obi", ""], "IM488",
         "The desk has Marsh Barn Limited as another provider."),
    ],
)  # fmt: skip
def test_a_provider_that_is_not_the_one_keeps_the_row_out(bring, listed, moved, cells, code, says):
    cells = [*cells, "05/12/2025", "10"]
    row = one(bring, listed, *cells, headings=WITH_BOTH, dry_run=True)
    assert row.fate is Fate.REFUSED
    assert [finding.code for finding in row.findings] == [code]
    assert row.findings[0].message.startswith(says)


def test_of_two_firms_that_differ_in_their_form_alone_neither_is_guessed(
    bring, listed, make, moved
):
    make.provider(name="Marsh Barn plc", ukprn=None)
    cells = ["", "Marsh Barn", "", "", "", "05/12/2025", "10"]
    row = one(bring, listed, *cells, headings=WITH_BOTH, dry_run=True)
    assert [finding.code for finding in row.findings] == ["IM487"]


def test_a_ukprn_under_quite_another_name_is_noted(bring, listed, moved):
    cells = ["", "Zedworks", "19990017", "Ada Obi", "", "05/12/2025", "10"]
    row = one(bring, listed, *cells, headings=WITH_BOTH, dry_run=True)
    assert row.entry.contract == "KES/1"
    assert [f.message for f in row.findings if f.code == "IM489"] == [
        "The desk calls the provider with this UKPRN Kestrel Training."
    ]


def test_of_several_contracts_none_is_guessed(bring, listed, store, borough):
    cells = ["Thamesbank College", "", "", "", "05/12/2025", "10"]
    row = one(bring, listed, *cells, headings=OF_PROVIDER, dry_run=True)
    assert row.findings[0].message == "This may be under any of XMP-2026-099 or XMP-2026-100."
    elsewhere = ["Kestrel Training", "", "Ada Obi", "", "05/12/2025", "10"]
    row = one(bring, listed, *elsewhere, headings=OF_PROVIDER, dry_run=True)
    assert row.findings[0].message == "Ada Obi is not on KES/1, and never was."
    with store.change("Move") as session:
        programme_changes.change_provider(
            session, borough.ada, date(2026, 3, 1), borough.kestrel, borough.third
        )
    both = ["", "", "Ada Obi", "", "05/12/2025", "10"]
    row = one(bring, listed, *both, headings=OF_PROVIDER, dry_run=True)
    assert row.findings[0].message == "Ada Obi is or was on KES/1 or XMP-2026-099."
    first = ["Thamesbank College", "", "Ada Obi", "", "05/12/2025", "10"]
    row = one(bring, listed, *first, headings=OF_PROVIDER, dry_run=True)
    assert (row.entry.contract, row.entry.left) == ("XMP-2026-099", Decimal("1709.99"))


def test_of_two_people_of_one_name_whoever_is_on_the_contract_is_meant(
    bring, listed, make, borough
):
    other = make.apprentice(given_names="Ada", family_name="Obi", contract_id=borough.second)
    cells = ["Ada Obi", "05/12/2025", "10", "", ""]
    row = one(bring, listed, "XMP-2026-100", *cells)
    assert row.entry.details.apprenticeship_id == other
    for contract in ("", "KES/1"):
        row = one(bring, listed, contract, *cells)
        assert row.findings[0].message == "2 apprentices are called Ada Obi."


def test_of_two_apprenticeships_on_a_contract_the_one_that_had_begun_is_meant(
    bring, listed, store, borough
):
    held = store.read(apprentices.held, borough.ada)
    details = replace(
        held.details,
        training_started_on=date(2026, 8, 3),
        training_planned_end_on=date(2027, 8, 31),
        standard_code="ST0118",
    )
    with store.change("Enrol again") as session:
        second = apprentices.enrol(session, details, apprentice_id=held.apprentice_id)
    before = one(bring, listed, "XMP-2026-099", "Ada Obi", "05/12/2025", "10", "", "")
    after = one(bring, listed, "XMP-2026-099", "Ada Obi", "31/08/2026", "10", "", "")
    assert before.entry.details.apprenticeship_id == borough.ada
    assert after.entry.details.apprenticeship_id == second


def test_a_name_that_is_like_somebodys_is_asked_for_and_remembered_in_the_list(
    listed, store, borough, rules
):
    path = listed([HEADINGS, ["", "Ada Obbi", "05/12/2025", "10", "", ""]])
    given = Given(rules, {}, {}, TODAY)
    journey = steps.review(steps.choose(steps.begin(Kind.PAYMENTS), path), store, given)
    (row,) = journey.review.rows
    assert [near.name for near in row.near] == ["Ada Obi"]
    assert isinstance(row.near[0], Near)
    journey = steps.review(steps.mean(journey, row.near[0]), store, given)
    assert journey.review.count(Fate.IMPORTED) == 1
    assert steps.bring_in(journey, store).applied.rows == 1


# --- amounts and kinds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("£1,719.99", "1719.99"), (573.33, "573.33"), (12, "12.00"), ("(25.50)", "-25.50"),
        ("-£25.50", "-25.50"), ("−25.50", "-25.50"), ("25.50 CR", "-25.50"), (-25.5, "-25.50"),
        ("n/a", None), ("", None), (None, None), ("(n/a)", None), ("-", None),
    ],
)  # fmt: skip
def test_an_amount_may_come_back_in_several_ways(cell, expected):
    found = values.signed_pounds(cell)
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize("cell", ["ten", "(ten)", True])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(ValueError, match="not an amount of money"):
        values.signed_pounds(cell)


WITH_CREDITS = ["Contract", "Date", "Debit", "Credit", "Type"]


@pytest.mark.parametrize(
    ("cells", "paid", "kind", "note"),
    [
        (["100", "", "Monthly instalment"], "100.00", PaymentKind.TRAINING, ""),
        (["100", "", "Completion"], "100.00", PaymentKind.COMPLETION, ""),
        (["-100", "", "Credit note 7"], "-100.00", PaymentKind.REFUND, ""),
        (["", "40", ""], "-40.00", PaymentKind.REFUND, ""),
        (["", "-40", "Training"], "-40.00", PaymentKind.REFUND, ""),
        (["100", "", "Cheese"], "100.00", None, "Cheese"),
        (["100", "", "End-point assessment"], "100.00", PaymentKind.COMPLETION, ""),
        (["100", "", "EPA fee"], "100.00", PaymentKind.COMPLETION, ""),
        (["100", "", "BACS credit"], "100.00", None, "BACS credit"),
        (["100", "", "Direct Credit"], "100.00", None, "Direct Credit"),
        (["100", "", "Accredited course"], "100.00", None, "Accredited course"),
        (["100", "", "Department"], "100.00", None, "Department"),
        (["100", "", "Repayment"], "100.00", None, "Repayment"),
        (["100", "", "Preparation"], "100.00", None, "Preparation"),
        (["100", "", "Another"], "100.00", None, "Another"),
    ],
)
def test_what_it_is_for_is_known_by_its_words(bring, listed, borough, cells, paid, kind, note):
    row = one(bring, listed, "KES/1", "05/12/2025", *cells, headings=WITH_CREDITS, dry_run=True)
    assert row.entry.paid == Decimal(paid)
    assert row.entry.details.amount == abs(Decimal(paid))
    assert (row.entry.details.kind, row.entry.details.note) == (kind, note)


def test_a_refund_by_its_words_alone_waits_for_a_persons_word(bring, listed, borough):
    lists = [
        ["Contract", "Date", "Debit", "Credit", "Type"],
        ["KES/1", "05/12/2025", "100", "", "Credit note 7"],
        ["KES/1", "06/12/2025", "", "40", "Refund"],
    ]
    review = bring(listed(lists), "payments", dry_run=True).review
    row, other = review.rows
    assert (row.fate, row.waits, row.is_twin) == (Fate.SKIPPED, True, False)
    assert row.reason == (
        "“Credit note 7” says that the £100.00 came back, and the amount has no minus. Take it in"
        " if it is a refund; if it was paid, correct the words."
    )
    assert fates.words(row) == "skipped: refund or payment"
    assert other.fate is Fate.IMPORTED, "it stands among the credits"
    assert review.notes[0].message.startswith("Contract KES/1: −£40.00 come in")
    taken = review.tick(row.number).rows[0].entry
    assert (taken.paid, taken.details.kind) == (Decimal("-100.00"), PaymentKind.REFUND)


def test_a_row_that_was_paid_and_came_back_is_asked_to_be_parted(bring, listed, borough):
    row = one(
        bring, listed, "KES/1", "05/12/2025", "1", "2", "", headings=WITH_CREDITS, dry_run=True
    )
    assert "Part it into two rows." in row.findings[0].remedy


def test_every_kind_of_payment_has_words_of_its_own():
    assert {kind for _, kind in payment_words()} == set(PaymentKind)
    words = [word for word, _ in payment_words()]
    assert len(set(words)) == len(words)


def test_a_list_of_something_else_is_declined(bring, listed, borough):
    log = listed([["Name", "Date", "Hours"], ["Ada Obi", "05/01/2026", "1"]])
    with pytest.raises(Problem, match="does not look like a list of payments"):
        bring(log, "payments")
