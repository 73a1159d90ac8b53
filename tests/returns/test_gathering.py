"""What of a desk gets into the return, and what stays at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.vocabulary import (
    Characteristic,
    NoticeUnit,
    PlacementForm,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import apprentices, network, organisation, programmes
from apprentice_desk.records.store import Store
from apprentice_desk.returns.gathering import Gathered, Lists, gather
from apprentice_desk.returns.rows import (
    BarrierLine,
    CharacteristicLine,
    EventLine,
    PledgeLine,
    SecondmentLine,
)
from apprentice_desk.returns.schema import load
from conftest import Make

PERIOD = Quarter.parse("2026-27 Q2")


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )


def gathered(
    store: Store,
    lists: Lists,
    period: Quarter = PERIOD,
    at: datetime = datetime(2026, 10, 6, 9, 30, tzinfo=UTC),
) -> Gathered:
    return store.read(
        gather,
        period,
        lists,
        prepared_at=at,
        prepared_by="HR officer",
        program_version="0.1.0",
    )


def under_way(make: Make, key: UUID | None, **details: object) -> UUID:
    values = {
        "kind": SecondmentKind.REQUEST,
        "apprenticeship_id": key,
        "status": SecondmentStatus.UNDER_WAY,
        "host": "LOTI",
        "home": "E09999999",
        "started_on": date(2026, 7, 6),
    } | details
    return make.secondment(**values)


def test_a_role_that_nobody_is_named_for_is_no_apprentice_and_recruits_nobody(
    store: Store, make: Make, lists: Lists
) -> None:
    with store.change("Pledge") as session:
        organisation.pledge(session, 2026, RoleFamily.SOFTWARE, 3)
    make.apprentice()
    vacant = make.apprentice(
        given_names="", family_name="", training_started_on=None, training_planned_end_on=None,
        weekly_minutes=None,
    )  # fmt: skip
    found = gathered(store, lists)
    assert len(found.content.apprentices) == 1
    assert vacant not in found.ids["apprentices"]
    (line,) = found.content.pledges
    assert (line.pledged, line.recruited) == (3, 0)
    details = store.read(apprentices.held, vacant).details
    with store.change("Name") as session:
        apprentices.correct(session, vacant, replace(details, family_name="Obi"))
    found = gathered(store, lists)
    assert len(found.content.apprentices) == 2
    assert found.content.pledges[0].recruited == 1


class TestSecondments:
    def test_everything_but_who_it_is_leaves_the_borough(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        key = make.apprentice()
        make.hours(key, done_on=date(2026, 7, 6), minutes=90)
        details = {
            "role_family": RoleFamily.SOFTWARE,
            "standard_code": "ST0116",
            "ksbs": "K5; S3",
            "earliest_start_on": date(2026, 7, 1),
            "latest_start_on": date(2026, 8, 3),
            "weeks": 8,
            "pattern": WorkingPattern.HYBRID,
            "area": "Southwark",
            "status": SecondmentStatus.COMPLETED,
            "ended_on": date(2026, 8, 28),
        }
        secondment_id = under_way(make, key, code="XMP-S1", **details)

        found = gathered(store, lists)

        (person,) = found.content.apprentices
        assert found.content.secondments == (
            SecondmentLine(
                secondment_code="XMP-S1",
                kind="request",
                apprentice_code=person.apprentice_code,
                apprenticeship_number=1,
                role_family="software development",
                standard_code="ST0116",
                ksbs="K5; S3",
                home="E09999999",
                host="LOTI",
                earliest_start_on=date(2026, 7, 1),
                latest_start_on=date(2026, 8, 3),
                weeks=8,
                pattern="hybrid",
                area="Southwark",
                status="completed",
                started_on=date(2026, 7, 6),
                ended_on=date(2026, 8, 28),
                logged_hours=Decimal("1.50"),
            ),
        )
        assert found.ids["secondments"] == (secondment_id,)

    def test_hours_are_those_that_count_from_its_start_to_its_end(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        key, other = make.apprentice(), make.apprentice(given_names="Grace")
        for day, minutes in ((5, 1), (6, 30), (10, 60), (11, 600)):
            make.hours(key, done_on=date(2026, 7, day), minutes=minutes)
        make.hours(key, done_on=date(2026, 7, 8), minutes=500, counts=False)
        make.hours(other, done_on=date(2026, 7, 8), minutes=500)
        under_way(make, key, ended_on=date(2026, 7, 10))

        (line,) = gathered(store, lists).content.secondments

        assert line.logged_hours == Decimal("1.50")

    def test_hours_of_one_under_way_go_to_the_end_of_the_period(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        key = make.apprentice()
        make.hours(key, done_on=date(2026, 9, 30), minutes=60)
        make.hours(key, done_on=date(2026, 10, 1), minutes=600)
        under_way(make, key)

        (line,) = gathered(store, lists).content.secondments

        assert line.logged_hours == Decimal("1.00")

    def test_without_an_apprentice_or_a_start_no_hours_are_known(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        key = make.apprentice()
        under_way(make, None, kind=SecondmentKind.OFFER)
        under_way(make, key, status=SecondmentStatus.AGREED, started_on=None)
        under_way(make, key, status=SecondmentStatus.AGREED, started_on=date(2026, 10, 1))

        lines = gathered(store, lists).content.secondments

        assert [line.logged_hours for line in lines] == [None, None, None]
        assert sorted(bool(line.apprentice_code) for line in lines) == [False, True, True]

    def test_drafts_stay_at_home(self, store: Store, make: Make, lists: Lists) -> None:
        make.secondment()
        assert gathered(store, lists).content.secondments == ()

    @pytest.mark.parametrize(
        ("details", "is_sent"),
        [
            ({"ended_on": date(2025, 10, 1)}, True),
            ({"ended_on": date(2025, 9, 30)}, False),
            ({"latest_start_on": date(2025, 9, 30)}, False),
            ({"earliest_start_on": date(2025, 9, 30)}, False),
            ({}, True),
            ({"status": SecondmentStatus.UNDER_WAY, "earliest_start_on": date(2025, 1, 6)}, True),
        ],
    )
    def test_what_was_over_more_than_four_quarters_ago_is_left_out(
        self,
        store: Store,
        make: Make,
        lists: Lists,
        details: dict[str, object],
        *,
        is_sent: bool,
    ) -> None:
        of_old = {"status": SecondmentStatus.COMPLETED, "started_on": None} | details
        under_way(make, None, kind=SecondmentKind.OFFER, **of_old)
        assert len(gathered(store, lists).content.secondments) == is_sent

    def test_one_of_somebody_who_is_not_in_the_return_is_left_out(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        key = make.apprentice(ended_on=date(2025, 8, 29), outcome=Outcome.WITHDRAWN,
                              training_started_on=date(2024, 9, 2))  # fmt: skip
        under_way(make, key, started_on=date(2025, 7, 7))
        found = gathered(store, lists)
        assert (found.content.apprentices, found.content.secondments) == ((), ())


class TestPledges:
    def pledge(self, store: Store, year: int, family: RoleFamily, pledged: int) -> None:
        with store.change("Pledge") as session:
            organisation.pledge(session, year, family, pledged)

    def test_they_say_who_came_and_who_started_by_the_end_of_the_period(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        self.pledge(store, 2026, RoleFamily.SOFTWARE, 4)
        make.standard()
        make.apprentice(training_started_on=date(2026, 9, 30))
        make.apprentice(training_started_on=date(2026, 10, 5))
        make.apprentice(training_started_on=None, weekly_minutes=None)
        make.apprentice(training_started_on=date(2026, 3, 31))  # the year before, not pledged for
        # Recruited, and gone before training began.
        early = make.apprentice(training_started_on=None, weekly_minutes=None)
        with store.change("Withdraw") as session:
            programmes.withdraw(session, early, date(2026, 10, 5), "98")

        found = gathered(store, lists)

        assert found.content.pledges == (
            PledgeLine("2026-27", "software development", pledged=4, recruited=4, started=1),
        )
        assert found.ids["pledges"] != (None,)
        later = gathered(
            store, lists, PERIOD.next(), at=datetime(2027, 1, 8, tzinfo=UTC)
        ).content.pledges
        assert (later[0].recruited, later[0].started) == (3, 2)

    def test_somebody_who_left_after_the_start_was_recruited_and_started(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        self.pledge(store, 2025, RoleFamily.SOFTWARE, 1)
        make.standard()
        make.apprentice(
            training_started_on=date(2025, 4, 7),
            ended_on=date(2025, 4, 30),
            outcome=Outcome.WITHDRAWN,
        )
        found = gathered(store, lists)
        assert found.content.apprentices == ()  # more than four quarters ago
        (line,) = found.content.pledges
        assert (line.programme_year, line.recruited, line.started) == ("2025-26", 1, 1)

    def test_the_year_before_this_one_and_later_ones_are_in_it_in_order(
        self, store: Store, lists: Lists
    ) -> None:
        for year in (2024, 2027, 2025, 2026):
            self.pledge(store, year, RoleFamily.OTHER, 1)
            self.pledge(store, year, RoleFamily.DATA, 0)
        lines = gathered(store, lists).content.pledges
        assert [(line.programme_year, line.role_family) for line in lines] == [
            (year, family) for year in ("2025-26", "2026-27", "2027-28")
            for family in ("data", "other")
        ]  # fmt: skip
        assert {line.pledged for line in lines} == {0, 1}

    def test_who_came_in_a_family_that_nobody_pledged_for_adds_up_too(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        self.pledge(store, 2026, RoleFamily.DATA, 2)
        make.apprentice(training_started_on=date(2026, 9, 7), role_family=RoleFamily.PRODUCT)
        make.apprentice(training_started_on=date(2026, 9, 7), standard_code=None)  # no family
        found = gathered(store, lists)
        assert found.content.pledges == (
            PledgeLine("2026-27", "data", pledged=2, recruited=0, started=0),
            PledgeLine("2026-27", "product", pledged=None, recruited=1, started=1),
        )
        assert found.ids["pledges"][1] is None

    def test_a_borough_without_pledges_has_no_lines(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        make.apprentice(training_started_on=date(2026, 9, 7), role_family=RoleFamily.PRODUCT)
        assert gathered(store, lists).content.pledges == ()


class TestCharacteristics:
    def total(self, store: Store, of: Characteristic, category: str, *counts: int | None) -> None:
        with store.change("Type a total") as session:
            organisation.set_total(session, of, category, *counts)

    def test_small_counts_are_blank_and_each_group_is_looked_at_by_itself(
        self, store: Store, lists: Lists
    ) -> None:
        self.total(store, Characteristic.SEX, "Male", 12, 6)
        self.total(store, Characteristic.SEX, "Female", 3, 0)
        self.total(store, Characteristic.CARE_LEAVER, "Care leaver - no", 15, None)
        self.total(store, Characteristic.CARE_LEAVER, "Care leaver - yes", 0, None)
        self.total(store, Characteristic.DISABILITY, "LLDD - yes", None, None)
        self.total(store, Characteristic.DISABILITY, "Another", 8, 7)

        found = gathered(store, lists)

        assert found.content.characteristics == (
            CharacteristicLine("sex", "Female", None, None, is_suppressed=True),
            CharacteristicLine("sex", "Male", None, None, is_suppressed=True),
            CharacteristicLine("disability", "Another", 8, 7, is_suppressed=False),
            CharacteristicLine("care leaver", "Care leaver - yes", 0, None, is_suppressed=False),
            CharacteristicLine("care leaver", "Care leaver - no", 15, None, is_suppressed=False),
        )
        assert None not in found.ids["characteristics"]


class TestNetworkAndBarriers:
    def test_events_are_those_of_the_programme_year_so_far(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        make.event(name="Too late", held_on=date(2026, 10, 1))
        make.event(name="Last", held_on=date(2026, 9, 30), counted_minutes=90)
        first = make.event(name="First", held_on=date(2026, 4, 1), attended=None)
        off = make.event(name="Called off", held_on=date(2026, 6, 2), attended=None)
        with make.store.change("Cancel") as session:
            network.cancel_event(session, off, date(2026, 6, 1))
        make.event(name="Too early", held_on=date(2026, 3, 31))

        found = gathered(store, lists)

        assert found.content.network == (
            EventLine("First", date(2026, 4, 1), "link-up"),
            EventLine("Last", date(2026, 9, 30), "link-up", 12, Decimal("1.50")),
        )
        assert found.ids["network"][0] == first

    def test_while_the_period_runs_only_what_was_held_is_in_it(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        make.event(held_on=date(2026, 9, 2))
        found = gathered(store, lists, at=datetime(2026, 9, 1, tzinfo=UTC))
        assert found.content.network == ()

    def test_shadowing_and_visits_that_were_are_visits_and_no_secondments(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        ada, grace = make.apprentice(), make.apprentice(given_names="Grace")
        day = date(2026, 7, 6)
        light = {"status": SecondmentStatus.COMPLETED, "weeks": None, "days": 1, "ended_on": day}
        make.hours(ada, done_on=day, minutes=300)
        make.hours(ada, done_on=day, minutes=60, counts=False)
        make.hours(grace, done_on=day, minutes=150)
        for key in (ada, grace):
            under_way(make, key, form=PlacementForm.SHADOWING, **light)
        under_way(make, ada, form=PlacementForm.VISIT, host="E09999998", **light
                  | {"started_on": date(2026, 4, 1), "ended_on": date(2026, 4, 1)})  # fmt: skip
        under_way(make, ada, form=PlacementForm.VISIT, host="technology employer",
                  host_name="x" * 200, **light
                  | {"started_on": date(2026, 4, 2), "ended_on": date(2026, 4, 2)})  # fmt: skip
        for changes in (
            {"status": SecondmentStatus.AGREED, "started_on": None, "ended_on": None},
            {"started_on": None, "ended_on": None},
            {"started_on": date(2026, 3, 31), "ended_on": date(2026, 3, 31)},
            {"started_on": date(2026, 10, 1), "ended_on": date(2026, 10, 1)},
            {"apprenticeship_id": None, "kind": SecondmentKind.OFFER},
        ):
            values = light | {"key": ada, "form": PlacementForm.VISIT} | changes
            values["key"] = values.pop("apprenticeship_id", values["key"])
            under_way(make, **values)

        found = gathered(store, lists)

        assert found.content.secondments == ()
        assert found.content.network == (
            EventLine("Visit to Sampleford", date(2026, 4, 1), "visit", 1),
            EventLine(f"Visit to {'x' * 191}", date(2026, 4, 2), "visit", 1),
            EventLine("Shadowing with LOTI", day, "visit", 2, Decimal("3.75")),
        )
        assert found.ids["network"] == (None, None, None)

    def test_barriers_are_those_that_loti_may_see(
        self, store: Store, make: Make, lists: Lists
    ) -> None:
        make.barrier()
        seen = make.barrier(
            what_stands_in_the_way="Laptops come late",
            what_helped="A pool of laptops",
            is_help_wanted=True,
            may_be_seen_by_loti=True,
            may_be_shared=True,
        )
        found = gathered(store, lists)
        assert found.content.barriers == (
            BarrierLine(
                "time for training",
                "Laptops come late",
                "A pool of laptops",
                is_help_wanted=True,
                may_be_shared=True,
            ),
        )
        assert found.ids["barriers"] == (seen,)


def test_a_leaver_says_only_the_kind_of_reason(store: Store, make: Make, lists: Lists) -> None:
    key = make.apprentice()
    with store.change("Withdraw") as session:
        programmes.withdraw(session, key, date(2026, 9, 4), leaving_reason="3")
    (line,) = gathered(store, lists).content.apprentices
    assert (line.status, line.withdrawal_group) == ("withdrawn", "personal")


def test_a_review_is_on_time_if_it_was_held_by_the_day_when_it_was_due(
    store: Store, make: Make, lists: Lists
) -> None:
    key = make.apprentice(contract_id=make.contract())
    make.review(key, due_on=date(2026, 7, 3), held_on=date(2026, 7, 3))
    make.review(key, due_on=date(2026, 8, 3), held_on=date(2026, 8, 4))
    make.review(key, due_on=date(2026, 9, 3))
    make.review(key, due_on=date(2026, 6, 30), held_on=date(2026, 6, 30))
    (line,) = gathered(store, lists).content.contracts
    assert line.reviews_on_time_percent == Decimal("33.3")


def test_the_last_day_for_notice_is_worked_out_unless_it_is_typed(
    store: Store, make: Make, lists: Lists
) -> None:
    period = {"notice_count": 1, "notice_unit": NoticeUnit.MONTHS, "ends_on": date(2027, 2, 28)}
    make.contract(reference="A", **period)
    make.contract(reference="B", **period, notice_by_on=date(2027, 1, 4))
    make.contract(reference="C")
    days = [line.notice_by_on for line in gathered(store, lists).content.contracts]
    assert days == [date(2027, 1, 31), date(2027, 1, 4), None]


def test_every_line_has_the_key_of_its_record(store: Store, make: Make, lists: Lists) -> None:
    contract_id = make.contract()
    key = make.apprentice(contract_id=contract_id)

    found = gathered(store, lists)

    assert set(found.ids) == {sheet.resource for sheet in load().sheets}
    for resource, keys in found.ids.items():
        assert len(keys) == len(found.content.lines(resource))
    assert (found.ids["apprentices"], found.ids["contracts"]) == ((key,), (contract_id,))
    assert found.content.apprentices[0].ksb_total is None  # the desk holds no ratings of KSBs


def test_what_is_agreed_under_a_contract_counts_those_who_ended_long_ago_too(
    store: Store, make: Make, lists: Lists
) -> None:
    """Else more would be paid than is agreed as soon as somebody drops out of the return."""
    contract_id = make.contract()
    long_ago = make.apprentice(
        training_started_on=date(2022, 9, 1),
        training_planned_end_on=date(2024, 2, 29),
        contract_id=contract_id,
        agreed_price=Decimal("9000.00"),
    )
    make.apprentice(family_name="Now", contract_id=contract_id, agreed_price=Decimal("4000.00"))
    with store.change("Leave") as session:
        programmes.withdraw(session, long_ago, date(2024, 2, 1), "40")

    found = gathered(store, lists).content
    assert len(found.apprentices) == 1
    (line,) = found.contracts
    assert line.agreed_to_date == Decimal("13000.00")
    assert line.live_apprentices == 1
