"""A small library of wording for tests: written as its files are, sealed as they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from apprentice_desk.documents.wording import Library, read_library, read_settings
from apprentice_desk.domain.own_wording import fingerprint

SETTINGS = """
version = "T.1"
owner = "The project"
model_note = "This is model wording, to be read by lawyers."
proper_names = ["Council", "Provider", "VAT"]

[not_words]
learner = "apprentice"
"""


def clause(
    key: str, text: str, *, version: int = 1, title: str = "", status: str = "released",
    owner: str = "Grace", review_by: str = "2030-01-31", **more: str | bool | Mapping[str, str],
) -> dict[str, str]:  # fmt: skip
    """Return the file of a clause by its name; *more* are further keys, a table last."""
    lines = [
        f'id = "{key}"', f"version = {version}", f'title = "{title or key.title()}"',
        f'status = "{status}"', f'owner = "{owner}"', f"review_by = {review_by}",
    ]  # fmt: skip
    defines = more.pop("defines", None)
    lines += [f"{name} = {json.dumps(value)}" for name, value in more.items()]
    if isinstance(defines, Mapping):
        lines.append("[defines]")
        lines += [f'"{term}" = {json.dumps(says)}' for term, says in defines.items()]
    about = "\n".join(lines)
    return {f"clauses/{key}.{version}.md": f"+++\n{about}\n+++\n\n{text}\n"}


def part(kind: str, *clauses: str, title: str = "", applies: str = "") -> str:
    """Return a part of a document type."""
    lines = ["[[part]]", f'kind = "{kind}"', f"clauses = {json.dumps(clauses)}"]
    lines += [f'title = "{title}"'] if title else []
    lines += [f"applies = {json.dumps(applies)}"] if applies else []
    return "\n".join(lines)


def of_type(
    key: str, subject: str, parts: Iterable[str], *, version: int = 1, status: str = "released",
    voice: str = "the Council and the others by name", title: str = "", subtitle: str = "",
    review_by: str = "2030-01-31", to_come: Collection[str] = (), checks: Collection[str] = (),
    signs: Collection[str] = (),
) -> dict[str, str]:  # fmt: skip
    """Return the file of a document type by its name."""
    about = [
        f'id = "{key}"', f"version = {version}", f'name = "{key.title()}"', f'status = "{status}"',
        'owner = "Grace"', f"review_by = {review_by}", f'subject = "{subject}"',
        f'voice = "{voice}"', f'title = "{title or key.title()}"',
    ]  # fmt: skip
    about += [f"to_come = {json.dumps(list(to_come))}"] if to_come else []
    about += [f"checks = {json.dumps(list(checks))}"] if checks else []
    about += [f"signs = {json.dumps(list(signs))}"] if signs else []
    about += [f'subtitle = "{subtitle}"'] if subtitle else []
    return {f"documents/{key}.{version}.toml": "\n".join([*about, *parts])}


def files_of(*parts: Mapping[str, str], settings: str = SETTINGS) -> dict[str, str]:
    """Return a library's files, everything in it sealed."""
    files = {name: text for each in parts for name, text in each.items()}
    seals = [
        f'"{name.rpartition(".")[0]}" = "{fingerprint(text)}"'
        for name, text in files.items()
        if 'status = "draft"' not in text
    ]
    return files | {"library.toml": "\n".join([settings, *(["[sealed]"] if seals else []), *seals])}


def library_of(*parts: Mapping[str, str], settings: str = SETTINGS) -> Library:
    """Return the library of these files."""
    return read_library(files_of(*parts, settings=settings))


OWN_SETTINGS = read_settings(SETTINGS, "library.toml")

LETTER = (
    clause("letter-head", "{council_name}\n\n{document_date}"),
    clause(
        "letter-words",
        "Dear {bidder_contact}\n\nYour bid for {procurement_title} was read."
        "\n\n{when known(bidder_points)} It has {bidder_points} points.\n\n{officer_name}",
    ),
    clause("letter-thanks", "Thank you for it.", is_optional=True, guidance="Be kind."),
    of_type(
        "letter", "bidder",
        (part("head", "letter-head"), part("letter", "letter-words", "letter-thanks")),
        voice="we and you", title="Your bid: {procurement_title}",
    ),
)  # fmt: skip
"""A letter to a bidder."""

ORDER = (
    clause(
        "order-parties",
        "This order is between {council_name} and {provider_name}.\n\nIt is a Contract."
        "\n\n{table:signatures}",
        defines={"Contract": "this order, as {ref:order-pay#days} says"},
    ),
    clause("order-meaning", "{table:definitions}"),
    clause(
        "order-pay",
        "The Council pays as {ref:order-parties} says:\n\n- {value_limit} at most;\n- with VAT."
        "\n\n{#days} It pays within {payment_days} days.\n\n{table:prices}",
    ),
    clause(
        "order-social", "The Provider does what {ref:order-pay} pays for.", is_optional=True,
        is_on=False, guidance="If promised.", title="Social value",
    ),
    clause("order-data", "Data is kept.", applies="known(data_role)"),
    of_type(
        "order", "contract",
        (
            part("clauses", "order-parties", "order-meaning"),
            part("schedule", "order-pay", "order-social", title="Price"),
            part("schedule", "order-data", title="Data", applies="known(provider_ukprn)"),
        ),
        title="Order for {contract_title}", subtitle="{contract_reference}",
        to_come=("contract_ends_on",), checks=("cover-is-an-amount", "prices-within-band"),
    ),
)  # fmt: skip
"""A contract with schedules, a definition, references, a list and an optional clause."""

INVITATION = (
    clause("call-words", "The Council asks for bids.\n\n{bids_to}\n\n{table:timetable}"),
    of_type("call", "procurement", (part("letter", "call-words"),)),
)
"""An invitation with a table of the desk."""
