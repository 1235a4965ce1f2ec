"""The peer: pandoc and Typst on composed Markdown, as a script and as a Makefile.

One call each: pandoc to DOCX, pandoc to HTML, pandoc to Typst's source, Typst to PDF.  The same
calls stand in both.  Typst is called through its Python package, without Python's own start-up
of site packages, which leaves 15 ms a call that Typst's own program wouldn't take.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pypandoc
import typst

MAKEFILE = """\
sources = $(wildcard *.md)
all: $(sources:.md=.docx) $(sources:.md=.html) $(sources:.md=.pdf)
%.docx: %.md
\t{pandoc} $< -o $@
%.html: %.md
\t{pandoc} $< -s --embed-resources -o $@
%.typ: %.md
\t{pandoc} $< -s -t typst -o $@
%.pdf: %.typ
\t{typst} $< $@
.PRECIOUS: %.typ
"""
TYPST = "import sys; sys.path.append({packages!r}); import typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def write_peer(folder: Path) -> None:
    """The peer's `Makefile` and `all.sh` in a folder that holds the Markdown."""
    calls = {"pandoc": pypandoc.get_pandoc_path(), "typst": _typst()}
    (folder / "Makefile").write_text(
        MAKEFILE.format(**{name: call.replace("$", "$$") for name, call in calls.items()}), "utf-8"
    )
    lines = [
        line.format(**calls, name=shlex.quote(source.stem))
        for source in sorted(folder.glob("*.md"))
        for line in (
            "{pandoc} {name}.md -o {name}.docx",
            "{pandoc} {name}.md -s --embed-resources -o {name}.html",
            "{pandoc} {name}.md -s -t typst -o {name}.typ",
            "{typst} {name}.typ {name}.pdf",
        )
    ]
    (folder / "all.sh").write_text("\n".join(("set -e", *lines, "")), "utf-8")


def _typst() -> str:
    packages = str(Path(typst.__file__).parent.parent)
    return shlex.join([sys.executable, "-I", "-S", "-c", TYPST.format(packages=packages)])


def clean(folder: Path) -> None:
    """Take away all that the peer has made."""
    for file in folder.iterdir():
        if file.suffix in {".docx", ".html", ".typ", ".pdf"}:
            file.unlink()
