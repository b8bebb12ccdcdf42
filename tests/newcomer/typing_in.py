"""Types values into a workbook as a person at LibreOffice would, and can print it as PDF.

Run by the system's own Python (the one LibreOffice's `uno` belongs to), never imported by the
tests: `python3 typing_in.py ORDER.json`. The order is {"open", "save", "print", "cells": {sheet:
{place: text}}}; a text is read by LibreOffice as if it were typed into the cell.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

EXCEL = "Calc MS Excel 2007 XML"
PATIENCE = 60


def main(order):
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"newcomer{Path(profile).name}"
        office = subprocess.Popen(
            [
                *("soffice", "--headless", "--norestore", "--nologo"),
                f"-env:UserInstallation={Path(profile).as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
            ]
        )
        try:
            desktop = connected(pipe)
            book = desktop.loadComponentFromURL(
                Path(order["open"]).as_uri(), "_blank", 0, (said("Hidden", True),)
            )
            for sheet, cells in order["cells"].items():
                for place, text in cells.items():
                    type_into(book.Sheets.getByName(sheet), place, text)
            if order.get("save"):
                store(book, order["save"], EXCEL)
            if order.get("print"):
                store(book, order["print"], "calc_pdf_Export")
            book.close(True)
            desktop.terminate()
            office.wait(PATIENCE)
        finally:
            office.kill()


def type_into(sheet, place, text):
    """A text cell takes what is typed as it is; any other reads it as a number or date."""
    cell = sheet.getCellRangeByName(place)
    if cell.NumberFormat == text_format(cell):
        cell.setString(text)
    else:
        cell.setFormula(text)


def text_format(cell):
    formats = cell.Spreadsheet.DrawPage.Forms.Parent.NumberFormats
    return formats.queryKey("@", uno.createUnoStruct("com.sun.star.lang.Locale"), False)


def store(book, path, how):
    book.storeToURL(Path(path).as_uri(), (said("FilterName", how),))


def said(name, value):
    wish = PropertyValue()
    wish.Name, wish.Value = name, value
    return wish


def connected(pipe):
    """The office's desktop, as soon as it answers."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", here
    )
    last = time.monotonic() + PATIENCE
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", there
            )
        except NoConnectException:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
