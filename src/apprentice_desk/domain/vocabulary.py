"""The words of the field's lists, as the standard return writes them.

Each list stands once: records keep these words, forms offer them, and a test holds them against
the return's descriptor.
"""

from __future__ import annotations

from enum import StrEnum


class RoleFamily(StrEnum):
    """What kind of digital work a role is."""

    SOFTWARE = "software development"
    INFRASTRUCTURE = "infrastructure and support"
    DATA = "data"
    BUSINESS_ANALYSIS = "business analysis"
    DELIVERY = "delivery and project management"
    PRODUCT = "product"
    USER_RESEARCH = "user research and design"
    CYBER_SECURITY = "cyber security"
    NETWORK = "network"
    CONTENT = "content and marketing"
    OTHER = "other"


class EmployeeType(StrEnum):
    """Whether the person came for the apprenticeship."""

    NEW = "new recruit"
    EXISTING = "existing employee"


class AgeBand(StrEnum):
    """Age on the day training started, in the bands that DfE publishes."""

    UNDER_19 = "under 19"
    TO_24 = "19 to 24"
    FROM_25 = "25 and over"


class Grade(StrEnum):
    """Result of the assessment."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - a grade
    MERIT = "merit"
    DISTINCTION = "distinction"


class LeavingGroup(StrEnum):
    """Why someone left early, in the only detail that leaves the borough."""

    PROVIDER = "provider"
    EMPLOYER = "employer or redundancy"
    PERSONAL = "personal"
    MOVED_ON = "moved on"
    OTHER = "other"
    NOT_KNOWN = "not known"


class Destination(StrEnum):
    """Where someone went after the apprenticeship."""

    KEPT_PERMANENT = "kept on, permanent"
    KEPT_FIXED_TERM = "kept on, fixed term"
    PUBLIC_BODY = "another public body"
    OTHER_EMPLOYER = "another employer"
    EDUCATION = "education"
    NOT_KNOWN = "not known"


class Regime(StrEnum):
    """The procurement law that a contract was awarded under."""

    PCR_2015 = "PCR 2015"
    ACT_2023 = "Procurement Act 2023"
    BELOW_THRESHOLD = "below threshold"


class Route(StrEnum):
    """How a contract came to market."""

    FRAMEWORK_COMPETITION = "framework, further competition"
    FRAMEWORK_DIRECT = "framework, direct award"
    DYNAMIC = "dynamic purchasing system or dynamic market"
    OPEN = "open procedure"
    FLEXIBLE = "competitive flexible procedure"
    QUOTATION = "quotation"
    DIRECT = "direct award"


class NoticeUnit(StrEnum):
    """What a notice period is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"


class DataRole(StrEnum):
    """What the provider is to the borough in the law on personal data, as the contract says."""

    CONTROLLER = "controller of its own"
    PROCESSOR = "processor for the borough"
    BOTH = "controller, and processor for parts"
    JOINT = "joint controller"


class ExpiryKind(StrEnum):
    """What of a provider runs out and has to be seen again."""

    PUBLIC_LIABILITY = "public liability insurance"
    EMPLOYERS_LIABILITY = "employers' liability insurance"
    PROFESSIONAL_INDEMNITY = "professional indemnity insurance"
    CYBER = "cyber security certificate"
    SAFEGUARDING = "safeguarding and Prevent policy"
    DATA_PROTECTION = "data protection policy"
    CONTINUITY = "business continuity plan"
    OTHER = "other"


class PaymentKind(StrEnum):
    """What a payment is for."""

    TRAINING = "training, by month"
    COMPLETION = "completion"
    ABOVE_BAND = "above the funding band"
    REFUND = "refund or credit note"
    OTHER = "other"


class Measure(StrEnum):
    """What a provider is measured by; each is computed from what the desk holds."""

    REVIEWS_ON_TIME = "progress reviews held on time"
    FIRST_REVIEW = "first review by week 12"
    HOURS_TO_PLAN = "off-the-job hours to plan"
    KEPT_TO_COMPLETION = "apprentices kept to completion"
    WITHDRAWALS = "withdrawals"


class ProviderNoteKind(StrEnum):
    """What a note on a provider is about."""

    REGISTER = "register of providers (APAR)"
    INSPECTION = "inspection (Ofsted)"
    MEETING = "meeting"
    CONCERN = "concern"
    OTHER = "other"


class ContractFileKind(StrEnum):
    """What a file kept with a contract is."""

    SIGNED = "signed contract or order form"
    AWARD = "award letter"
    INVITATION = "invitation or specification"
    INSURANCE = "insurance or policy"
    EVIDENCE = "evidence"
    OTHER = "other"


class SecondmentKind(StrEnum):
    """Whether a borough asks for a place or offers one."""

    REQUEST = "request"
    OFFER = "offer"


class PlacementForm(StrEnum):
    """How a stay elsewhere is made: a secondment of weeks, or its light form of days."""

    SECONDMENT = "secondment"
    SHADOWING = "shadowing"
    VISIT = "visit"

    @property
    def is_light(self) -> bool:
        """Whether it lasts days, not weeks, and nothing is agreed in writing."""
        return self is not PlacementForm.SECONDMENT


class WorkingPattern(StrEnum):
    """Where the work of a secondment is done."""

    ON_SITE = "on site"
    HYBRID = "hybrid"
    REMOTE = "remote"


class SecondmentStatus(StrEnum):
    """How far a secondment has come; a draft stays at home."""

    DRAFT = "draft"
    REQUESTED = "requested"
    APPROVED = "approved"
    MATCHED = "matched"
    AGREED = "agreed"
    UNDER_WAY = "under way"
    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ListingKind(StrEnum):
    """What a line of a placements file asks for or offers, without names."""

    REQUEST = "request"
    OFFER = "offer"
    VACANCY = "vacancy"
    SHADOWING = "shadowing place"
    VISIT = "visit"


class ListingState(StrEnum):
    """Whether what a line of a placements file says can still be had."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


class OpeningKind(StrEnum):
    """What a borough opens to apprentices of others."""

    VACANCY = "vacancy"
    SHADOWING = "shadowing place"
    VISIT = "visit"


class MentorRole(StrEnum):
    """Who goes along with an apprentice besides the line manager."""

    MENTOR = "mentor"
    BUDDY = "buddy"


class EventKind(StrEnum):
    """What a network event was."""

    LINK_UP = "link-up"
    WORKSHOP = "workshop"
    CHALLENGE_DAY = "challenge day"
    SHOW_AND_TELL = "show and tell"
    VISIT = "visit"
    TRAINING_DAY = "training day"


class BarrierCategory(StrEnum):
    """What a barrier is about."""

    RECRUITMENT = "recruitment"
    LEVY = "levy and funding"
    CHOOSING = "choosing a standard"
    PROCUREMENT = "procurement"
    LINE_MANAGEMENT = "line management"
    TIME = "time for training"
    EQUIPMENT = "equipment and systems"
    SOMETHING_ELSE = "something else"


class Characteristic(StrEnum):
    """What a characteristic total counts."""

    SEX = "sex"
    ETHNIC_GROUP = "ethnic group"
    DISABILITY = "disability"
    CARE_LEAVER = "care leaver"


class ReceiptState(StrEnum):
    """What became of a return that was sent, as its receipt says."""

    ACCEPTED = "accepted"
    IN_PART = "accepted in part"
    REFUSED = "refused"
    CONFLICT = "conflict"
    REPLACED = "replaced"


class SubjectKind(StrEnum):
    """What a document is about."""

    PROCUREMENT = "procurement"
    BIDDER = "bidder"
    CONTRACT = "contract"
    APPRENTICESHIP = "apprenticeship"
    REVIEW = "review"
    SECONDMENT = "secondment"
    ORGANISATION = "organisation"

    @property
    def one(self) -> str:
        """The word as a sentence says it of one: "a bidder", "an apprenticeship"."""
        return f"{'an' if self.value[0] in 'ao' else 'a'} {self.value}"


class DocumentFormat(StrEnum):
    """What kind of file a document was issued as."""

    PDF = "pdf"
    WORD = "docx"

    @property
    def ending(self) -> str:
        """What the file's name ends in."""
        return f".{self.value}"
