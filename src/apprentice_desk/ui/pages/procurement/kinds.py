"""What is entered of a procurement, kind by kind: lists and forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apprentice_desk.domain.clarifications import check_names
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import plain
from apprentice_desk.records import procurement_items
from apprentice_desk.records.procurement_details import (
    AbstentionDetails,
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    EvaluatorDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_overview import ProcurementOverview
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.ui.destinations import Destination, OpenProcurement
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.recording.choices import (
    day_in_table,
    day_in_words,
    provider_choices,
    standard_choices,
    words,
)
from apprentice_desk.ui.recording.kind import Kind, Shown


class ItemKind(Kind):
    """One kind of thing that is entered of the procurement last given to ``show``."""

    about = ""
    tables = ()
    filter_by = ""
    found: ProcurementOverview | None = None

    def show(self, found: ProcurementOverview) -> None:
        """Keep to one procurement."""
        self.found = found

    @property
    def of_it(self) -> ProcurementOverview:
        """The procurement that is shown."""
        assert self.found is not None  # nothing is entered before one is shown
        return self.found

    def read(self, _session: Any) -> tuple[Shown, ...]:
        """Return what is entered, in its order."""
        return () if self.found is None else tuple(self.rows(self.found))

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return the rows of one procurement; every kind says which."""
        raise NotImplementedError  # every kind says which

    def blank(self) -> Any:
        """Return what a new one begins with."""
        return self.details_class()

    def check(self, details: Any, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with *details*."""
        return procurement_items.check_item(details)

    def named(self, _details: Any) -> str:
        """Return what it is and of which procurement."""
        return f"{self.thing}, procurement {self.of_it.details.reference}"

    def destination(self, record_id: UUID | None, _field: str) -> Destination:
        """Return where the form is: on the page of the procurement."""
        return OpenProcurement(self.of_it.id, self.name, record_id)

    def details(self, session: Any, record_id: UUID) -> Any:
        """Return what the form edits."""
        return procurement_items.item_details(session, self.details_class, record_id)

    def add(self, session: Any, details: Any) -> UUID:
        """Enter a new one."""
        return procurement_items.add_item(session, self.of_it.id, details)

    def correct(self, session: Any, record_id: UUID, details: Any) -> None:
        """Replace the details of one."""
        procurement_items.correct_item(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Take one out of the desk."""
        procurement_items.remove_item(session, self.details_class, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Say what will happen."""
        return f"The {self.thing} goes out of this procurement. Undo brings it back."

    def bidder_choices(self) -> list[tuple[UUID, str]]:
        """Return the bidders of the procurement, by name."""
        return [(row.id, row.name) for row in self.of_it.bidders]


class Steps(ItemKind):
    """The days of the timetable."""

    name = "timetable"
    title = "Timetable"
    thing = "day of the timetable"
    empty = ("No days yet", "Add when the invitation goes out and when bids are due.")
    details_class = StepDetails
    columns = (
        Column("What", lambda shown: shown.title, kind="strong", width=20,
               tip=lambda shown: shown.title),
        Column("Day", lambda shown: _day_badge(shown.details), kind="badge", width=19,
               sort=lambda shown: (shown.details.due_on, shown.details.due_at),
               say=lambda shown: _day_said(shown.details),
               tip=lambda shown: _day_said(shown.details)),
    )  # fmt: skip

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return the days, soonest first."""
        return [
            Shown(row.id, words(row.details.kind) if row.details.kind is not StepKind.OTHER
                  else row.details.what, row.details)
            for row in found.steps
        ]  # fmt: skip

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return (
            Field("kind", "What the day is", "choice", choices=tuple(StepKind), required=True,
                  width=30),
            Field("due_on", "Planned for", "date", required=True),
            Field("due_at", "Time", beside=True, width=8, help="Such as 12:00."),
            Field("what", "In words", help="Where it is something else."),
            Field("done_on", "Done on", "date",
                  help="Leave it blank until it is done. Once the invitation has gone out, the"
                  " procurement is out to bidders."),
        )  # fmt: skip


def _day_badge(details: StepDetails) -> Badge:
    if details.done_on is not None:
        return Badge(day_in_table(details.done_on), "good", "check")
    return Badge(_day_at(details), "quiet", "calendar")


def _day_said(details: StepDetails) -> str:
    planned = f"planned for {_day_at(details)}"
    done = f"done on {day_in_words(details.done_on)}, " if details.done_on is not None else ""
    return f"{done}{planned}"


def _day_at(details: StepDetails) -> str:
    return f"{day_in_table(details.due_on)} {details.due_at}".rstrip()


_STANDINGS: Mapping[BidderStanding, Badge] = {
    BidderStanding.ASKED: Badge("No bid yet", "quiet", "mail"),
    BidderStanding.BID: Badge("Bid received", "good", "check"),
    BidderStanding.NO_BID: Badge("Did not bid", "quiet", "minus"),
    BidderStanding.LATE: Badge("Too late", "warning", "clock"),
    BidderStanding.WITHDREW: Badge("Withdrew", "quiet", "undo-2"),
    BidderStanding.EXCLUDED: Badge("Excluded", "danger", "ban"),
}


class Bidders(ItemKind):
    """Who was asked, and who bid."""

    name = "bidders"
    title = "Bidders"
    thing = "bidder"
    empty = ("No bidders yet", "Add whom you ask, and record each bid as it comes.")
    details_class = BidderDetails
    columns = (
        Column("Bidder", lambda shown: shown.title, kind="strong", width=22,
               tip=lambda shown: shown.details.note or shown.title),
        Column("How things stand", lambda shown: _STANDINGS[shown.details.standing],
               kind="badge", width=15),
        Column("Answered", lambda shown: day_in_table(shown.details.answered_on),
               sort=lambda shown: shown.details.answered_on, width=11),
        Column("Price", lambda shown: "" if shown.details.price is None
               else show_pounds(shown.details.price), sort=lambda shown: shown.details.price,
               right=True, width=12),
    )  # fmt: skip
    can_do_without = (2,)

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return the bidders by name."""
        return [Shown(row.id, row.name, row.details) for row in found.bidders]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the providers of this desk."""
        price_is_of = self.of_it.details.price_is_of
        return (
            Field("provider_id", "Provider", "search", width=50,
                  choices=provider_choices(self.desk.store.read(provider_rows))),
            Field("name", "Or its name", help="Where it is not in the list."),
            Field("contact", "Whom you write to"),
            Field("email", "Email"),
            Field("address", "Address", "long text", rows=3, help="As letters to it say it."),
            Field("identifier", "Unique identifier",
                  help="From the central digital platform; assessment summaries name it."),
            Field("asked_on", "Asked on", "date"),
            Field("standing", "How things stand", "choice", choices=tuple(BidderStanding),
                  required=True, width=24,
                  help="Only bids that were received in time are scored."),
            Field("answered_on", "Answered on", "date"),
            Field("price", "Price", "money",
                  help=f"The price that is compared: {price_is_of}." if price_is_of
                  else "The price that is compared with the others'."),
            Field("note", "Note", "long text",
                  help="Such as why it is excluded, or why a late bid stands."),
        )  # fmt: skip


class BidPrices(ItemKind):
    """What each bid asks for one apprentice of a standard."""

    name = "prices"
    title = "Prices offered"
    thing = "price"
    empty = ("No prices yet", "What one apprentice costs; the contract takes them over.")
    details_class = BidPriceDetails
    columns = (
        Column("Bidder", lambda shown: shown.title, kind="strong", width=14,
               tip=lambda shown: shown.title),
        Column("Standard", lambda shown: shown.details.standard_code, width=9),
        Column("Price", lambda shown: show_pounds(_price(shown.details)), right=True, width=12,
               sort=lambda shown: _price(shown.details),
               tip=lambda shown: f"{show_pounds(shown.details.training_price)} for training,"
               f" {show_pounds(shown.details.assessment_price)} for assessment"),
    )  # fmt: skip

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return the prices by standard."""
        return [Shown(row.id, row.bidder_name, row.details) for row in found.prices]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the bidders and the standards of this desk."""
        standards = standard_choices(self.desk.store.read(standard_rows))
        return (
            Field("bidder_id", "Bidder", "choice", choices=self.bidder_choices(), required=True,
                  width=40),
            Field("standard_code", "Standard", "search", choices=standards, required=True,
                  width=50),
            Field("training_price", "Training", "money", required=True),
            Field("assessment_price", "Assessment", "money", required=True, beside=True),
        )  # fmt: skip


def _price(details: BidPriceDetails) -> Any:
    assert details.training_price is not None  # the columns are never blank
    assert details.assessment_price is not None
    return details.training_price + details.assessment_price


_ANSWERED = Badge("Answered", "good", "check")
_UNPUBLISHED = Badge("Not published", "warning", "triangle-alert")
_OPEN = Badge("To answer", "warning", "mail")


class Clarifications(ItemKind):
    """Questions that came in, and what all bidders are told."""

    name = "clarifications"
    title = "Questions and answers"
    thing = "question"
    empty = ("No questions yet", "Who asked stays in this desk: bidders read question and answer.")
    details_class = ClarificationDetails
    columns = (
        Column("No.", lambda shown: f"{shown.row.number}", sort=lambda shown: shown.row.number,
               width=5, right=True),
        Column("Question", lambda shown: shown.title, width=30, tip=lambda shown: shown.title),
        Column("Asked", lambda shown: day_in_table(shown.details.asked_on),
               sort=lambda shown: shown.details.asked_on, width=11,
               tip=lambda shown: f"Asked by {shown.row.bidder_name}" if shown.row.bidder_name
               else "Who asked is not entered"),
        Column("Answer", lambda shown: _answer_badge(shown.details),
               kind="badge", width=16, tip=lambda shown: shown.details.answer),
    )  # fmt: skip
    stretch = 1
    can_do_without = (2, 0)

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return the questions by number, those without an answer first."""
        rows = sorted(found.clarifications, key=lambda row: row.details.answered_on is not None)
        return [Shown(row.id, row.details.question, row.details, row) for row in rows]

    def check(self, details: ClarificationDetails, record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a question, and which names all bidders would read."""
        published = (details.published_question, details.answer)
        return [
            *super().check(details, record_id),
            *check_names(*published, self.of_it.names),
        ]

    def blank(self) -> ClarificationDetails:
        """Return a question of today."""
        return ClarificationDetails(asked_on=self.desk.clock.today())

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the bidders of the procurement."""
        return (
            Field("asked_on", "Asked on", "date", required=True),
            Field("bidder_id", "Asked by", "choice", choices=self.bidder_choices(), width=40,
                  help="Stays in this desk: it is never published."),
            Field("question", "Question as it came", "long text", required=True),
            Field("published_question", "Question as bidders read it", "long text",
                  help="Without names. Only this is published, never the question as it came."),
            Field("answer", "Answer", "long text"),
            Field("answered_on", "Published on", "date"),
        )  # fmt: skip


def _answer_badge(details: ClarificationDetails) -> Badge:
    if details.answered_on is None:
        return _OPEN
    return _ANSWERED if details.published_question else _UNPUBLISHED


class Criteria(ItemKind):
    """What bids are judged by, and how much each weighs."""

    name = "criteria"
    title = "Criteria and weights"
    thing = "criterion"
    empty = ("No criteria yet", "Their weights come to 100 together; price may weigh 0.")
    details_class = CriterionDetails
    columns = (
        Column("Criterion", lambda shown: shown.title, kind="strong", width=26,
               tip=lambda shown: shown.details.asks or shown.title),
        Column("What it is", lambda shown: "Price" if shown.details.is_price else "Quality",
               width=10),
        Column("Least score", lambda shown: "" if shown.details.least_score is None
               else plain(shown.details.least_score), right=True, width=11,
               sort=lambda shown: shown.details.least_score),
        Column("Weight", lambda shown: plain(shown.details.weight), right=True, width=9,
               sort=lambda shown: shown.details.weight),
    )  # fmt: skip
    can_do_without = (2, 1)

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return the criteria in the order of entry."""
        return [Shown(row.id, row.details.name, row.details) for row in found.criteria]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return (
            Field("name", "Criterion", required=True, help="Such as: How training is delivered."),
            Field("weight", "Weight of 100", "decimal", required=True),
            Field("is_price", "This is price", "tick"),
            Field("least_score", "Least score", "decimal",
                  help="A bid below it is not ranked. Blank: none is asked."),
            Field("asks", "What bidders are asked", "long text",
                  help="And what makes a high or a low score."),
        )  # fmt: skip


class Evaluators(ItemKind):
    """Who scores the bids."""

    name = "evaluators"
    title = "Evaluators"
    thing = "evaluator"
    empty = ("No evaluators yet", "Everybody who scores, each with a declaration of interests.")
    details_class = EvaluatorDetails
    columns = (
        Column("Name", lambda shown: shown.title, kind="strong", width=16,
               tip=lambda shown: shown.details.role or shown.title),
        Column("Interests declared", lambda shown: day_in_table(shown.details.declared_on),
               sort=lambda shown: shown.details.declared_on, width=17,
               say=lambda shown: day_in_words(shown.details.declared_on) or "not declared",
               tip=lambda shown: shown.details.interests),
    )  # fmt: skip

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return the evaluators by name."""
        return [Shown(row.id, row.details.name, row.details) for row in found.evaluators]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return (
            Field("name", "Name", required=True),
            Field("role", "Role"),
            Field("declared_on", "Interests declared on", "date"),
            Field("interests", "What was declared", "long text",
                  help="Such as: none, or a former job at one of the bidders."),
        )  # fmt: skip


class Abstentions(ItemKind):
    """What an evaluator does not score, and why."""

    name = "abstentions"
    title = "Who does not score"
    thing = "abstention"
    empty = (
        "Everybody scores everything",
        "Enter here what an evaluator leaves out, such as for a conflict of interest.",
    )
    details_class = AbstentionDetails
    columns = (
        Column("Evaluator", lambda shown: shown.title, kind="strong", width=14,
               tip=lambda shown: shown.details.reason),
        Column("Leaves out", lambda shown: shown.row, width=18,
               tip=lambda shown: f"{shown.row}: {shown.details.reason}",
               say=lambda shown: f"{shown.row}, because: {shown.details.reason}"),
    )  # fmt: skip
    stretch = 1

    def rows(self, found: ProcurementOverview) -> list[Shown]:
        """Return what is left out, by evaluator."""
        bidders = {row.id: row.name for row in found.bidders}
        criteria = {row.id: row.details.name for row in found.criteria}
        made = []
        for row in found.abstentions:
            parts = (
                criteria.get(row.details.criterion_id or row.id, ""),
                bidders.get(row.details.bidder_id or row.id, ""),
            )
            out = " of ".join(each for each in parts if each)
            made.append(Shown(row.id, row.evaluator_name, row.details, out))
        return sorted(made, key=lambda shown: (shown.title.casefold(), shown.row))

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with evaluators, bidders and criteria of the procurement."""
        evaluators = [(row.id, row.details.name) for row in self.of_it.evaluators]
        criteria = [(row.id, row.details.name) for row in self.of_it.criteria]
        return (
            Field("evaluator_id", "Evaluator", "choice", choices=evaluators, required=True,
                  width=40),
            Field("bidder_id", "Bidder", "choice", choices=self.bidder_choices(), width=40,
                  help="Whose bid is not scored; blank: any."),
            Field("criterion_id", "Criterion", "choice", choices=criteria, width=40,
                  help="What is not scored; blank: any."),
            Field("reason", "Reason", "long text", required=True,
                  help="Such as: a former job at this bidder."),
        )  # fmt: skip
