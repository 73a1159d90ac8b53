"""What a document says, as a tree of frozen nodes; how it looks is the renderers' affair.

A renderer matches on the class of a node and ends in ``assert_never``, so that a node added here
fails the type check wherever it is not drawn yet.  Numbers of clauses are text here: whoever makes
the tree counts once, and every renderer prints what it is given, so that all of them agree.
"""

from __future__ import annotations

from dataclasses import dataclass

DEEPEST = 6
"""The deepest level of a heading, as PDF and Word know them."""

MOST_INDENTS = 4
"""A numbered paragraph or a list stands so many steps to the right at most."""


@dataclass(frozen=True, slots=True)
class Bold:
    """Part of a text that stands out, such as a defined term where it is defined."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that is not known yet, shown where it will stand; *name* says what is missing."""

    name: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("A gap says what is missing.")

    @property
    def text(self) -> str:
        """What stands in its place: words, so that nothing is told by colour alone."""
        return f"[{self.name}: not filled in]"


@dataclass(frozen=True, slots=True)
class Filled:
    """A value where it was filled in, for who looks it over; *is_wrong* is to be put right.

    A document that is issued has none: there a value is text like any other.
    """

    text: str
    is_wrong: bool = False


Run = str | Bold | Gap | Filled
Words = str | tuple[Run, ...]
"""A text, or parts of one, of which some stand out, are gaps, or were filled in."""


def plain(words: Words) -> str:
    """Return *words* as a text by itself, gaps in words."""
    if isinstance(words, str):
        return words
    return "".join(run if isinstance(run, str) else run.text for run in words)


def joined(*parts: Words) -> Words:
    """Return *parts* as one text, one after the other."""
    if all(isinstance(part, str) for part in parts):
        return "".join(map(plain, parts))
    return tuple(run for part in parts for run in ((part,) if isinstance(part, str) else part))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of *level* 2 to 6; level 1 is the document's title, which is drawn by itself."""

    text: Words
    level: int = 2

    def __post_init__(self) -> None:
        _check_level(plain(self.text), self.level)


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; a line feed in *text* begins a new line.  *is_quiet* is small print."""

    text: Words
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph with its *number*, such as "7.2" or "(a)", hanging at its left.

    *indent* is how many steps to the right the number stands.  ValueError without a number.
    """

    number: str
    text: Words
    indent: int = 0

    def __post_init__(self) -> None:
        _check_number(self.number, plain(self.text))
        _check_indent(self.indent)


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points of a list, each with a dot before it, or with its own of *labels*.

    *indent* is how many steps to the right the dots stand: 1 is below the text of a numbered
    paragraph.  ValueError without points, or if not each has a label.
    """

    items: tuple[Words, ...]
    labels: tuple[str, ...] = ()
    indent: int = 0

    def __post_init__(self) -> None:
        if not self.items:
            raise ValueError("A list has at least one point.")
        if self.labels and len(self.labels) != len(self.items):
            raise ValueError(f"A list of {len(self.items)} points has {len(self.labels)} labels.")
        for label in self.labels:
            _check_number(label, "a list")
        _check_indent(self.indent)

    @property
    def marked(self) -> tuple[tuple[str, Words], ...]:
        """Each point with what stands before it."""
        labels = self.labels or (BULLET,) * len(self.items)
        return tuple(zip(labels, self.items, strict=True))

    @property
    def numbering(self) -> str:
        """How the points are told apart, in the words of PDF (ISO 32000-1, table 347)."""
        if not self.labels:
            return "Disc"
        first = self.labels[0].strip("(). ")
        return "Decimal" if first.isdecimal() else "LowerAlpha"


BULLET = "•"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; numbers stand *is_right*.

    With a *share* the column takes so much of the table's width, whatever stands in it: room to
    write by hand.  The others share what is left; some must be, unless all have a share.
    """

    heading: str
    is_right: bool = False
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below headings, one text for each column.

    *name* says to a screen reader what the table holds.  *is_boxed* draws every cell as a box, at
    least *least_lines* lines high, to write in by hand.  With *has_row_headings* the first cell of
    each row is its heading.  ValueError where a row is too short or too long.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    is_boxed: bool = False
    least_lines: int = 1
    has_row_headings: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"A row of {self.name} has {len(row)} cells.")

    def is_heading(self, place: int) -> bool:
        """Whether the cell at *place* of a row is the heading of that row."""
        return self.has_row_headings and place == 0


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Pairs of what something is and how much or who, below each other.

    *name* says to a screen reader what they are about.
    """

    name: str
    pairs: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs: in which *role*, and the *name* where it is known."""

    role: str
    name: Words = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for each of *people* to sign and to write the day; it is never parted."""

    people: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its *number* and *title* as a heading of *level*, then what it says.

    ValueError without number or title, or if a heading inside is not deeper than its own.
    """

    number: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2

    def __post_init__(self) -> None:
        _check_number(self.number, self.title)
        if not self.title.strip():
            raise ValueError(f"Clause {self.number} has no title.")
        _check_level(self.title, self.level)
        for block in self.blocks:
            if isinstance(block, (Heading, Clause)) and block.level <= self.level:
                raise ValueError(
                    f"A heading in clause {self.number} stands as high as the clause's own."
                )

    @property
    def heading(self) -> str:
        """The number and the title, as they stand in lists of clauses."""
        return f"{self.number} {self.title}"


Block = (
    Heading | Para | Numbered | Bullets | Table | KeyValues | Signatures | NewPage | Clause
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Footer:
    """What a paper is known by: stands at the bottom of every page, and in the file's properties.

    *version* is a whole word or two, such as "version 1.2" or "draft".
    """

    reference: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its title, then *blocks* in reading order.

    *is_wide* lies on its side.  *is_sample* is marked on every page as about invented people.
    *head* stands at the top of every page; *foot* and *footer* at the bottom, before the page's
    number.  *opening* stands above the title: the head of a letter.  *is_prose* is text to be read
    from beginning to end, a letter or a contract: larger, with wider edges.
    """

    title: str
    blocks: tuple[Block, ...]
    language: str = "en-GB"
    is_wide: bool = False
    is_sample: bool = False
    foot: str = ""
    head: str = ""
    footer: Footer | None = None
    opening: tuple[Block, ...] = ()
    is_prose: bool = False

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """The blocks above the title, then those below it."""
        return (*self.opening, *self.blocks)

    @property
    def foot_words(self) -> str:
        """What stands at the bottom of every page, but for the mark of a sample and the number."""
        footer = self.footer or Footer("")
        return SEPARATOR.join(filter(None, (footer.reference, footer.version, self.foot)))


SEPARATOR = " · "


def _check_level(text: str, level: int) -> None:
    if not 2 <= level <= DEEPEST:
        raise ValueError(f"The heading “{text[:60]}” has level {level}; 2 to {DEEPEST} are known.")


def _check_number(number: str, of: str) -> None:
    if not number.strip() or len(number.splitlines()) != 1:
        raise ValueError(f"A number of “{of[:60]}” is missing or goes over two lines.")


def _check_indent(indent: int) -> None:
    if not 0 <= indent <= MOST_INDENTS:
        raise ValueError(f"{indent} steps to the right is not between 0 and {MOST_INDENTS}.")
