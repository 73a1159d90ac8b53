"""The KSB codes of an activity: read strictly from a form, and kindly from what is stored."""

from __future__ import annotations

from apprentice_desk.domain.quick_ksbs import code_order, read_ksbs
from apprentice_desk.domain.quick_signs import next_word, word_end


def read_codes(text: str) -> tuple[str, ...]:
    """Return the codes that a person wrote, such as "K4-7, S1-2", each once and in their order.

    Raises ValueError with a sentence for anything that is no code.
    """
    codes, wrong = _read(text)
    if wrong:
        raise ValueError(wrong[0])
    return codes


def codes_in(text: str) -> tuple[str, ...]:
    """Return the codes in *text*, each once and in their order; what is none is passed over."""
    return _read(text)[0]


def _read(text: str) -> tuple[tuple[str, ...], list[str]]:
    codes: dict[str, None] = {}
    wrong: list[str] = []
    place, _ = next_word(text, 0)
    while place < len(text):
        found = read_ksbs(text, place)
        if found is None:
            end = max(word_end(text, place), place + 1)
            wrong.append(f"“{_short(text[place:end])}” is no KSB code. Write codes as K4-7, S1-2.")
        else:
            end = found.end
            codes.update(dict.fromkeys(found.codes))
            if found.message:
                wrong.append(f"{found.message} {found.remedy}")
        place, _ = next_word(text, end)
    return tuple(sorted(codes, key=code_order)), wrong


def _short(word: str) -> str:
    longest = 20
    return word if len(word) <= longest else f"{word[:longest]}…"


def shorthand(codes: tuple[str, ...]) -> str:
    """Return codes as they are written shortest: "K4-7, S1-2"."""
    runs: list[list[str]] = []
    for code in sorted(set(codes), key=code_order):
        last = runs[-1][-1] if runs else ""
        if last[:1] == code[:1] and int(code[1:]) == int(last[1:]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(f"{run[0]}-{run[-1][1:]}" if len(run) > 1 else run[0] for run in runs)
