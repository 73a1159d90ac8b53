"""Run by a Python that has LibreOffice's UNO, never by the tests' own: opens and fills workbooks.

    python in_libreoffice.py PIPE ORDERS.json

Connects to the LibreOffice that listens on PIPE, does what ORDERS.json says, and prints what it
saw as JSON.  An order is {"open": path, "type": {sheet: {cell: text}}, "save": [paths]}, or
{"open": path, "cells": true, "as": {"FilterName": name, "FilterOptions": options}} to see which
cells work something out.
"""

import contextlib
import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.sheet.ValidationType import LIST

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".pdf": "calc_pdf_Export"}
WAIT = 90  # seconds that LibreOffice may take to start


def named(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    until = time.monotonic() + WAIT
    while True:
        try:
            found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return found.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", found
            )


def seen(sheet):
    """Return what a person sees of a sheet: headings, notes, lists, formats, protection."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    width = cursor.RangeAddress.EndColumn + 1
    columns = []
    for at in range(width):
        cell = sheet.getCellByPosition(at, 200)
        columns.append(
            {
                "heading": sheet.getCellByPosition(at, 0).String,
                "list": cell.Validation.getFormula1() if cell.Validation.Type == LIST else "",
                "format": cell.NumberFormat,
            }
        )
    notes = {
        note.Position.Column: note.String for note in sheet.Annotations if note.Position.Row == 0
    }
    return {
        "columns": columns,
        "notes": {str(column): text for column, text in notes.items()},
        "is_protected": sheet.isProtected(),
        "is_visible": sheet.IsVisible,
        "first_labels_locked": [
            sheet.getCellByPosition(at, 1).CellProtection.IsLocked for at in (0, 1)
        ],
    }


def cells_of(document):
    """Return the formulas and texts of all sheets, and how many links to elsewhere there are."""
    found = {"formulas": [], "texts": [], "links": 0}
    if not hasattr(document, "Sheets"):
        fields = document.TextFields.createEnumeration()
        while fields.hasMoreElements():
            found["formulas"].append(fields.nextElement().getPresentation(True))
        found["texts"] = document.Text.String.splitlines()
        return found
    for sheet in document.Sheets:
        for kind, name in ((16, "formulas"), (4, "texts")):  # CellFlags.FORMULA and .STRING
            every = sheet.queryContentCells(kind).Cells.createEnumeration()
            while every.hasMoreElements():
                cell = every.nextElement()
                found[name].append(cell.Formula if kind == 16 else cell.String)
    for kind in ("DDELinks", "AreaLinks", "ExternalDocLinks", "SheetLinks"):
        links = getattr(document, kind)
        found["links"] += links.Count if hasattr(links, "Count") else len(links.ElementNames)
    return found


def carry_out(desktop, order):
    path = Path(order["open"])
    ways = named(Hidden=True, **order.get("as", {}))
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ways)
    if order.get("cells"):
        try:
            return cells_of(document)
        finally:
            document.close(True)
    try:
        formats = document.NumberFormats
        sheets = {}
        for sheet in document.Sheets:
            found = seen(sheet)
            for column in found["columns"]:
                column["format"] = formats.getByKey(column["format"]).FormatString
            controller = document.CurrentController
            if sheet.IsVisible:
                controller.setActiveSheet(sheet)
            found["is_frozen"] = sheet.IsVisible and controller.hasFrozenPanes()
            sheets[sheet.Name] = found
        ranges = [area.Name for area in document.DatabaseRanges]
        for name, cells in order.get("type", {}).items():
            sheet = document.Sheets.getByName(name)
            for cell, text in cells.items():
                sheet.getCellRangeByName(cell).setFormula(text)
        for target in map(Path, order.get("save", ())):
            document.storeToURL(target.as_uri(), named(FilterName=FILTERS[target.suffix]))
    finally:
        document.close(True)
    return {"sheets": sheets, "tables": ranges}


def main():
    pipe, orders = sys.argv[1:]
    desktop = connect(pipe)
    try:
        found = [carry_out(desktop, order) for order in json.loads(Path(orders).read_text("utf-8"))]
    finally:
        with contextlib.suppress(DisposedException):  # it is gone before it could answer
            desktop.terminate()
    sys.stdout.write(json.dumps(found))


main()
