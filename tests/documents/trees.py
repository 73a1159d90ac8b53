"""Trees to be drawn by every renderer: each node once, and a contract with all of them."""

from __future__ import annotations

from apprentice_desk.documents.tree import (
    Block,
    Bold,
    Bullets,
    Clause,
    Column,
    Document,
    Footer,
    Gap,
    Heading,
    KeyValues,
    NewPage,
    Numbered,
    Para,
    Signatory,
    Signatures,
    Table,
)

GAP = Gap("provider's name")

EVERY_NODE: dict[type, Block] = {
    Heading: Heading("On programme"),
    Para: Para("2 of 24 shown.\nSorted by name.", is_quiet=True),
    Numbered: Numbered("1.1", ("The ", Bold("Provider"), " is ", GAP, ".")),
    Bullets: Bullets(("off-the-job training", "progress reviews"), indent=1),
    Table: Table(
        "Apprentices",
        (Column("Apprentice"), Column("Hours", is_right=True)),
        (("Ada Obi", "128:00"), ("Zoë Šimůnek", "7:30")),
    ),
    NewPage: NewPage(),
    KeyValues: KeyValues("Facts", (("Provider", "Thamesbank College"), ("Level", "4"))),
    Signatures: Signatures((Signatory("Apprentice", "Ada Obi"), Signatory("Line manager"))),
    Clause: Clause(
        "2",
        "Data protection",
        (
            Numbered("2.1", "Each party is a controller."),
            Bullets(("records of hours", "reviews"), ("(a)", "(b)"), indent=1),
            Clause("2.2", "Ending", (Para("Records go back."),), 3),
        ),
    ),
}
"""One of each kind, as the tree has them."""

WHOLE = Document("Apprentices", tuple(EVERY_NODE.values()))

_LONG = (
    "The Provider delivers the training and the off-the-job hours set out in Schedule 1, with"
    " reasonable skill and care, and tells the Council in writing within 5 working days of anything"
    " that may keep an apprentice from finishing on the planned day."
)

CONTRACT = Document(
    "Order form: training for apprentices",
    (
        Para("Model wording, to be reviewed by the Council's lawyers before use.", is_quiet=True),
        KeyValues(
            "The parties",
            (
                ("Council", "London Borough of Exampleton"),
                ("Provider", (GAP,)),
                ("UKPRN", "19990014"),
                ("Standard", "ST0117 Business administrator, level 3"),
                ("Starts", (Gap("first day of the contract"),)),
            ),
        ),
        Clause(
            "1",
            "What words mean",
            (
                Numbered("1.1", ("The ", Bold("Council"), " is the borough named above.")),
                Numbered("1.2", ("The ", Bold("Provider"), " is ", GAP, ", who is on the register"
                                 " of apprenticeship training providers on the day of signing.")),
                Numbered("1.3", "In this order form:"),
                Bullets(("a day is a day from midnight to midnight;", "an hour is sixty minutes of"
                         " training that counts under the funding rules, and no hour counts twice,"
                         " whoever has logged it and however often."), indent=1),
            ),
        ),
        Clause(
            "2",
            "Training",
            (
                *(Numbered(f"2.{number}", _LONG) for number in range(1, 11)),
                Clause(
                    "2.11",
                    "Where it is given",
                    (Numbered("2.11.1", _LONG, indent=1),
                     Bullets(("at the Council's offices,", "online."), ("(a)", "(b)"), indent=2)),
                    3,
                ),
            ),
        ),
        Clause(
            "3",
            "Price",
            (
                Numbered("3.1", "The Council pays these prices and no others:"),
                Table(
                    "Prices",
                    (Column("What"), Column("Each", is_right=True),
                     Column("Together", is_right=True)),
                    (
                        ("Training, each apprentice", "£4,000.00", "£48,000.00"),
                        ("Retakes", "£250.00", "£250.00"),
                        ("Assessment", "£1,000.00", (Gap("price of assessment"),)),
                    ),
                    has_row_headings=True,
                ),
                Numbered("3.2", "Nothing is paid for hours that are not logged."),
            ),
        ),
        NewPage(),
        Heading("Schedule 1: Measures"),
        Heading("How the provider is measured", 3),
        Para("Measured each quarter, from what the desk holds."),
        Table(
            "Measures",
            (Column("Measure"), Column("Target", is_right=True), Column("What is done below it")),
            tuple(
                (f"Measure {number}", f"{80 + number % 20}%", "A meeting within ten working days,"
                 " and a plan in writing that says who does what by when.")
                for number in range(1, 41)
            ),
        ),
        Heading("Signed"),
        Para("Each signs for the party named, and may do so."),
        Signatures(
            (
                Signatory("For the Council", "Ngozi Okafor, Head of HR"),
                Signatory("For the Provider", (Gap("who signs for the provider"),)),
            )
        ),
    ),
    is_sample=True,
    head="London Borough of Exampleton",
    foot="Model wording",
    footer=Footer("EX/2026/14", "version 1.2"),
    is_prose=True,
)  # fmt: skip

LETTER = Document(
    "Training for business administrators: the outcome",
    (
        Para(("Thank you for your quotation. We are sorry that it was not chosen. It scored ",
              Bold("71.5 of 100"), "; the quotation that was chosen scored 84.")),
        Para("What decided it:"),
        Bullets(("the timetable left out assessment;", "the price was above the band.")),
        Signatures((Signatory("Head of HR", "Ngozi Okafor"),)),
    ),
    opening=(
        Para("London Borough of Exampleton\nTown Hall\n1 High Street\nLondon EX1 1AA"),
        Para((Gap("provider's name"), "\n", Gap("provider's address"))),
        KeyValues("References", (("Our reference", "EX/2026/14"), ("Date", "4 August 2026"))),
        Para("Dear Ms Lindqvist"),
    ),
    footer=Footer("EX/2026/14"),
    is_prose=True,
)  # fmt: skip
