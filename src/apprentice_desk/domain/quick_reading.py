"""Reading a quick line: the parts settled among each other into what will be logged.

Which of two numbers is the time, which of two words the activity, and whose hours are whose
follows from the whole line.  Where it does not follow, both words have a finding.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_days import MOST_DAYS, shown_day
from apprentice_desk.domain.quick_known import Known, Person, listed
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.quick_parts import (
    NO_COMMA,
    PERSON_TWICE,
    Part,
    PartReader,
    named_activity,
    unread,
)
from apprentice_desk.domain.quick_signs import next_word
from apprentice_desk.domain.quick_times import HOW as HOW_TIMES
from apprentice_desk.domain.quick_values import Chip, ChipKind, Hours, LineFinding, QuickLine
from apprentice_desk.domain.searching import plain

LONGEST_LINE = 5_000
LONGEST_WHAT = 4_000
MOST_CODES = 60
MOST_ENTRIES = 1_000
_MOST_TRAILING = 40
_QUOTE = "If one of them belongs to the words on what was learned, put those in quotation marks."


def read(text: str, known: Known, today: date, week: date | None = None) -> QuickLine:
    """Return what *text* says, with a finding under each word that is not clear.

    *week* is the Monday of the week that a weekday is looked for in, None for the last one up to
    today.  Nothing is ever raised.  A line of more than LONGEST_LINE characters is not looked into.
    """
    if len(text) > LONGEST_LINE:
        message = f"The line has {len(text):,} characters; {LONGEST_LINE:,} are the most."
        finding = LineFinding(
            0, len(text), "line-too-long", message, "Shorten it, or log several lines."
        )
        chip = Chip(ChipKind.UNREAD, 0, len(text), f"{text[:20]}…")
        return QuickLine(text, chips=(chip,), findings=(finding,))
    reader = PartReader(text, known, today, week)
    parts = reader.parts()
    if not parts:
        return QuickLine(text)
    settling = _Settling(text, known, today, parts)
    settling.settle(reader)
    return settling.line()


class _Settling:
    """The parts of one line, of which each step settles something."""

    def __init__(self, text: str, known: Known, today: date, parts: list[Part]) -> None:
        self._text = text
        self._known = known
        self._today = today
        self._parts = parts
        self._hours: tuple[Hours, ...] = ()
        self._missing: list[LineFinding] = []
        self._assumed: list[Chip] = []
        self._left_in_words: list[str] = []
        self._hint = ""
        self._has_full_time = False

    def settle(self, reader: PartReader) -> None:
        """Take each step once; later ones build on those before."""
        if not self._of(ChipKind.PERSON):
            self._find_people_behind_words(reader)
        self._settle_people()
        self._settle_words()
        self._settle_hours()
        self._settle_days()
        self._settle_activity()
        self._settle_codes()

    def line(self) -> QuickLine:
        """Return what was read."""
        parts, whats = self._parts, self._whats()
        what = " ".join(shown for _, _, shown in whats if shown)
        if len(what) > LONGEST_WHAT:
            message = (
                f"What was learned has {len(what):,} characters; {LONGEST_WHAT:,} are the most."
            )
            self._miss("what-too-long", message, "Shorten it.")
        days = sorted({day for part in self._good(ChipKind.DAY) for day in part.days})
        people = self._people()
        if len(people) * len(days) > MOST_ENTRIES:
            message = f"The line would log {len(people) * len(days):,} entries;"
            message += f" {MOST_ENTRIES:,} are the most."
            self._miss("too-many-entries", message, "Log fewer days, or fewer people, at once.")
        chips = [
            Chip(
                ChipKind.UNREAD if part.finding else part.kind,
                part.start,
                part.end,
                self._shown(part),
                note=self._note(part),
            )
            for part in parts
            if part.finding or part.kind is not ChipKind.WHAT
        ]
        chips += [Chip(ChipKind.WHAT, start, end, shown) for start, end, shown in whats]
        chips.sort(key=lambda chip: chip.start)
        activities = [part.activity for part in self._good(ChipKind.ACTIVITY)]
        codes = dict.fromkeys(code for part in self._good(ChipKind.KSB) for code in part.codes)
        return QuickLine(
            self._text,
            (*chips, *self._assumed),
            people,
            self._hours,
            tuple(days) if days or self._of(ChipKind.DAY) else (self._today,),
            (activities[0] if activities else None)
            if self._of(ChipKind.ACTIVITY)
            else Activity.OTHER_TRAINING,
            tuple(sorted(codes, key=code_order)),
            what,
            (*(part.finding for part in parts if part.finding), *self._missing),
            self._hint,
        )

    # --- people ---------------------------------------------------------------------------------

    def _find_people_behind_words(self, reader: PartReader) -> None:
        """Take whole names at the end of the last words as the people, if nobody stands first."""
        run = self._last_words()
        for first in range(max(run.start, run.stop - _MOST_TRAILING), run.stop):
            # Behind a comma a name may be one of several, of which those before are not known.
            if self._parts[first].is_parted and first > run.start:
                continue
            people = self._only_people(reader, self._parts[first].start, self._parts[run[-1]].end)
            if people:
                people[0] = replace(people[0], is_parted=self._parts[first].is_parted)
                self._parts[first : run.stop] = people
                return
        first_part = self._parts[0]
        if first_part.kind is ChipKind.WHAT and not first_part.is_quoted and not first_part.finding:
            typed = first_part.shown
            self._unread(
                0,
                "unknown-person",
                f"“{typed}” is nobody's name.",
                "Begin with who it was, such as ada, noor, or everyone.",
            )
        else:
            self._miss("no-person", "Who was it?", "Write the names, such as ada, noor.")

    def _last_words(self) -> range:
        """Return which parts are the last ordinary words in a row."""
        stop = len(self._parts)
        while stop and not self._is_word(stop - 1):
            stop -= 1
        start = stop
        while start and self._is_word(start - 1):
            start -= 1
        return range(start, stop)

    def _only_people(self, reader: PartReader, place: int, end: int) -> list[Part]:
        """Return the people from *place* to *end*, if whole names are all that stands there."""
        people: list[Part] = []
        while place < end:
            found = reader.names.read(place)
            if found is None or not found.is_whole or found.end > end:
                return []
            people.append(replace(reader.people_part(place, found), is_parted=bool(people)))
            place, is_parted = next_word(self._text, found.end)
            if place < end and self._text[place : place + 4].lower() == "and ":
                place, is_parted = next_word(self._text, place + 4)[0], True
            if place < end and not is_parted:
                return []
        return people

    def _settle_people(self) -> None:
        seen: set[Person] = set()
        for place, part in enumerate(self._parts):
            if part.kind is not ChipKind.PERSON or part.finding:
                continue
            if twice := [person.name for person in part.people if person in seen]:
                self._unread(
                    place,
                    PERSON_TWICE,
                    f"{listed(twice)} {'stand' if len(twice) > 1 else 'stands'} in the line twice.",
                    "Take one of the two out.",
                )
            else:
                seen.update(part.people)

    def _people(self) -> tuple[Person, ...]:
        return tuple(person for part in self._good(ChipKind.PERSON) for person in part.people)

    # --- words and activity ---------------------------------------------------------------------

    def _settle_words(self) -> None:
        """Leave among the words what stands there: activities, and numbers beside a full time."""
        places = self._of(ChipKind.ACTIVITY)
        first = next((place for place in places if self._parts[place].is_before_words), None)
        times = self._of(ChipKind.DURATION)
        self._has_full_time = any(not self._parts[place].is_plain_number for place in times)
        for place, part in enumerate(self._parts):
            if part.kind is ChipKind.ACTIVITY:
                if place != first and (first is not None or not self._stands_apart(place)):
                    self._left_in_words.append(self._typed(place))
                    self._make_word(place)
            # "Python 3" beside 2:30 is no length of time.
            elif self._may_be_word(place) and self._follows_word(place):
                self._make_word(place)

    def _settle_activity(self) -> None:
        """Take the activity before the words, or the only one that stands apart from them."""
        places = self._of(ChipKind.ACTIVITY)
        activities = dict.fromkeys(
            named_activity(a) for p in places if (a := self._parts[p].activity)
        )
        if len(activities) > 1:
            for place in places:
                typed = self._typed(place)
                self._unread(
                    place,
                    "several-activities",
                    f"“{typed}” may be the activity, but the line could mean"
                    f" {listed(activities, 'or')}.",
                    "Put the activity before the words on what was learned, or those words in"
                    " quotation marks.",
                )
            return
        for place in places[1:]:
            self._make_word(place)
        if not places:
            note = "No activity was named."
            if self._left_in_words:
                note = self._hint = (
                    f"“{self._left_in_words[0]}” is one of the words; before them, or behind a"
                    " comma by itself, it is the activity."
                )
            self._assume(ChipKind.ACTIVITY, named_activity(Activity.OTHER_TRAINING), note)

    def _stands_apart(self, place: int) -> bool:
        """Return whether no word stands right before or behind what is at *place*."""
        is_after = place > 0 and self._may_be_word(place - 1) and self._are_joined(place - 1)
        is_before = (
            place + 1 < len(self._parts)
            and self._may_be_word(place + 1)
            and self._are_joined(place)
        )
        return not is_after and not is_before

    def _may_be_word(self, place: int) -> bool:
        """Return whether what stands at *place* is a word, or is one beside another."""
        part = self._parts[place]
        if part.kind is ChipKind.DURATION:
            return part.is_plain_number and self._has_full_time
        return self._is_word(place) or (part.kind is ChipKind.ACTIVITY and not part.finding)

    def _are_joined(self, place: int) -> bool:
        """Return whether nothing parts what is at *place* from the next; "a & b" is one."""
        between = self._text[self._parts[place].end : self._parts[place + 1].start]
        return not self._parts[place + 1].is_parted or "&" in between or "+" in between

    def _shown(self, part: Part) -> str:
        """Return how *part* is shown; an activity with the word that it was taken from."""
        typed = " ".join(self._text[part.start : part.end].split())
        if part.kind is not ChipKind.ACTIVITY or part.finding or _is_its_name(part, typed):
            return part.shown
        return f"{part.shown} ({typed})"

    # --- hours ----------------------------------------------------------------------------------

    def _settle_hours(self) -> None:
        places = self._of(ChipKind.DURATION)
        hours = [each for place in places if (each := self._parts[place].hours) is not None]
        if not places:
            self._miss("no-duration", "How long did it take?", HOW_TIMES)
        elif len(places) == 1:
            good = not self._parts[places[0]].finding
            self._hours = tuple(hours * len(self._people())) if good else ()
        elif self._is_one_each(places):
            if not any(self._parts[place].finding for place in places):
                self._hours = tuple(hours)
        elif not any(part.finding and part.finding.code == NO_COMMA for part in self._parts):
            # With the comma that may be missing each length could be somebody's.
            self._refuse_several(places)

    def _follows_word(self, place: int) -> bool:
        return place > 0 and not self._parts[place].is_parted and self._is_word(place - 1)

    def _is_one_each(self, places: list[int]) -> bool:
        """Return whether each person has a time of their own right behind the name."""
        people = self._of(ChipKind.PERSON)
        is_behind = [place + 1 for place in people] == places
        return (
            is_behind
            and not any(self._parts[place].is_parted for place in places)
            and all(len(self._parts[place].people) == 1 for place in people)
        )

    def _refuse_several(self, places: list[int]) -> None:
        shown = listed(f"“{self._typed(place)}”" for place in places)
        for place in places:
            if not self._parts[place].finding:
                self._unread(
                    place,
                    "several-durations",
                    f"{shown} could each be how long it took.",
                    f"Leave one, or write one behind each name: ada 3, noor 2:30. {_QUOTE}",
                )

    # --- days -----------------------------------------------------------------------------------

    def _settle_days(self) -> None:
        places = self._of(ChipKind.DAY)
        if not places:
            shown = f"Today, {shown_day(self._today, self._today)}"
            self._assume(ChipKind.DAY, shown, "No day was named.")
        is_list = all(
            later == place + 1 and self._parts[later].is_parted for place, later in pairwise(places)
        )
        count = sum(len(self._parts[place].days) for place in places)
        if is_list and count <= MOST_DAYS:
            return
        for place in places:
            if self._parts[place].finding:
                continue
            if is_list:
                message = f"The line names {count} days; {MOST_DAYS} are the most."
                self._unread(place, "too-many-days", message, "Log them in several lines.")
            else:
                self._unread(
                    place,
                    "several-days",
                    f"“{self._typed(place)}” is one of several days in the line.",
                    f"Put commas between the days if all are meant: mon, tue. {_QUOTE}",
                )

    # --- codes ----------------------------------------------------------------------------------

    def _settle_codes(self) -> None:
        count = 0
        for place in self._of(ChipKind.KSB):
            part = self._parts[place]
            count += len(part.codes)
            lacking = [
                (code, person.name)
                for person in self._people()
                if (has := self._known.ksbs.get(person.id))
                for code in part.codes
                if code not in has
            ]
            if part.finding:
                continue
            if count > MOST_CODES:
                message = f"The line names more than {MOST_CODES} codes."
                self._unread(place, "too-many-codes", message, "Name those that matter most.")
            elif lacking:
                missing = {code for code, _ in lacking}
                are = "is" if len(missing) == 1 else "are"
                names = listed(dict.fromkeys(name for _, name in lacking))
                message = f"{ksb_codes.write(missing)} {are} not in the standard of {names}."
                remedy = "Check the code, or log them in a line of their own."
                self._unread(place, "code-not-in-standard", message, remedy)

    def _note(self, part: Part) -> str:
        """Return for codes of whom they were not checked, else nothing."""
        if part.kind is not ChipKind.KSB or part.finding:
            return ""
        unknown = [person.name for person in self._people() if not self._known.ksbs.get(person.id)]
        if not unknown:
            return ""
        return f"Not checked for {listed(unknown)}: the codes of the standard are not known."

    # --- words ----------------------------------------------------------------------------------

    def _whats(self) -> list[tuple[int, int, str]]:
        """Return each text on what was learned: where it stands, and without quotation marks.

        The word of an activity that the words go on from is one of them too, unless it is the name
        of the activity: then the activity says as much.
        """
        found: list[tuple[int, int, str]] = []
        begin: int | None = None
        for place, part in enumerate(self._parts):
            if part.is_quoted:
                found.append((part.start, part.end, part.shown))
            elif self._is_word(place):
                begin = place if begin is None else begin
                if place + 1 == len(self._parts) or not self._is_word(place + 1):
                    said = self._parts[begin - 1 if self._goes_on(begin) else begin].start
                    words = " ".join(self._text[said : part.end].split())
                    found.append((self._parts[begin].start, part.end, words))
                    begin = None
        return found

    def _goes_on(self, place: int) -> bool:
        """Return whether the words at *place* go on from the word of an activity."""
        if not place or self._parts[place - 1].kind is not ChipKind.ACTIVITY:
            return False
        before = self._parts[place - 1]
        is_name = _is_its_name(before, self._typed(place - 1))
        return not before.finding and not is_name and self._are_joined(place - 1)

    def _is_word(self, place: int) -> bool:
        part = self._parts[place]
        return part.kind is ChipKind.WHAT and not part.is_quoted and not part.finding

    def _make_word(self, place: int) -> None:
        part = self._parts[place]
        self._parts[place] = replace(
            part, kind=ChipKind.WHAT, shown=self._typed(place), finding=None
        )

    # --- all ------------------------------------------------------------------------------------

    def _of(self, kind: ChipKind) -> list[int]:
        return [place for place, part in enumerate(self._parts) if part.kind is kind]

    def _good(self, kind: ChipKind) -> list[Part]:
        return [part for part in self._parts if part.kind is kind and not part.finding]

    def _typed(self, place: int) -> str:
        return self._text[self._parts[place].start : self._parts[place].end]

    def _unread(self, place: int, code: str, message: str, remedy: str) -> None:
        self._parts[place] = unread(self._parts[place], self._text, code, message, remedy)

    def _miss(self, code: str, message: str, remedy: str) -> None:
        end = len(self._text)
        self._missing.append(LineFinding(end, end, code, message, remedy))

    def _assume(self, kind: ChipKind, shown: str, note: str) -> None:
        end = len(self._text)
        self._assumed.append(Chip(kind, end, end, shown, is_assumed=True, note=note))


def _is_its_name(part: Part, typed: str) -> bool:
    """Return whether *typed* is the name of the activity itself, so that it says no more."""
    return part.activity is not None and plain(typed) == plain(part.activity.value)
