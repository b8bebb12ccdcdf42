"""`python -m tests.newcomer FOLDER`: walk it and write the README's pictures into the folder.

Needs LibreOffice with its Python bridge, poppler's pdftoppm and pdftotext, and a Chinese font.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.newcomer.walk import MAIN, in_office, returned_file, walked

DPI = 200
TABLE = (0.15, 0.35, 11.4, 2.1)
COVER = (0.4, 0.7, 10.2, 6.6)
"""What of the page is shown: left, top, width, height in inches."""


def main(folder: Path) -> None:
    """Walk in a temporary folder; three pictures."""
    with tempfile.TemporaryDirectory() as place:
        files = walked(Path(place))
        for step, said in files.said.items():
            print(f"== {step} ({files.codes[step]})\n{said}")
        picture(files.filled, MAIN, TABLE, folder / "form.png")
        back = returned_file(files)
        picture(back, MAIN, TABLE, folder / "returned.png")
        picture(back, "退回说明", COVER, folder / "returned-cover.png")


def picture(book: Path, title: str, part: tuple[float, ...], target: Path) -> None:
    """One part of the first printed page that has the title in its first lines."""
    pdf = book.with_suffix(".pdf")
    in_office({"open": str(book), "print": str(pdf), "cells": {}})
    page = next(n for n in range(1, 100) if title in first_line(pdf, n))
    left, top, width, height = (str(round(inches * DPI)) for inches in part)
    subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-r", str(DPI), "-f", str(page), "-l", str(page),
         "-x", left, "-y", top, "-W", width, "-H", height, str(pdf), str(target.with_suffix(""))],
        check=True,
    )  # fmt: skip


def first_line(pdf: Path, page: int) -> str:
    """What is printed first on a page; the guide's own heading is not the table's."""
    asked = ["pdftotext", "-f", str(page), "-l", str(page), str(pdf), "-"]
    text = subprocess.run(asked, check=True, capture_output=True).stdout.decode()
    line = text.partition("\n")[0]
    return "" if line.endswith("填表说明") else line


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
