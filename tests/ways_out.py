"""Which functions write files, and which of them nobody notes in the ledger: found in the source.

A *unit* is a function or class at the top of a module.  One that writes a file itself is a writer,
and so is one that uses a writer; where a unit also uses what notes files in the ledger, it ends
there.  What is left at the top, in the window and on the command line, are ways out that leave no
trace.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = "apprentice_desk"
SOURCE = Path(__file__).parents[1] / "src" / PACKAGE

WRITES = frozenset(
    {"write_bytes", "write_text", "fdopen", "copytree", "copy2", "copyfile", "mkstemp", "replacing"}
)
"""Calls by which a file comes into being, by their last name; opening one to write is another."""

NOTES = frozenset({"save_out", "note_left", "note"})
"""What notes files in the ledger of what left."""

OUTER = ("ui", "commands", "app", "command_line", "__main__")
"""Where a way out begins: what stands below is called by something that a person does."""


@dataclass
class Unit:
    """One function or class, by its full name."""

    name: str
    writes: bool = False
    notes: bool = False
    uses: set[str] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)


def units(source: Path = SOURCE) -> dict[str, Unit]:
    """Return every unit of the package."""
    found: dict[str, Unit] = {}
    also: dict[str, str] = {}  # what a package hands on, by the name that it has there
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        module = ".".join([PACKAGE, *(part for part in parts if part != "__init__")])
        tree = ast.parse(path.read_text("utf-8"))
        if parts[-1] == "__init__":
            also |= {f"{module}.{name}": of for name, of in _imported(tree).items()}
        own = {node.name for node in tree.body if isinstance(node, _DEFINED)}
        names = {name: f"{module}.{name}" for name in own} | _imported(tree)
        for node in tree.body:
            if isinstance(node, _DEFINED):
                unit = _unit(f"{module}.{node.name}", node, names | _imported(node))
                found[unit.name] = unit
    for unit in found.values():
        unit.uses = {also.get(name, name) for name in unit.uses}
    while heirs := [each for each in found.values() if not each.notes and _inherits(each, found)]:
        for each in heirs:  # what its parent does with what it writes
            each.notes = True
    return found


def _inherits(unit: Unit, found: Mapping[str, Unit]) -> bool:
    return any(found[base].notes for base in unit.bases if base in found)


_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _imported(tree: ast.AST) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _unit(name: str, tree: ast.AST, names: Mapping[str, str]) -> Unit:
    unit = Unit(name)
    if isinstance(tree, ast.ClassDef):
        unit.bases = {names.get(base.id, "") for base in tree.bases if isinstance(base, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = _last(node.func)
            unit.writes |= called in WRITES or (called == "open" and _is_to_write(node))
            unit.notes |= called in NOTES
        if isinstance(node, ast.Name):
            unit.uses.add(names.get(node.id, ""))
        elif isinstance(node, ast.Attribute):
            unit.uses.add(_dotted(node, names))
    unit.uses -= {"", name}
    return unit


def _last(called: ast.expr) -> str:
    match called:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
    return ""


def _is_to_write(call: ast.Call) -> bool:
    given = [*call.args, *(each.value for each in call.keywords)]
    modes = [each.value for each in given if isinstance(each, ast.Constant)]
    return any(
        isinstance(mode, str) and len(mode) <= 3 and mode[:1] in ("w", "x", "a") for mode in modes
    )


def _dotted(node: ast.Attribute, names: Mapping[str, str]) -> str:
    """Return the full name of ``module.name`` where the module was imported; else ""."""
    if isinstance(node.value, ast.Name) and node.value.id in names:
        return f"{names[node.value.id]}.{node.attr}"
    return ""


def ways_out(found: Mapping[str, Unit], stays: frozenset[str]) -> Iterator[str]:
    """Yield the units at the top of a way out that nothing notes; those that *stay* are no way."""
    writers = {name for name, unit in found.items() if unit.writes and name not in stays}
    while True:
        more = {
            name
            for name, unit in found.items()
            if name not in writers
            and name not in stays
            and not unit.notes
            and any(each in writers and not found[each].notes for each in _known(unit, found))
        }
        if not more:
            break
        writers |= more
    open_ended = {name for name in writers if not found[name].notes}
    used = {
        each
        for name in open_ended | {n for n, unit in found.items() if unit.notes}
        for each in _known(found[name], found)
    }
    for name in sorted(open_ended - used):
        if name.removeprefix(f"{PACKAGE}.").split(".")[0] in OUTER:
            yield name


def _known(unit: Unit, found: Mapping[str, Unit]) -> Iterator[str]:
    for name in unit.uses:
        if name in found:
            yield name
        else:  # a name below a class, such as a method called by the class's name
            above = name.rpartition(".")[0]
            if above in found:
                yield above
