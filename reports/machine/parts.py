"""What a machine needs: the libraries that a build loads, and the judges that only tests need."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple


class Library(NamedTuple):
    """A native library that WeasyPrint loads, and the Debian package that brings it."""

    title: str
    stem: str
    package: str


class Judge(NamedTuple):
    """A program that only tests need, and the package that brings it: Debian's, or npm's."""

    title: str
    command: str
    package: str
    from_npm: bool = False


LIBRARIES = (
    Library("Pango", "pango-1.0", "libpango-1.0-0"),
    Library("Pango for FreeType", "pangoft2-1.0", "libpangoft2-1.0-0"),
    # Without it WeasyPrint subsets in Python: half as slow again, and the bytes carry the clock.
    Library("HarfBuzz subset", "harfbuzz-subset", "libharfbuzz-subset0"),
)
JUDGES = (
    Judge("LibreOffice", "soffice", "libreoffice-writer-nogui"),
    Judge("Java", "javac", "default-jdk-headless"),
    Judge("Chromium", "chromium", "chromium"),
    Judge("poppler", "pdftotext", "poppler-utils"),
    Judge("Apache", "apache2", "apache2-bin"),  # a server to deliver to, not installed as one
    Judge(
        "YAML language server",
        "yaml-language-server",
        "yaml-language-server@1.25.0",  # 2.0 needs Node.js 22, and Debian 12 has 18
        from_npm=True,
    ),
    Judge("axe-core, Nu HTML checker", "vnu", "axe-core@4.14.1 vnu-jar@26.9.27", from_npm=True),
)


def loader_name(library: Library) -> str:
    """The file that the dynamic loader looks for."""
    return f"lib{library.stem}.0.dylib" if sys.platform == "darwin" else f"lib{library.stem}.so.0"


def lies_there(library: Library) -> bool:
    """Whether the library's file lies where libraries lie: quicker than to load it.

    One that lies elsewhere is found by loading it.
    """
    multiarch = f"/usr/lib/{os.uname().machine}-linux-gnu"  # of Debian and its kin
    folders = (multiarch, "/usr/lib64", "/usr/lib", "/opt/homebrew/lib")
    return any(Path(folder, loader_name(library)).exists() for folder in folders)
