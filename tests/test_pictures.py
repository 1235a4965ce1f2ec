"""Pictures of a workspace: upright, and without what a camera notes, in each format."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf
import pytest
from lxml import etree, html
from PIL import Image, ImageChops, ImageOps, PngImagePlugin
from workspaces import AUDIENCE, PUBLIC, english, make_workspace, write

from reports.cli import main
from reports.pictures import Shown, shown_picture
from reports.problems import Place

EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
HERE = Place(Path("public.en.md.j2"), 5)
RED, BLUE = (204, 0, 0), (0, 0, 204)
PROFILE = b"a profile of colours"
NOTED = ("Fotofon", "2031:04:10", "Skippergata", "Adjusted", "Remarked", "Headline", "Behind")
MARKS = [*(mark.encode() for mark in NOTED), b"Exif\0", b"eXIf", b"http://ns.adobe.com/xap/1.0/\0"]


def drawn(size: tuple[int, int]) -> Image.Image:
    """Blue, its left quarter red."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 4, size[1]))
    return picture


def camera(orientation: int) -> Image.Exif:
    """What a phone notes: itself, when, where, and how it was held."""
    exif = Image.Exif()
    exif.update({0x0110: "Fotofon 12", 0x0132: "2031:04:10 12:00:00", 0x0112: orientation})
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 42.0), 28: b"Skippergata"})
    return exif


def photo(
    orientation: int, size: tuple[int, int] = (160, 80), *, progressive: bool = False
) -> bytes:
    """A JPEG with all that phones and programs note, and another one behind its end."""
    made = BytesIO()
    drawn(size).save(
        made, "JPEG", quality=95, exif=camera(orientation), xmp=b"<x>Adjusted</x>",
        comment=b"Remarked", icc_profile=PROFILE, dpi=(300, 300), progressive=progressive,
    )  # fmt: skip
    data = made.getvalue()
    press = b"\xff\xed" + (10).to_bytes(2) + b"Headline"
    return data[:20] + press + data[20:] + b"Behind" + data


def screenshot(orientation: int) -> bytes:
    """A PNG with words, a time, what a phone notes, and more behind its end."""
    noted = PngImagePlugin.PngInfo()
    noted.add_text("Comment", "Remarked")
    noted.add_itxt("XML:com.adobe.xmp", "<x>Adjusted</x>")
    noted.add(b"tIME", b"2031:04:10")
    made = BytesIO()
    drawn((120, 60)).save(made, "PNG", pnginfo=noted, exif=camera(orientation))
    return made.getvalue() + b"Behind"


# ---------------------------------------------------------------- in all formats


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with both in its text and a photo as its logo, all held upright."""
    body = "![Held upright](album/IMG_1.JPG)\n\n![A screen](screen.png)"
    root = make_workspace(tmp_path_factory.mktemp("pictures"), english(body))
    write(root / AUDIENCE, PUBLIC.replace("theme: default", "theme: own"))
    tokens = "base: default\nlogo: {file: IMG_2.JPG, height_mm: 20, alt: Havneby}\n"
    write(root / "templates/themes/own/tokens.yaml", tokens)
    (root / "templates/channels/album").mkdir()
    (root / "templates/channels/album/IMG_1.JPG").write_bytes(photo(6))
    (root / "templates/channels/screen.png").write_bytes(screenshot(6))
    (root / "templates/themes/own/IMG_2.JPG").write_bytes(photo(6, (320, 160)))
    assert main(["build", "--lang", "en", "--workspace", str(root)]) == 0
    return root / "out/channels"


def in_pdf(folder: Path) -> tuple[list[Image.Image], bytes]:
    with pikepdf.open(folder / "public.en.pdf") as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        images = [each for each in streams if each.get("/Subtype") == "/Image"]
        shown = [pikepdf.PdfImage(each).as_pil_image() for each in images]
        held = [each.read_raw_bytes() for each in images]
        held += [each.read_bytes() for each in streams if each not in images]
        return shown, b"".join(held)


def in_docx(folder: Path) -> tuple[list[Image.Image], bytes]:
    with zipfile.ZipFile(folder / "public.en.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    media = [data for name, data in parts.items() if name.startswith("word/media/")]
    return [Image.open(BytesIO(data)) for data in media], b"".join(parts.values())


def in_html(folder: Path) -> tuple[list[Image.Image], bytes]:
    page = html.parse(folder / "public.en.html")
    held = [each.get("src").partition(";base64,")[2] for each in page.iterfind(".//img")]
    files = [base64.b64decode(each) for each in held]
    return [Image.open(BytesIO(data)) for data in files], b"".join(files)


@pytest.mark.parametrize("read", [in_pdf, in_docx, in_html])
def test_photos_are_upright_and_do_not_tell_where_they_were_taken(
    built: Path, read: Callable[[Path], tuple[list[Image.Image], bytes]]
) -> None:
    pictures, held = read(built)

    looks = [(each.size, corner(each, 0), corner(each, -1)) for each in pictures]

    assert sorted(looks) == [
        ((60, 120), RED, BLUE),
        ((80, 160), RED, BLUE),
        ((160, 320), RED, BLUE),
    ]
    assert [mark for mark in MARKS if mark in held] == []


def test_a_picture_is_as_large_in_word_as_on_the_web_page(built: Path) -> None:
    with zipfile.ZipFile(built / "public.en.docx") as package:
        body = etree.fromstring(package.read("word/document.xml"))

    sizes = [(int(each.get("cx")) / 9525, int(each.get("cy")) / 9525) for each in body.iter(EXTENT)]

    assert sizes == [(80, 160), (60, 120)]


def corner(picture: Image.Image, at: int) -> tuple[int, ...]:
    """A pixel at the right of the first or the last row, in steps that a JPEG keeps."""
    shown = picture.convert("RGB").getpixel((picture.width - 1, at % picture.height))
    assert isinstance(shown, tuple)
    return tuple(round(part / 204) * 204 for part in shown)


# ---------------------------------------------------------------- what is taken out


def shown(data: bytes, name: str = "a.jpg") -> Shown:
    return shown_picture(data, name, "picture", HERE)


def test_the_files_have_all_marks_before_they_are_read() -> None:
    found = [[mark for mark in MARKS if mark not in data] for data in (photo(1), screenshot(1))]

    assert found == [[b"eXIf"], [b"Headline", b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0"]]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.jpg", photo(1)), ("a.jpg", photo(1, progressive=True)), ("a.png", screenshot(1))],
    ids=["JPEG", "progressive JPEG", "PNG"],
)
def test_what_is_upright_keeps_each_pixel_its_colours_and_its_size(name: str, data: bytes) -> None:
    found = shown(data, name).data

    before, after = Image.open(BytesIO(data)), Image.open(BytesIO(found))
    assert after.tobytes() == before.tobytes()
    kept = ("icc_profile", "dpi")
    assert [after.info.get(key) for key in kept] == [before.info.get(key) for key in kept]
    assert [mark for mark in MARKS if mark in found] == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_way_to_hold_a_camera_is_seen_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    screen = BytesIO()
    drawn((160, 80)).save(screen, "PNG", exif=exif)

    lossless = Image.open(BytesIO(shown(screen.getvalue(), "a.png").data))
    turned = Image.open(BytesIO(shown(photo(orientation)).data))

    assert lossless.tobytes() == ImageOps.exif_transpose(Image.open(screen)).tobytes()
    seen = ImageOps.exif_transpose(Image.open(BytesIO(photo(orientation))))
    assert max(high for _, high in ImageChops.difference(turned, seen).getextrema()) < 9
    assert turned.info["icc_profile"] == PROFILE
    assert turned.info["dpi"] == (300, 300)


def test_a_photo_gives_the_same_bytes_each_time() -> None:
    assert shown(photo(6)) == shown(photo(6))


def test_a_photo_that_only_a_camera_wrote_gets_the_head_that_word_looks_for() -> None:
    whole = photo(1)
    bare = whole[:2] + whole[20:]

    found = shown(bare).data

    assert found[6:10] == b"JFIF"
    assert Image.open(BytesIO(found)).tobytes() == Image.open(BytesIO(whole)).tobytes()


@pytest.mark.parametrize("order", ["little", "big"])
def test_notes_that_are_nonsense_turn_nothing(order: Literal["little", "big"]) -> None:
    start = b"II*\0" if order == "little" else b"MM\0*"
    for exif in (b"", start, start + b"\xff" * 40, start + (8).to_bytes(4, order) + b"\xff\xff"):
        made = BytesIO()
        drawn((160, 80)).save(made, "JPEG", exif=b"Exif\0\0" + exif)

        found = shown(made.getvalue())

        assert (found.width, found.height) == (160, 80)
