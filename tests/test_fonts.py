"""The cuts: what a font finder reads in them, and that they stay the same."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reports import fonts
from reports.fonts import FACES, cut_fonts, latin_cut, latin_ttf, text_width


@pytest.fixture(scope="module")
def cuts(tmp_path_factory):
    return cut_fonts(tmp_path_factory.mktemp("fonts"))


def _cut(cuts, stem):
    return next(file for face, file in cuts.items() if face.file_stem == stem)


def _seen(file):
    """Family, style, weight, slant, full and PostScript name, as a font finder reads them."""
    font = TTFont(file)
    name = font["name"].getDebugName
    return (
        name(16) or name(1),
        name(17) or name(2),
        font["OS/2"].usWeightClass,
        "italic" if font["head"].macStyle & 2 and font["OS/2"].fsSelection & 1 else "upright",
        name(4),
        name(6),
    )


def test_each_face_is_found_by_its_own_family_weight_and_slant(cuts):
    seen = [_seen(file) for file in cuts.values()]

    serif, display, sans = "Source Serif 4", "Source Serif 4 Display", "Source Sans 3"
    assert seen == [
        (serif, "Regular", 400, "upright", f"{serif} Regular", "SourceSerif4-Regular"),
        (serif, "Italic", 400, "italic", f"{serif} Italic", "SourceSerif4-It"),
        (serif, "Semibold", 600, "upright", f"{serif} Semibold", "SourceSerif4-Semibold"),
        (
            display,
            "Semibold",
            600,
            "upright",
            f"{display} Semibold",
            "SourceSerif4Display-Semibold",
        ),
        (sans, "Regular", 400, "upright", f"{sans} Regular", "SourceSans3-Regular"),
        (sans, "Italic", 400, "italic", f"{sans} Italic", "SourceSans3-It"),
        (sans, "Semibold", 600, "upright", f"{sans} Semibold", "SourceSans3-Semibold"),
    ]


def test_word_finds_a_semibold_as_a_family_of_its_own(cuts):
    name = TTFont(_cut(cuts, "SourceSerif4Display-Semibold"))["name"].getDebugName

    assert (name(1), name(2)) == ("Source Serif 4 Display Semibold", "Regular")


def test_a_cut_has_no_axes_left_and_every_glyph(cuts):
    package = files("fontpkg_source_sans_3") / "files"
    whole = TTFont(BytesIO((package / "SourceSans3[wght].ttf").read_bytes()))

    cut = TTFont(_cut(cuts, "SourceSans3-Regular"))

    assert {"fvar", "gvar", "HVAR", "STAT", "avar"}.isdisjoint(cut.keys())
    assert cut["maxp"].numGlyphs == whole["maxp"].numGlyphs
    assert cut.getBestCmap().keys() == whole.getBestCmap().keys()


def test_the_axes_stand_where_the_look_wants_them(cuts):
    widths = {face.file_stem: text_width("Hva Norge gjør", cuts[face], 10) for face in FACES}

    assert widths["SourceSans3-Semibold"] > widths["SourceSans3-Regular"]
    assert widths["SourceSerif4-Semibold"] > widths["SourceSerif4-Regular"]
    # A display cut is set tighter than one for text.
    assert widths["SourceSerif4Display-Semibold"] < widths["SourceSerif4-Semibold"]


def test_two_processes_cut_the_same_bytes(cuts, tmp_path):
    code = "import sys, pathlib; from reports.fonts import *; cut_fonts(pathlib.Path(sys.argv[1]))"

    subprocess.run([sys.executable, "-c", code, tmp_path], check=True)

    def digests(folder: Path):
        return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.glob("*.ttf")}

    ours = next(iter(cuts.values())).parent
    assert digests(tmp_path / ours.name) == digests(ours)
    assert len(digests(ours)) == len(FACES)


def test_only_missing_faces_are_cut_and_nothing_else_is_left_behind(tmp_path):
    first = cut_fonts(tmp_path)
    lost, *kept = first.values()
    whole = lost.read_bytes()
    lost.unlink()
    kept[0].write_bytes(b"untouched")

    assert cut_fonts(tmp_path) == first

    assert lost.read_bytes() == whole
    assert kept[0].read_bytes() == b"untouched"
    assert {file.name for file in lost.parent.iterdir()} == {f"{f.file_stem}.ttf" for f in FACES}


def test_file_names_can_stand_in_a_css_url_as_they_are(cuts):
    assert all(file.stem.replace("-", "").isalnum() for file in cuts.values())


def test_a_change_of_the_recipe_cuts_anew_in_another_folder(tmp_path, monkeypatch):
    old = cut_fonts(tmp_path)

    monkeypatch.setattr(fonts, "_RECIPE", fonts._RECIPE + 1)
    new = cut_fonts(tmp_path)

    assert set(old.values()).isdisjoint(new.values())
    assert all(file.exists() for file in (*old.values(), *new.values()))


def test_the_latin_cut_is_woff2_with_what_norwegian_and_english_need(cuts):
    data = latin_cut(_cut(cuts, "SourceSans3-Regular"))

    font = TTFont(BytesIO(data))
    characters = set(map(chr, font.getBestCmap()))
    assert font.flavor == "woff2"
    assert set("AZaz09æøåÆØÅéŠčđŋ«»‘’“”–—…€−‰·\u00a0\u202f") <= characters
    assert characters.isdisjoint("→Жα")
    assert len(data) < 20_000
    assert font["name"].getDebugName(13).startswith("This Font Software is licensed")


def test_the_latin_cut_is_the_same_when_it_is_asked_for_again(cuts):
    font = _cut(cuts, "SourceSerif4-It")

    assert latin_cut(font) == latin_cut(font)
    assert [file.suffix for file in font.parent.glob("*.part")] == []


def test_the_latin_ttf_keeps_name_weight_and_width(cuts, tmp_path):
    font = _cut(cuts, "SourceSerif4-Semibold")
    small = tmp_path / "small.ttf"

    small.write_bytes(latin_ttf(font))

    assert _seen(small) == _seen(font)
    assert text_width("Åpne data", small, 12) == text_width("Åpne data", font, 12)
    assert small.stat().st_size < font.stat().st_size / 4


def test_text_width_follows_the_advances_of_the_font(cuts):
    font = _cut(cuts, "SourceSans3-Regular")
    opened = TTFont(font)
    advance, _ = opened["hmtx"][opened.getBestCmap()[ord("n")]]

    assert text_width("nnn", font, 9) == pytest.approx(3 * 9 * advance / 1000)
    assert text_width("", font, 9) == 0
