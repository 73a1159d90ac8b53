"""Versions of standards in a desk: loaded, corrected, removed, followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.standards import Duty, Ksb, Option
from apprentice_desk.domain.standards_comparing import Kind
from apprentice_desk.records import apprentices, standard_uses, standard_versions, version_stays
from apprentice_desk.records.programme_changes import ProgrammeChange
from apprentice_desk.records.standard_uses import VersionAnswers, VersionMove, VersionUse
from apprentice_desk.records.standard_versions import known_ksbs, load_version
from records.acting import GONE, changing
from records.acts_on_learning import FIRST_VERSION, NEXT_VERSION

DAY = date(2026, 9, 1)


def load(store, details=FIRST_VERSION, day=DAY):
    return changing(store, lambda session: load_version(session, details, day), "Load")


def test_what_was_loaded_is_what_is_read(store):
    loaded = load(store)
    assert loaded.is_new
    held = store.read(standard_versions.version_details, loaded.id)
    assert held.details == FIRST_VERSION
    assert held.loaded_on == DAY
    assert store.read(standard_versions.find_version, "ST0116", "1.0") == held
    assert store.read(standard_versions.find_version, "ST0116", "1.1") is None
    assert store.read(standard_versions.versions_of, "ST0116") == (held,)
    [row] = store.read(standard_versions.version_rows)
    assert (row.id, row.version, row.ksb_count, row.is_official) == (loaded.id, "1.0", 3, True)


def test_codes_and_texts_are_kept_in_their_normal_form(store):
    odd = replace(
        FIRST_VERSION,
        standard_code="st0116",
        version="v1",
        title=" Developer ",
        ksbs=(Ksb("K1", " Records "),),
        options=(),
        duties=(Duty(1, " Answers "),),
    )
    load(store, odd)
    held = store.read(standard_versions.find_version, "ST0116", "1.0")
    assert (held.details.title, held.details.ksbs) == ("Developer", (Ksb("K1", "Records"),))
    assert held.details.duties == (Duty(1, "Answers"),)


def test_a_version_loaded_twice_says_what_changed(store):
    first = load(store)
    again = load(store, replace(NEXT_VERSION, version="1.0"), date(2026, 10, 1))
    assert again.id == first.id
    assert not again.is_new
    assert {(each.kind, each.about) for each in again.comparison.ksbs} == {
        (Kind.REWORDED, "K1"), (Kind.DROPPED, "K2"), (Kind.OPTIONS, "S1"), (Kind.ADDED, "B1"),
    }  # fmt: skip
    held = store.read(standard_versions.version_details, first.id)
    assert held.details == replace(NEXT_VERSION, version="1.0")
    assert held.loaded_on == date(2026, 10, 1)


def test_the_same_again_changes_nothing(store):
    load(store)
    newest = store.newest_standing().number
    again = load(store, day=date(2026, 10, 1))
    assert again.comparison.all == ()
    assert store.newest_standing().number == newest


def test_what_stays_the_same_is_not_written_again(store):
    """One reworded skill is one changed row in the log, so an undo touches no more."""
    load(store)
    ksbs = (FIRST_VERSION.ksbs[0], FIRST_VERSION.ksbs[1], Ksb("S1", "Asks twice", frozenset({1})))
    touched = []
    stop = store.listen(lambda changes: touched.append(changes.touched))
    load(store, replace(FIRST_VERSION, ksbs=ksbs))
    stop()
    assert [{name: len(keys) for name, keys in each.items()} for each in touched] == [
        {"standard_ksb": 1}
    ]


def test_versions_are_in_order_of_their_numbers(store):
    for version in ("1.10", "1.2", "1.9"):
        load(store, replace(FIRST_VERSION, version=version))
    load(store, replace(FIRST_VERSION, standard_code="ST0001"))
    rows = store.read(standard_versions.version_rows)
    assert [(row.standard_code, row.version) for row in rows] == [
        ("ST0001", "1.0"), ("ST0116", "1.2"), ("ST0116", "1.9"), ("ST0116", "1.10"),
    ]  # fmt: skip
    held = store.read(standard_versions.versions_of, "ST0116")
    assert [each.details.version for each in held] == ["1.2", "1.9", "1.10"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "needs a title"),
        ({"title": "x" * 201}, "room for 200"),
        ({"ksbs": (Ksb("K1", "x" * 2001),), "duties": ()}, "K1: This text has 2,001"),
        ({"options": (Option(1, "x" * 201),)}, "Option 1: This text"),
        ({"duties": (Duty(1, "x" * 2001),)}, "Duty 1: This text"),
        ({"ksbs": (Ksb("K1", "x", frozenset(range(1, 60))),), "duties": ()}, "K1: This text"),
    ],
)
def test_what_cannot_be_kept_is_refused(store, wrong, says):
    with pytest.raises(Problem, match=says):
        load(store, replace(FIRST_VERSION, **wrong))
    assert store.read(standard_versions.version_rows) == ()


def test_a_version_is_corrected(store):
    loaded = load(store)
    held = store.read(standard_versions.version_details, loaded.id)
    changing(
        store, lambda s: standard_versions.correct_version(s, loaded.id, NEXT_VERSION, held.stamp)
    )
    assert store.read(standard_versions.version_details, loaded.id).details == NEXT_VERSION


def test_a_version_that_somebody_else_changed_is_not_overwritten(store):
    loaded = load(store)
    stamp = store.read(standard_versions.version_details, loaded.id).stamp
    duties = (Duty(1, "Answers all", True, ("K1",)), FIRST_VERSION.duties[1])
    load(store, replace(FIRST_VERSION, duties=duties))
    with pytest.raises(Conflict) as caught:
        changing(
            store, lambda s: standard_versions.correct_version(s, loaded.id, NEXT_VERSION, stamp)
        )
    assert caught.value.mine == NEXT_VERSION
    assert caught.value.theirs.details.duties == duties


def test_a_version_keeps_its_name_while_somebody_follows_it(store, make):
    loaded = load(store)
    load(store, replace(FIRST_VERSION, version="1.2"))
    taken = replace(FIRST_VERSION, version="1.2")
    with pytest.raises(Problem, match=r"ST0116 v1.2 is in the desk already"):
        changing(store, lambda s: standard_versions.correct_version(s, loaded.id, taken))
    key = make.apprentice(standard_version="1.0")
    with pytest.raises(Problem, match=r"1 apprenticeship is on ST0116 v1.0"):
        changing(store, lambda s: standard_versions.correct_version(s, loaded.id, NEXT_VERSION))
    make.apprentice(standard_version="1.0")
    with pytest.raises(Problem, match="2 apprenticeships are on"):
        changing(store, lambda s: standard_versions.remove_version(s, loaded.id))
    same_name = replace(NEXT_VERSION, version="1.0")
    changing(store, lambda s: standard_versions.correct_version(s, loaded.id, same_name))
    assert [each.code for each in store.read(known_ksbs, [key])[key]] == ["S1", "K1", "B1"]


def test_what_is_gone_is_said(store):
    for act in (
        lambda s: standard_versions.correct_version(s, GONE, NEXT_VERSION),
        lambda s: standard_versions.remove_version(s, GONE),
        lambda s: standard_versions.version_details(s, GONE),
    ):
        with pytest.raises(Conflict, match="removed meanwhile"):
            changing(store, act)


# --- who follows which ----------------------------------------------------------------------------


def test_known_is_the_very_version_and_option(store, make):
    load(store)
    every = make.apprentice(standard_version="1.0")
    web = make.apprentice(standard_version="1.0", standard_option="Web")
    network = make.apprentice(standard_version="1.0", standard_option="Network")
    other = make.apprentice(standard_version="1.1")
    without = make.apprentice(standard_version="")
    known = store.read(known_ksbs, [every, web, network, other, without])
    codes = {key: [each.code for each in ksbs] for key, ksbs in known.items()}
    assert codes == {every: ["K1", "K2", "S1"], web: ["K1", "S1"], network: ["K1", "K2", "S1"]}


def test_a_version_without_a_list_is_not_known(store, make):
    load(store, replace(FIRST_VERSION, ksbs=(), duties=()))
    key = make.apprentice(standard_version="1.0")
    assert store.read(known_ksbs, [key]) == {}


def test_uses_are_counted_by_version(store, make):
    make.apprentice(standard_version="1.0")
    make.apprentice(standard_version="1.0")
    make.apprentice(standard_version="")
    make.apprentice(standard_version="1.0", ended_on=date(2026, 3, 1))
    make.apprentice(standard_code="ST0118", standard_version="1.1")
    make.apprentice(standard_code=None, course_title="Rigging")
    assert store.read(standard_uses.version_uses) == (
        VersionUse("ST0116", "", 1, 0),
        VersionUse("ST0116", "1.0", 2, 1),
        VersionUse("ST0118", "1.1", 1, 0),
    )


def test_people_on_a_standard_are_named(store, make):
    first = make.apprentice(
        family_name="Obi",
        standard_version="1.0",
        standard_option="Web",
        original_start_on=date(2024, 9, 1),
    )
    second = make.apprentice(
        family_name="Lin",
        training_started_on=None,
        training_planned_end_on=None,
        weekly_from_on=DAY,
    )
    make.apprentice(ended_on=date(2026, 3, 1))
    make.apprentice(standard_code="ST0118")
    people = store.read(standard_uses.people_on, "ST0116")
    assert [(each.id, each.name, each.version, each.option) for each in people] == [
        (second, "Ada Lin", "", ""), (first, "Ada Obi", "1.0", "Web"),
    ]  # fmt: skip
    assert people[1].started_on == date(2025, 9, 1)
    assert people[1].first_started_on == date(2024, 9, 1)


def test_the_versions_that_take_a_start_are_said_and_none_is_chosen(store, make):
    load(store, replace(FIRST_VERSION, last_start_on=date(2026, 7, 31)))
    load(store, replace(NEXT_VERSION, first_start_on=date(2026, 8, 1)))
    load(store, replace(FIRST_VERSION, standard_code="ST0001"))
    rows = store.read(standard_versions.version_rows)

    def fitting(day):
        found = standard_uses.versions_for_start(rows, "ST0116", day)
        return [each.version for each in found]

    assert fitting(date(2026, 7, 31)) == ["1.0"]
    assert fitting(date(2026, 8, 1)) == ["1.1"]
    key = make.apprentice()
    assert store.read(apprentices.held, key).details.standard_version == ""
    options = store.read(standard_uses.option_titles)
    assert set(options.values()) == {("Network", "Web"), ("Networks",)}


def test_a_version_is_said_once(store, make):
    load(store)
    key = make.apprentice()
    changing(store, lambda s: standard_uses.say_version(s, key, "1.0", "Web"))
    details = store.read(apprentices.held, key).details
    assert (details.standard_version, details.standard_option) == ("1.0", "Web")
    with pytest.raises(Problem, match="said of this apprenticeship already"):
        changing(store, lambda s: standard_uses.say_version(s, key, "1.0"))


def test_nobody_follows_a_version_that_is_not_loaded(store, make):
    key = make.apprentice()
    with pytest.raises(Problem, match=r"Version 1.0 of ST0116 is not in the desk"):
        changing(store, lambda s: standard_uses.say_version(s, key, "1.0"))
    nothing = make.apprentice(standard_code=None, course_title="Rigging")
    with pytest.raises(Problem, match=r"Version 1.0 of no standard"):
        changing(store, lambda s: standard_uses.say_version(s, nothing, "1.0"))


def test_a_move_keeps_what_held_before(store, make):
    load(store)
    load(store, NEXT_VERSION)
    mover = make.apprentice(standard_version="1.0", standard_option="Web")
    newcomer = make.apprentice()
    moves = [
        VersionMove(mover, date(2026, 8, 1), "1.1", "Networks"),
        VersionMove(newcomer, date(2026, 8, 1), "1.1"),
    ]
    changing(store, lambda s: standard_uses.move_versions(s, moves, " Agreed "))
    held = store.read(apprentices.all_held)
    assert held[mover].details.standard_version == "1.1"
    assert held[mover].details.standard_option == "Networks"
    assert held[newcomer].details.standard_version == "1.1"

    def kept(session):
        return [
            (each.apprenticeship_id, each.changed_on, each.reason, each.was_standard_code,
             each.was_standard_version, each.was_standard_option)
            for each in session.scalars(select(ProgrammeChange))
        ]  # fmt: skip

    assert store.read(kept) == [(mover, date(2026, 8, 1), "Agreed", "ST0116", "1.0", "Web")]


def test_a_move_before_the_start_or_to_nothing_is_refused(store, make):
    load(store, NEXT_VERSION)
    key = make.apprentice(standard_version="1.0")
    early = [VersionMove(key, date(2025, 8, 31), "1.1")]
    with pytest.raises(Problem, match="Training has not begun by then"):
        changing(store, lambda s: standard_uses.move_versions(s, early))
    unknown = [VersionMove(key, date(2026, 8, 1), "1.7")]
    with pytest.raises(Problem, match="not in the desk"):
        changing(store, lambda s: standard_uses.move_versions(s, unknown))


def test_who_stays_is_remembered_until_it_is_taken_back_or_another_version_is_followed(store, make):
    load(store)
    load(store, NEXT_VERSION)
    stayer = make.apprentice(family_name="Obi", standard_version="1.0")
    unsaid = make.apprentice(family_name="Poe")
    other = make.apprentice(family_name="Quin", standard_version="1.0")

    def said():
        return {each.id: each.stays for each in store.read(standard_uses.people_on, "ST0116")}

    changing(
        store, lambda s: version_stays.stay(s, [stayer, unsaid, stayer], "1.1", DAY, " Grace ")
    )
    first = version_stays.Stay(stayer, "1.1", DAY, "Grace", "")
    assert said() == {
        stayer: (first,), unsaid: (replace(first, apprenticeship_id=unsaid),), other: (),
    }  # fmt: skip
    person = store.read(standard_uses.people_on, "ST0116")[0]
    assert (person.stays_though("1.1"), person.stays_though("1.2")) == (first, None)
    later = date(2026, 8, 20)
    changing(store, lambda s: version_stays.stay(s, [stayer], "1.1", later, "Alan", "Ends soon "))
    assert said()[stayer] == (version_stays.Stay(stayer, "1.1", later, "Alan", "Ends soon"),)
    answers = VersionAnswers("1.1", (VersionMove(other, later, "1.1"),), (), (unsaid,))
    assert answers.count == 2
    changing(store, lambda s: standard_uses.answer(s, answers, later))
    assert (said()[unsaid], said()[other]) == ((), ())
    with pytest.raises(Conflict, match="taken back meanwhile"):
        changing(store, lambda s: version_stays.ask_again(s, [unsaid], "1.1"))
    store.undo(store.latest_change().number)
    assert said()[unsaid] != ()
    move = VersionMove(stayer, later, "1.1")
    changing(store, lambda s: standard_uses.move_versions(s, [move]))
    assert said()[stayer] == (), "it was said of another version"


def test_nobody_stays_on_what_they_follow_or_away_from_what_is_not_loaded(store, make):
    load(store)
    key = make.apprentice(standard_version="1.0")
    with pytest.raises(Problem, match=r"ST0116 v1.0 is what is followed already"):
        changing(store, lambda s: version_stays.stay(s, [key], "1.0", DAY))
    with pytest.raises(Problem, match=r"Version 1.7 of ST0116 is not in the desk"):
        changing(store, lambda s: version_stays.stay(s, [key], "1.7", DAY))
    nothing = make.apprentice(standard_code=None, course_title="Rigging")
    with pytest.raises(Problem, match=r"Version 1.7 of no standard"):
        changing(store, lambda s: version_stays.stay(s, [nothing], "1.7", DAY))


def test_lists_take_a_few_statements_however_many_there_are(store, make):
    load(store)
    load(store, NEXT_VERSION)
    keys = [make.apprentice(standard_version="1.0") for _ in range(6)]
    known = store.read(known_ksbs, keys)
    assert len({id(ksbs) for ksbs in known.values()}) == 1  # they share one answer


def test_a_version_that_nobody_follows_is_removed_whole(store, make):
    loaded = load(store)
    make.apprentice(standard_version="1.1")
    changing(store, lambda s: standard_versions.remove_version(s, loaded.id))
    assert store.read(standard_versions.version_rows) == ()
    assert store.read(standard_uses.option_titles) == {}
