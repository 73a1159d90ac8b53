"""Two texts of one version: what they have otherwise line by line, and one made of both."""

from __future__ import annotations

from dataclasses import replace

from apprentice_desk.domain.standards import Duty, Ksb, Option, VersionDetails
from apprentice_desk.domain.standards_choosing import LineChoice, choose_lines, line_choices
from apprentice_desk.domain.standards_text import VersionText, read_version, write_version

DETAILS = VersionDetails(
    standard_code="ST9990",
    version="1.1",
    title="Public service systems technician",
    level=3,
    options=(Option(1, "Network"), Option(2, "Records")),
    ksbs=(
        Ksb("K1", "How data is kept"),
        Ksb("K2", "What a key is", frozenset({2})),
        Ksb("S1", "Asks a table"),
    ),
    duties=(Duty(1, "Answers requests", True, ("K1", "S1")), Duty(2, "Keeps records", False)),
)
BEFORE = write_version(DETAILS)


def text(**lists: str) -> VersionText:
    return replace(BEFORE, **lists)


def test_what_both_have_alike_is_nothing_to_choose() -> None:
    assert line_choices(BEFORE, BEFORE, BEFORE) == ()
    assert choose_lines(BEFORE, BEFORE, ()) == BEFORE
    one = text(ksbs=BEFORE.ksbs.replace("How data is kept", "How all data is kept"))
    assert line_choices(one, one, BEFORE) == ()


def test_a_line_that_i_did_not_touch_is_proposed_as_theirs() -> None:
    mine = text(ksbs=BEFORE.ksbs.replace("How data", "How my data"))
    theirs = text(
        ksbs=BEFORE.ksbs.replace("Asks a table", "Asks tables"),
        options=BEFORE.options.replace("Network", "Networks"),
        duties=BEFORE.duties.replace("Answers requests", "Answers all"),
    )
    found = line_choices(mine, theirs, BEFORE)
    assert found == (
        LineChoice("ksbs", "K1", "How my data is kept", "How data is kept", True),
        LineChoice("ksbs", "S1", "Asks a table", "Asks tables", False),
        LineChoice("options", "1", "Network", "Networks", False),
        LineChoice("duties", "1", "Answers requests [K1, S1]", "Answers all [K1, S1]", False),
    )
    assert [each.about for each in found] == ["K1", "S1", "Option 1", "Duty 1"]
    assert [each.name for each in found] == ["ksbs K1", "ksbs S1", "options 1", "duties 1"]
    made = choose_lines(mine, theirs, {each.name for each in found if each.is_mine})
    assert made == replace(theirs, ksbs=theirs.ksbs.replace("How data", "How my data"))
    details, findings = read_version(made)
    assert not findings
    assert [each.words for each in details.ksbs] == [
        "How my data is kept", "What a key is", "Asks tables",
    ]  # fmt: skip
    assert details.ksbs[1].options == frozenset({2})
    assert details.duties[1] == DETAILS.duties[1]


def test_a_line_that_one_of_us_added_stands_behind_what_it_followed() -> None:
    mine = text(
        ksbs="B1: Is kind\nK1: How data is kept\nK3: Mine\n" + BEFORE.ksbs.partition("\n")[2]
    )
    theirs = text(ksbs=BEFORE.ksbs + "\nS2: Theirs")
    found = line_choices(mine, theirs, BEFORE)
    assert found == (
        LineChoice("ksbs", "B1", "Is kind", None, True),
        LineChoice("ksbs", "K3", "Mine", None, True),
        LineChoice("ksbs", "S2", None, "Theirs", False),
    )
    both = choose_lines(mine, theirs, {"ksbs B1", "ksbs K3"})
    assert [line[:2] for line in both.ksbs.splitlines()] == ["B1", "K1", "K3", "K2", "S1", "S2"]
    neither = choose_lines(mine, theirs, {"ksbs S2"})
    assert neither == BEFORE


def test_a_line_that_one_of_us_took_out_stays_out_if_that_is_chosen() -> None:
    mine = text(duties=BEFORE.duties.splitlines()[0], options="Network")
    found = line_choices(mine, BEFORE, BEFORE)
    assert found == (
        LineChoice("options", "2", None, "Records [K2]", True),
        LineChoice("duties", "2", None, "Keeps records [not core]", True),
    )
    assert choose_lines(mine, BEFORE, {"options 2", "duties 2"}) == mine
    assert choose_lines(mine, BEFORE, ()) == BEFORE


def test_fields_are_chosen_by_their_names() -> None:
    mine = text(title="Mine", level=4)  # type: ignore[arg-type]
    theirs = text(title="Theirs", source="A page")
    assert choose_lines(mine, theirs, {"title"}) == replace(theirs, title="Mine")
