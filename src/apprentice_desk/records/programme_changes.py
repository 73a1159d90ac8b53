"""Changes during an apprenticeship: of provider, of standard, and back from assessment.

Each keeps what held before, and until when; what holds now stands with the apprenticeship itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, and_, select
from sqlalchemy.orm import Mapped, Session, backref, foreign, mapped_column, relationship

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.identifiers import check_standard_code
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.move_checks import ChangeKind, check_change, check_planned_end
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import Ksb
from apprentice_desk.records.apprentices import (
    ApprenticeDetails,
    Apprenticeship,
    record_of,
    stored_course,
)
from apprentice_desk.records.base import Kept, Word
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.providers import Provider
from apprentice_desk.records.standard_versions import StandardVersion

_NEW_TERMS = (ChangeKind.PROVIDER, ChangeKind.STANDARD)
_ONLY_PLANNED = (ChangeKind.PLANNED_END, ChangeKind.BACK_FROM_BREAK, ChangeKind.PLAN_MOVED)


class ProgrammeChange(Kept):
    """One change on a day, with what held until the day before."""

    __tablename__ = "programme_change"
    __table_args__ = (Index("ix_programme_change_day", "apprenticeship_id", "changed_on"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    changed_on: Mapped[date]
    kind: Mapped[ChangeKind] = mapped_column(Word(ChangeKind))
    reason: Mapped[str] = mapped_column(String(500), default="")
    was_provider_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("provider.id", ondelete="RESTRICT"), index=True
    )
    was_contract_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contract.id", ondelete="RESTRICT"), index=True
    )
    was_provider_reference: Mapped[str] = mapped_column(String(60), default="")
    was_standard_code: Mapped[str | None] = mapped_column(String(6))
    was_standard_version: Mapped[str] = mapped_column(String(10), default="")
    was_standard_option: Mapped[str] = mapped_column(String(200), default="")
    was_training_planned_end_on: Mapped[date | None]
    was_assessment_began_on: Mapped[date | None]
    was_agreed_price: Mapped[Decimal | None]
    """What was typed as agreed for the apprentice, in one sum."""
    was_price_is_for: Mapped[PriceFor | None] = mapped_column(Word(PriceFor))

    # Whoever is removed, having been entered by mistake, takes along what was planned before a
    # return; a change of provider or standard keeps them, as hours and reviews do.
    apprenticeship: Mapped[Apprenticeship] = relationship(
        primaryjoin=lambda: and_(
            foreign(ProgrammeChange.apprenticeship_id) == Apprenticeship.id,
            ProgrammeChange.kind.in_(_ONLY_PLANNED),
        ),
        backref=backref("plans_before", cascade="all"),
    )


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change, with what held until the day before; names are blank where nothing is known."""

    id: UUID
    apprenticeship_id: UUID
    changed_on: date
    kind: ChangeKind
    reason: str
    was_provider_name: str
    was_contract_reference: str
    was_provider_reference: str
    was_standard_code: str | None
    was_standard_version: str
    was_standard_option: str
    was_training_planned_end_on: date | None
    was_assessment_began_on: date | None


def typed_price(apprenticeship: Apprenticeship | ApprenticeDetails) -> Decimal | None:
    """Return the price that is typed with an apprenticeship; None where none is, or half of it."""
    training, assessment = apprenticeship.training_price, apprenticeship.assessment_price
    if apprenticeship.agreed_price is not None or training is None or assessment is None:
        return apprenticeship.agreed_price
    return training + assessment


@dataclass(frozen=True, slots=True)
class PriceBefore:
    """The price that was typed until the last change of provider or standard."""

    until: date
    price: Decimal | None

    def words(self) -> str:
        """The price, and until when it was that."""
        if self.price is None:
            return f"Until {show_day(self.until)} no price was typed."
        return f"Until {show_day(self.until)} it was {show_pounds(self.price)}."


def price_before(session: Session, apprenticeship_id: UUID) -> PriceBefore | None:
    """Return the price before the last change of provider or standard; None without a change."""
    change = ProgrammeChange
    found = session.execute(
        select(change.changed_on, change.was_agreed_price)
        .where(change.apprenticeship_id == apprenticeship_id, change.kind.in_(_NEW_TERMS))
        .order_by(change.changed_on.desc(), change.changed_in.desc())
    ).first()
    return None if found is None else PriceBefore(found[0] - timedelta(days=1), found[1])


def check_price(
    before: PriceBefore | None, held: ApprenticeDetails, details: ApprenticeDetails
) -> list[Finding]:
    """Return what is to be asked where *details* have another price than the one before a change.

    Only who changes the price is asked: *held* are the details as they were.
    """
    price = typed_price(details)
    if before is None or price is None or price in (before.price, typed_price(held)):
        return []
    if details.price_is_for is not None:
        return []
    return [
        Finding(
            Level.ROW, "AP113", f"Is this price for the whole, or for what was left?"
            f" {before.words()}", "Choose one: the money of both contracts follows it.",
            Place(field="price_is_for"),
        )
    ]  # fmt: skip


def note_change(
    session: Session, apprenticeship: Apprenticeship, kind: ChangeKind, on: date, reason: str
) -> ProgrammeChange:
    """Keep what holds now as what held before a change on *on*; for the commands of records."""
    made = ProgrammeChange(
        apprenticeship_id=apprenticeship.id,
        changed_on=on,
        kind=kind,
        reason=reason.strip(),
        was_provider_id=apprenticeship.provider_id,
        was_contract_id=apprenticeship.contract_id,
        was_provider_reference=apprenticeship.provider_reference,
        was_standard_code=apprenticeship.standard_code,
        was_standard_version=apprenticeship.standard_version,
        was_standard_option=apprenticeship.standard_option,
        was_training_planned_end_on=apprenticeship.training_planned_end_on,
        was_assessment_began_on=apprenticeship.assessment_began_on,
        was_agreed_price=typed_price(apprenticeship),
        was_price_is_for=apprenticeship.price_is_for,
    )
    session.add(made)
    if kind in _NEW_TERMS:
        apprenticeship.price_is_for = None  # it is asked of this change, once the price is another
    return made


def change_provider(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    provider_id: UUID,
    contract_id: UUID | None = None,
    provider_reference: str = "",
    reason: str = "",
    planned_end_on: date | None = None,
    today: date | None = None,
) -> None:
    """Record that another provider trains from *on*, or under another contract.

    Raises Problem when nothing differs, the contract is another provider's, the apprenticeship
    has ended or not begun, *on* is after *today*, or a later change is recorded already.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    _check(session, apprenticeship, ChangeKind.PROVIDER, on, planned_end_on, today)
    contract = None if contract_id is None else session.get(Contract, contract_id)
    if contract is not None and contract.provider_id != provider_id:
        raise Problem(
            f"Contract {contract.reference} is another provider's.",
            "Choose a contract of the new provider, or none.",
        )
    before = (
        apprenticeship.provider_id, apprenticeship.contract_id, apprenticeship.provider_reference,
    )  # fmt: skip
    after = (provider_id, contract_id, provider_reference.strip())
    if before == after:
        raise Problem("That is the provider already, under the same contract and reference.")
    note_change(session, apprenticeship, ChangeKind.PROVIDER, on, reason)
    apprenticeship.provider_id, apprenticeship.contract_id = provider_id, contract_id
    apprenticeship.provider_reference = provider_reference.strip()
    _plan_end(apprenticeship, planned_end_on)


def change_standard(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    code: str,
    version: str,
    option: str = "",
    reason: str = "",
    planned_end_on: date | None = None,
    today: date | None = None,
) -> None:
    """Record that another standard, version or option is learnt from *on*.

    Raises Problem as ``change_provider`` does, ValueError when *code* is not a standard's.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    _check(session, apprenticeship, ChangeKind.STANDARD, on, planned_end_on, today)
    before = (
        apprenticeship.standard_code, apprenticeship.standard_version,
        apprenticeship.standard_option,
    )  # fmt: skip
    after = (check_standard_code(code), version.strip(), option.strip())
    if before == after:
        raise Problem("That is the standard already, in the same version and option.")
    note_change(session, apprenticeship, ChangeKind.STANDARD, on, reason)
    apprenticeship.standard_code, apprenticeship.standard_version = after[:2]
    apprenticeship.standard_option = after[2]
    _plan_end(apprenticeship, planned_end_on)


def change_planned_end(
    session: Session,
    apprenticeship_id: UUID,
    on: date,
    planned_end_on: date,
    apprenticeship_end_on: date | None = None,
    reason: str = "",
    today: date | None = None,
) -> None:
    """Record that from *on* training is planned to end on another day; the end before is kept.

    The planned end of the whole apprenticeship stays where it is not given.  Raises Problem as
    ``change_provider`` does, and when the ends do not fit together.
    """
    apprenticeship = record_of(session, apprenticeship_id)
    course = stored_course(apprenticeship)
    check_planned_end(course, planned_end_on, apprenticeship_end_on)
    _check(session, apprenticeship, ChangeKind.PLANNED_END, on, None, today)
    if planned_end_on == apprenticeship.training_planned_end_on:
        raise Problem("That is the planned end already.")
    note_change(session, apprenticeship, ChangeKind.PLANNED_END, on, reason)
    _plan_end(apprenticeship, planned_end_on)
    if apprenticeship_end_on is not None:
        apprenticeship.apprenticeship_planned_end_on = apprenticeship_end_on


def _check(
    session: Session,
    apprenticeship: Apprenticeship,
    kind: ChangeKind,
    on: date,
    planned_end_on: date | None,
    today: date | None,
) -> None:
    course = stored_course(apprenticeship)
    check_change(course, on, kind.value, today)
    check_planned_end(course, planned_end_on)
    later = session.scalars(
        select(ProgrammeChange.changed_on)
        .where(
            ProgrammeChange.apprenticeship_id == apprenticeship.id,
            ProgrammeChange.kind == kind,
            ProgrammeChange.changed_on >= on,
        )
        .order_by(ProgrammeChange.changed_on.desc())
    ).first()
    if later is not None:
        raise Problem(
            f"Another {kind} is recorded from {show_day(later)} on already.",
            "Give a later day, or undo that change first.",
        )


def _plan_end(apprenticeship: Apprenticeship, planned_end_on: date | None) -> None:
    if planned_end_on is not None:
        apprenticeship.training_planned_end_on = planned_end_on
        apprenticeship.is_end_day_given = True


def version_ksbs(
    session: Session, code: str, version: str, option: str = ""
) -> tuple[Ksb, ...] | None:
    """Return what a version asks, of the option where it is one of its own; None if not loaded."""
    found = session.scalars(
        select(StandardVersion).where(
            StandardVersion.standard_code == code, StandardVersion.version == version.strip()
        )
    ).first()
    if found is None:
        return None
    numbers = {each.title: each.number for each in found.options}
    chosen = numbers.get(option.strip())
    ksbs = [Ksb(k.code, k.words, frozenset(map(int, k.options.split()))) for k in found.ksbs]
    return tuple(k for k in ksbs if chosen is None or not k.options or chosen in k.options)


def change_rows(session: Session, apprenticeship_id: UUID) -> tuple[ChangeRow, ...]:
    """Return the changes of one apprenticeship, the earliest first."""
    found = session.execute(
        select(ProgrammeChange, Provider.name, Contract.reference)
        .outerjoin(Provider, Provider.id == ProgrammeChange.was_provider_id)
        .outerjoin(Contract, Contract.id == ProgrammeChange.was_contract_id)
        .where(ProgrammeChange.apprenticeship_id == apprenticeship_id)
        .order_by(ProgrammeChange.changed_on, ProgrammeChange.changed_in)
    )
    return tuple(
        ChangeRow(
            made.id, made.apprenticeship_id, made.changed_on, made.kind, made.reason,
            provider or "", contract or "", made.was_provider_reference, made.was_standard_code,
            made.was_standard_version, made.was_standard_option,
            made.was_training_planned_end_on, made.was_assessment_began_on,
        )
        for made, provider, contract in found
    )  # fmt: skip
