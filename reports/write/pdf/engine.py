"""WeasyPrint, shut in: it may fetch the fonts it is given, and nothing else."""

from __future__ import annotations

import ctypes.util
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from reports.fonts import Face
from reports.write.pdf.thrift import keep_patterns, keep_sheets, own_sheet

_FONT_SETTINGS = "FONTCONFIG_FILE"  # what fontconfig reads when a page is laid out
_SETTINGS = {"pdf_variant": "pdf/a-2a", "output_intent": "sRGB2014"}


def laid_out(html: str, fonts: Mapping[Face, Path]) -> tuple[Any, Any]:
    """WeasyPrint's document, and the element tree that it was laid out from."""
    page = parsed(html, fonts)
    profiles = {_SETTINGS["output_intent"]: _colours()}
    # A page without any font would bring Pango down when it is drawn.
    with _no_other_fonts() if fonts else nullcontext():
        document = page.render(color_profiles=profiles, **_SETTINGS)
    return document, page.etree_element


def parsed(html: str, fonts: Mapping[Face, Path]) -> Any:
    """WeasyPrint's page of HTML, before it is laid out."""
    keep_patterns()
    keep_sheets()
    page = library().HTML(string=html, url_fetcher=_fetcher(fonts))
    page._ua_stylesheets = lambda _forms: [own_sheet()]  # noqa: SLF001 - nothing public sets it
    return page


def library() -> Any:
    """WeasyPrint, imported when it is first wanted."""
    with _libraries_by_name():
        import weasyprint
    return weasyprint


def drawn(document: Any, finisher: Callable[[Any, Any], None]) -> bytes:
    """The PDF of WeasyPrint's document, with what the finisher makes of its objects."""
    data: bytes = document.write_pdf(finisher=finisher, **_SETTINGS)
    return data


def _colours() -> Any:
    """The colour profile that WeasyPrint brings, which PDF/A wants; it would leave the file open."""
    from weasyprint.css import ColorProfile

    file = files("weasyprint.pdf") / "sRGB2014.icc"
    channels = (["r"], ["g"], ["b"])
    with file.open("rb") as opened:
        return ColorProfile(opened, file.name, "relative-colorimetric", channels)


@contextmanager
def _no_other_fonts() -> Iterator[None]:
    """Have fontconfig know no font of the machine: one of the same family would be preferred."""
    with as_file(files(__package__) / "fonts.conf") as settings:
        before = os.environ.get(_FONT_SETTINGS)
        os.environ[_FONT_SETTINGS] = str(settings)
        try:
            yield
        finally:
            os.environ.pop(_FONT_SETTINGS)
            if before is not None:
                os.environ[_FONT_SETTINGS] = before


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Have WeasyPrint load its libraries by the names that Linux's linker knows.

    It asks ctypes for other names first, which starts a compiler for each: a third of the import.
    """
    if sys.platform != "linux" or "weasyprint" in sys.modules:
        yield
        return
    look_up = ctypes.util.find_library
    ctypes.util.find_library = _found_by_nobody
    try:
        yield
    finally:
        ctypes.util.find_library = look_up


def _found_by_nobody(name: str) -> None:
    """What ctypes says of a library that it doesn't find."""


def _fetcher(fonts: Mapping[Face, Path]) -> Any:
    """A fetcher that serves the fonts by name and pictures inside the page, nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    served = {f"font:{file.name}": file for file in fonts.values()}

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in served:
                return URLFetcherResponse(
                    url, served[url].read_bytes(), {"Content-Type": "font/ttf"}
                )
            if url.startswith("data:"):
                return super().fetch(url, headers)
            message = f"'{url}' is outside the workspace"
            raise FatalURLFetchingError(message)

    return Fetcher(allowed_protocols=["data"])
