"""To make the picture in the README: the first page of a built PDF, on a pale ground.

`.venv/bin/python docs/picture.py [PDF]` after a build; it needs the packages of the tests.
"""
# ruff: noqa: INP001  (a folder of pages, not a package)

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PDF = ROOT / "out" / "digital-public-services" / "political-leadership.en.pdf"
WIDTH, MARGIN = 900, 36
GROUND, EDGE = "#E9EDEF", "#C3CCD1"
COLOURS = 64  # enough for smooth letters; more only makes the file larger


def first_page(pdf: Path, width: int) -> Image.Image:
    """The first page as a picture, `width` pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    picture: Image.Image = page.render(scale=width / page.get_width()).to_pil()
    document.close()
    return picture.convert("RGB")


def on_ground(page: Image.Image) -> Image.Image:
    """The page on the ground, with a hairline around it."""
    ground = Image.new("RGB", (WIDTH, page.height + 2 * MARGIN), GROUND)
    right, bottom = MARGIN + page.width, MARGIN + page.height
    ground.paste(EDGE, (MARGIN - 1, MARGIN - 1, right + 1, bottom + 1))
    ground.paste(page, (MARGIN, MARGIN))
    return ground


def main(arguments: list[str]) -> int:
    """Write the picture of that PDF, or of the README's, beside this file; the exit code."""
    pdf = Path(arguments[0]) if arguments else PDF
    if not pdf.exists():
        sys.stderr.write(f"{pdf} does not exist\n  hint: type 'python3 build.py' first\n")
        return 1
    picture = on_ground(first_page(pdf, WIDTH - 2 * MARGIN))
    file = Path(__file__).with_name(f"{pdf.stem}.png")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file} ({file.stat().st_size // 1000} kB)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
