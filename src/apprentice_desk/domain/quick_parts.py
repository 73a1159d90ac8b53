"""The parts of a quick line: each word, or words that belong together, as what it may be.

A part is first read by itself, from left to right.  What follows from the parts together, such
as which of two numbers is the length of time, is settled in quick_reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_days import WrittenDays, read_days, shown_days
from apprentice_desk.domain.quick_known import EVERYONE, Known, NameMatch, Person, listed
from apprentice_desk.domain.quick_ksbs import WrittenKsbs, read_ksbs
from apprentice_desk.domain.quick_names import NameReader, name_to_type
from apprentice_desk.domain.quick_signs import next_word, quoted, word_end
from apprentice_desk.domain.quick_times import WrittenTime, read_time, shown_time
from apprentice_desk.domain.quick_values import ChipKind, Completion, Hours, LineFinding
from apprentice_desk.domain.searching import plain

_NUMBER_LIKE = re.compile(r"[0-9][0-9.–-]*[:/][0-9:/.–-]*")
MOST_CHOICES = 8
NO_COMMA = "name-without-comma"
PERSON_TWICE = "person-twice"
_LEAVING_OUT = frozenset(("except", "but", "without", "not", "bar", "minus"))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line from *start* up to *end*.

    *is_parted* is true if a separator stands before it, *is_before_words* if no ordinary word
    does.  A *finding* makes it unread.
    """

    kind: ChipKind
    start: int
    end: int
    shown: str
    is_parted: bool = False
    is_before_words: bool = True
    people: tuple[Person, ...] = ()
    hours: Hours | None = None
    is_plain_number: bool = False
    days: tuple[date, ...] = ()
    is_month_first: bool = False
    activity: Activity | None = None
    codes: tuple[str, ...] = ()
    is_quoted: bool = False
    finding: LineFinding | None = None


_Said = WrittenTime | WrittenDays | WrittenKsbs


class PartReader:
    """Reads one text into its parts."""

    def __init__(self, text: str, known: Known, today: date, week: date | None = None) -> None:
        self._text = text
        self._known = known
        self._today = today
        self._week = week
        self._seen: dict[int, Part | None] = {}
        self._has_words = False
        self._has_people = False
        self.names = NameReader(text, known, lambda place: self.said_at(place) is not None)

    def parts(self) -> list[Part]:
        """Return all parts, in their order."""
        parts: list[Part] = []
        place, is_parted = next_word(self._text, 0)
        while place < len(self._text):
            if after := self._after_and(place, parts):
                place, is_parted = after, True
            is_before_words = not self._has_words
            part = self._part(place, parts, is_parted=is_parted)
            part = replace(part, is_parted=is_parted, is_before_words=is_before_words)
            self._has_people |= part.kind is ChipKind.PERSON
            self._has_words |= (
                part.kind is ChipKind.WHAT and not part.is_quoted and part.finding is None
            )
            parts.append(part)
            place, is_parted = next_word(self._text, part.end)
        return parts

    def people_part(self, start: int, found: NameMatch) -> Part:
        """Return the part for a name that was found; it has a finding unless it fits one person."""
        typed = self._text[start : found.end]
        if found.is_everyone and not found.people:
            everyone = self._known.default_people()
            shown = f"{typed.capitalize()} ({len(everyone)})"
            part = Part(ChipKind.PERSON, start, found.end, shown, people=everyone)
            if everyone:
                return part
            return self.unread(
                part,
                "nobody-meant",
                f"It is not set whom “{typed}” means.",
                "Write the names, with commas between them.",
            )
        if len(found.people) == 1 and not found.is_everyone:
            (person,) = found.people
            return Part(ChipKind.PERSON, start, found.end, person.name, people=(person,))
        names = [_told_apart(person, found.people) for person in found.people]
        choices = [*(["everyone"] if found.is_everyone else []), *names]
        return self.unread(
            Part(ChipKind.PERSON, start, found.end, typed),
            "several-people",
            f"“{typed}” could be {listed(choices, 'or')}.",
            "Write more of the name, such as the first letter of the family name.",
            (
                *(self._everyone(start, found.end) if found.is_everyone else ()),
                *self.choices(start, found.end, found.people),
            ),
        )

    def _everyone(self, start: int, end: int) -> tuple[Completion, ...]:
        """Return the word for everyone that begins nobody's name."""
        words = [word for word in EVERYONE if not self._known.named((word,))[0]]
        return tuple(
            Completion(start, end, word, "Everyone", ChipKind.PERSON) for word in words[:1]
        )

    def choices(self, start: int, end: int, people: tuple[Person, ...]) -> tuple[Completion, ...]:
        """Return these people as what may stand in place of *start* to *end*."""
        return tuple(
            Completion(
                start,
                end,
                typed_name(person, self._known, self._today),
                _told_apart(person, people),
                ChipKind.PERSON,
            )
            for person in people[:MOST_CHOICES]
        )

    def unread(
        self,
        part: Part,
        code: str,
        message: str,
        remedy: str,
        choices: tuple[Completion, ...] = (),
    ) -> Part:
        """Return *part* with a finding, as it was typed."""
        return unread(part, self._text, code, message, remedy, choices)

    def said_at(self, place: int) -> Part | None:
        """Return the time, day, codes or activity that begin at *place*, the longest; or None."""
        if place not in self._seen:
            found = [
                self._written(place, read_time(self._text, place)),
                self._written(place, read_days(self._text, place, self._today, self._week)),
                self._written(place, read_ksbs(self._text, place)),
                self._activity(place),
            ]
            self._seen[place] = max(
                (part for part in found if part is not None),
                key=lambda part: part.end,
                default=None,
            )
        return self._seen[place]

    # --- one part -------------------------------------------------------------------------------

    def _part(self, place: int, parts: list[Part], *, is_parted: bool) -> Part:
        if inside := quoted(self._text, place):
            return Part(ChipKind.WHAT, place, inside.end, inside.text, is_quoted=True)
        if self._text[place] == "@":
            return self._marked_name(place)
        said = self.said_at(place)
        last = parts[-1] if parts else None
        if not self._has_words and (is_parted or not self._has_people):
            if name := self._name_or(place, said):
                return name
            if said is None and last is not None and last.kind is ChipKind.PERSON:
                return self._unknown_name(place)
        elif said is None and last is not None and self._follows_name(last, parts):
            return self._unparted_name(place, last)
        return said or self._ordinary(place, may_be_activity=not self._has_words)

    def _name_or(self, place: int, said: Part | None) -> Part | None:
        """Return the name at *place*, unless what else it says goes first; None for the latter."""
        found = self.names.read(place)
        if found is None:
            return None
        name = self.people_part(place, found)
        if said is None:
            activity = self._beginning_of_activity(place)
            if activity is None or found.is_whole:
                return name
            return self._could_be_both(name, found, activity)
        if not found.is_whole:
            return None
        if found.end > said.end or said.is_month_first:
            return name
        return self._could_be_both(name, found, said) if found.end == said.end else None

    def _could_be_both(self, name: Part, found: NameMatch, said: Part) -> Part:
        typed = self._text[name.start : name.end]
        what = f"the {_KIND_WORDS[said.kind]} {said.shown}"
        names = listed([*(person.name for person in found.people), what], "or")
        return self.unread(
            name,
            "name-or-word",
            f"“{typed}” could be {names}.",
            f"Write @{typed} for the person, or the {_KIND_WORDS[said.kind]} in another way.",
            self.choices(name.start, name.end, found.people),
        )

    def _marked_name(self, place: int) -> Part:
        """Return the name behind an @, which can be nothing but a name."""
        found = self.names.read(place + 1, is_name=True)
        if found is None:
            return self._unknown_name(place)
        return self.people_part(place, replace(found, is_everyone=False))

    def _unknown_name(self, place: int) -> Part:
        part = replace(self._ordinary(place, may_be_activity=False), kind=ChipKind.PERSON)
        typed = self._text[part.start : part.end]
        if typed.lower() in _LEAVING_OUT:
            return self.unread(
                part,
                "nobody-left-out",
                f"Nobody can be left out by “{typed}”.",
                "Write the names of those who are meant.",
            )
        return self.unread(
            part,
            "unknown-person",
            f"“{typed}” is nobody's name.",
            "Check the spelling. If it belongs to the words on what was learned, put them in"
            " quotation marks.",
        )

    def _follows_name(self, last: Part, parts: list[Part]) -> bool:
        """Return whether *last* is a name, or the time that belongs to one."""
        if last.kind is ChipKind.DURATION and len(parts) > 1 and not last.is_parted:
            last = parts[-2]
        return last.kind is ChipKind.PERSON

    def _unparted_name(self, place: int, last: Part) -> Part:
        """Return the word behind *last*, a name or its time, and no comma.

        If it is a whole name, nobody can tell whether a comma is missing; the name of whoever
        stands right before it was typed once more, as into a line that began with it.
        """
        part = self._ordinary(place, may_be_activity=True)
        typed = self._text[part.start : part.end]
        if typed.lower() in _LEAVING_OUT:
            return self._unknown_name(place)
        people = self._known.whole_names(plain(typed))
        if not people:
            return part
        if set(people) <= set(last.people):
            return self.unread(
                replace(part, kind=ChipKind.PERSON),
                PERSON_TWICE,
                f"{listed([person.name for person in people])}"
                f" {'stand' if len(people) > 1 else 'stands'} in the line twice.",
                "Take one of the two out.",
            )
        choices = [*(person.name for person in people), "a word"]
        return self.unread(
            part,
            NO_COMMA,
            f"“{typed}” could be {listed(choices, 'or')}.",
            "Put a comma between people, and quotation marks around words on what was learned.",
            tuple(
                replace(choice, start=last.end, text=f", {choice.text}")
                for choice in self.choices(part.start, part.end, people)
            ),
        )

    def _ordinary(self, place: int, *, may_be_activity: bool) -> Part:
        end = word_end(self._text, place)
        typed = self._text[place:end]
        part = Part(ChipKind.WHAT, place, end, typed)
        if may_be_activity and (activity := self._beginning_of_activity(place)):
            return activity
        if _NUMBER_LIKE.fullmatch(typed):
            return self.unread(
                part,
                "unread-number",
                f"“{typed}” is neither a length of time nor a day.",
                "Write times as 1:30 and days as 17/11. If it belongs to the words on what was"
                " learned, put them in quotation marks.",
            )
        return part

    # --- what else a word says ------------------------------------------------------------------

    def _written(self, place: int, said: _Said | None) -> Part | None:
        if said is None:
            return None
        match said:
            case WrittenTime():
                hours = Hours(said.minutes, said.began_at)
                shown = shown_time(said.minutes, said.began_at)
                part = Part(ChipKind.DURATION, place, said.end, shown, hours=hours)
                part = replace(part, is_plain_number=said.is_plain)
            case WrittenDays():
                shown = shown_days(said, self._today)
                part = Part(ChipKind.DAY, place, said.end, shown, days=said.days)
                part = replace(part, is_month_first=said.is_month_first)
            case _:
                part = Part(ChipKind.KSB, place, said.end, said.shown, codes=said.codes)
        if said.message:
            code = f"{part.kind.value}-unread"
            return self.unread(part, code, said.message, said.remedy)
        return part

    def _activity(self, place: int) -> Part | None:
        """Return the longest phrase for an activity that begins at *place*."""
        phrase, at, best, is_parted = "", place, None, False
        while at < len(self._text) and not is_parted:
            end = word_end(self._text, at)
            word = plain(self._text[at:end])
            phrase = f"{phrase} {word}".strip()
            if not word or phrase not in self._known.begun or quoted(self._text, at):
                break
            if activity := self._known.activity(phrase):
                best = activity_part(place, end, activity)
            at, is_parted = next_word(self._text, end)
        return best

    def _beginning_of_activity(self, place: int) -> Part | None:
        """Return the activity of which the word is the beginning, if no word follows."""
        end = word_end(self._text, place)
        activity = self._known.activity_beginning(plain(self._text[place:end]))
        if activity is None or not self.names.stands_alone(end):
            return None
        return activity_part(place, end, activity)

    def _after_and(self, place: int, parts: list[Part]) -> int | None:
        """Return where the part behind an "and" begins that only stands between two parts."""
        end = word_end(self._text, place)
        if not parts or self._text[place:end].lower() != "and":
            return None
        after, _ = next_word(self._text, end)
        if after == len(self._text):
            return None
        last, said = parts[-1], self.said_at(after)
        if last.kind in (ChipKind.DAY, ChipKind.KSB):
            return after if said is not None and said.kind is last.kind else None
        if self._has_words or not self._follows_name(last, parts):
            return None
        is_name = self._text[after] == "@" or self.names.read(after) is not None
        return after if is_name or last.kind is ChipKind.PERSON else None

    def is_doubtful(self) -> bool:
        """Return whether a word of the text, which is a name, may be something else as well."""
        place, _ = next_word(self._text, 0)
        while place < len(self._text):
            word = self._text[place : word_end(self._text, place)]
            if self.said_at(place) or plain(word) in EVERYONE:
                return True
            place, _ = next_word(self._text, place + len(word))
        return False


_KIND_WORDS = {
    ChipKind.DURATION: "time",
    ChipKind.DAY: "day",
    ChipKind.KSB: "code",
    ChipKind.ACTIVITY: "activity",
}


def typed_name(person: Person, known: Known, today: date) -> str:
    """Return what to type for a person: the name, with the code or @ where that is needed."""
    if person.id not in known.typed_names:
        known.typed_names[person.id] = name_to_type(
            person, known, lambda name: PartReader(name, known, today).is_doubtful()
        )
    return known.typed_names[person.id]


def activity_part(start: int, end: int, activity: Activity) -> Part:
    """Return the part for an activity, named as the lists do with a capital letter."""
    return Part(ChipKind.ACTIVITY, start, end, named_activity(activity), activity=activity)


def named_activity(activity: Activity) -> str:
    """Return how an activity is shown: "Workshop", "English and maths"."""
    name = activity.value[0].upper() + activity.value[1:]
    return name.replace("english", "English")


def unread(
    part: Part,
    text: str,
    code: str,
    message: str,
    remedy: str,
    choices: tuple[Completion, ...] = (),
) -> Part:
    """Return *part* with a finding, shown as it was typed."""
    finding = LineFinding(part.start, part.end, code, message, remedy, choices)
    return replace(part, shown=text[part.start : part.end], finding=finding)


def _told_apart(person: Person, people: tuple[Person, ...]) -> str:
    """Return the name, with the code where another of *people* has the same name."""
    namesakes = [other for other in people if other.name == person.name]
    return f"{person.name} ({person.code})" if len(namesakes) > 1 and person.code else person.name
