"""The cuts: what a font finder reads in them, that they stay the same, and what can't be cut."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz
from fontTools.ttLib import TTFont
from shipped import every_edition
from workspaces import AUDIENCE, changed, make_workspace, run, write

from reports.fonts import (
    cut_fonts,
    cuts,
    font_problems,
    latin_cut,
    latin_ttf,
    text_width,
    theme_faces,
)
from reports.themes import load_theme
from reports.themes.found import theme_files

THEMES = theme_files(Path(__file__).parents[1] / "templates/themes")
THEME, CLEAR = (load_theme(THEMES[name]) for name in ("default", "clear"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return cut_fonts(THEME, tmp_path_factory.mktemp("fonts"))


def _cut(made, stem):
    return next(file for face, file in made.items() if face.file_stem == stem)


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


def test_each_face_is_found_by_its_own_family_weight_and_slant(made):
    seen = [_seen(file) for file in made.values()]

    serif, display, sans = "Source Serif 4", "Source Serif 4 Display", "Source Sans 3"
    assert seen == [
        (
            display,
            "Semibold",
            600,
            "upright",
            f"{display} Semibold",
            "SourceSerif4Display-Semibold",
        ),
        (sans, "Regular", 400, "upright", f"{sans} Regular", "SourceSans3-Regular"),
        (sans, "Semibold", 600, "upright", f"{sans} Semibold", "SourceSans3-Semibold"),
        (sans, "Italic", 400, "italic", f"{sans} Italic", "SourceSans3-Italic"),
        (serif, "Regular", 400, "upright", f"{serif} Regular", "SourceSerif4-Regular"),
        (serif, "Semibold", 600, "upright", f"{serif} Semibold", "SourceSerif4-Semibold"),
        (serif, "Italic", 400, "italic", f"{serif} Italic", "SourceSerif4-Italic"),
    ]


def test_word_finds_a_semibold_as_a_family_of_its_own(made):
    name = TTFont(_cut(made, "SourceSerif4Display-Semibold"))["name"].getDebugName

    assert (name(1), name(2)) == ("Source Serif 4 Display Semibold", "Regular")


def test_a_cut_has_no_axes_left_and_every_glyph(made):
    package = files("fontpkg_source_sans_3") / "files"
    whole = TTFont(BytesIO((package / "SourceSans3[wght].ttf").read_bytes()))

    cut = TTFont(_cut(made, "SourceSans3-Regular"))

    assert {"fvar", "gvar", "HVAR", "STAT", "avar"}.isdisjoint(cut.keys())
    assert cut["maxp"].numGlyphs == whole["maxp"].numGlyphs
    assert cut.getBestCmap().keys() == whole.getBestCmap().keys()


def test_the_axes_stand_where_the_look_wants_them(made):
    widths = {
        face.file_stem: text_width("Hva Norge gjør", made[face], 10) for face in theme_faces(THEME)
    }

    assert widths["SourceSans3-Semibold"] > widths["SourceSans3-Regular"]
    assert widths["SourceSerif4-Semibold"] > widths["SourceSerif4-Regular"]
    # A display cut is set tighter than one for text.
    assert widths["SourceSerif4Display-Semibold"] < widths["SourceSerif4-Semibold"]


def test_two_processes_cut_the_same_bytes(made, tmp_path):
    code = (
        "import pathlib, sys; from reports.fonts import cut_fonts; from reports.themes import *; "
        "cut_fonts(load_theme(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]))"
    )

    subprocess.run([sys.executable, "-c", code, THEME.file, tmp_path], check=True)

    def digests(folder: Path):
        return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.glob("*.ttf")}

    ours = next(iter(made.values())).parent
    assert digests(tmp_path / ours.name) == digests(ours)
    assert len(digests(ours)) == len(theme_faces(THEME))


def test_only_missing_and_damaged_faces_are_cut_and_nothing_else_is_left_behind(tmp_path):
    first = cut_fonts(THEME, tmp_path)
    lost, damaged, *others = first.values()
    whole = {file: file.read_bytes() for file in (lost, damaged)}
    before = {file: file.stat().st_ino for file in others}
    lost.unlink()
    damaged.write_bytes(whole[damaged][:-1] + b"x")

    assert cut_fonts(THEME, tmp_path) == first

    assert {file: file.read_bytes() for file in whole} == whole
    assert {file: file.stat().st_ino for file in others} == before
    fonts = {f"{face.file_stem}.ttf" for face in first}
    sums = {f"{font}.sha256" for font in fonts}
    assert {file.name for file in lost.parent.iterdir()} == fonts | sums


def test_file_names_can_stand_in_a_css_url_as_they_are(made):
    assert all(file.stem.replace("-", "").isalnum() for file in made.values())


def test_a_change_of_the_recipe_cuts_anew_in_another_folder(tmp_path, monkeypatch):
    old = cut_fonts(THEME, tmp_path)

    monkeypatch.setattr(cuts, "_RECIPE", cuts._RECIPE + 1)
    new = cut_fonts(THEME, tmp_path)

    assert set(old.values()).isdisjoint(new.values())
    assert all(file.exists() for file in (*old.values(), *new.values()))


def test_the_latin_cut_is_woff2_with_what_norwegian_and_english_need(made):
    data = latin_cut(_cut(made, "SourceSans3-Regular"))

    font = TTFont(BytesIO(data))
    characters = set(map(chr, font.getBestCmap()))
    assert font.flavor == "woff2"
    assert set("AZaz09æøåÆØÅéŠčđŋ«»‘’“”–—…€−‰·\u00a0\u202f") <= characters
    assert characters.isdisjoint("→Жα")
    assert len(data) < 20_000
    assert font["name"].getDebugName(13).startswith("This Font Software is licensed")


def test_the_latin_cut_is_the_same_when_it_is_asked_for_again(made):
    font = _cut(made, "SourceSerif4-Italic")

    assert latin_cut(font) == latin_cut(font)
    assert [file.suffix for file in font.parent.glob("*.part")] == []


def test_the_latin_ttf_keeps_name_weight_and_width(made, tmp_path):
    font = _cut(made, "SourceSerif4-Semibold")
    small = tmp_path / "small.ttf"

    small.write_bytes(latin_ttf(font))

    assert _seen(small) == _seen(font)
    assert text_width("Åpne data", small, 12) == text_width("Åpne data", font, 12)
    assert small.stat().st_size < font.stat().st_size / 4


def test_text_width_follows_the_advances_of_the_font(made):
    font = _cut(made, "SourceSans3-Regular")
    opened = TTFont(font)
    advance, _ = opened["hmtx"][opened.getBestCmap()[ord("n")]]

    assert text_width("nnn", font, 9) == pytest.approx(3 * 9 * advance / 1000)
    assert text_width("", font, 9) == 0


# ---------------------------------------------------------------- fonts of a theme


def test_a_theme_is_cut_into_the_faces_that_its_texts_are_set_in(tmp_path):
    made = cut_fonts(CLEAR, tmp_path)

    stems = ["IBMPlexSans-Regular", "IBMPlexSans-Semibold", "IBMPlexSans-Italic"]
    assert [file.stem for file in made.values()] == stems
    assert [_seen(file)[2] for file in made.values()] == [400, 600, 400]


def test_a_build_cuts_the_fonts_of_the_themes_that_its_editions_are_set_in(tmp_path, capsys):
    make_workspace(tmp_path)
    _clear(tmp_path, "")

    run(tmp_path, capsys, "build", "--format", "docx", "--lang", "en")

    assert len(list((tmp_path / ".cache/fonts").iterdir())) == 1
    assert [f.name[:6] for f in (tmp_path / ".cache/fonts").rglob("*.ttf")] == ["Source"] * 7


FONT = """\
fonts:
  sans:
    family: Other
    package: fontpkg-ibm-plex-sans
    regular: "IBMPlexSans[wdth,wght].ttf"
    italic: "IBMPlexSans-Italic[wdth,wght].ttf"
    axes: {wdth: 90}
    word_alt: Arial
    last: Arial
    generic: sans-serif
"""
AT = "templates/themes/clear/tokens.yaml"
FAULTS = {
    "package": (
        ("package: fontpkg-ibm-plex-sans", "package: fontpkg-ibm-plex-san"),
        (
            f"{AT}:5:14: font package 'fontpkg-ibm-plex-san' is not installed\n"
            "  hint: did you mean 'fontpkg-ibm-plex-sans'?; a new one goes into pyproject.toml\n"
        ),
    ),
    "file": (
        ('regular: "IBMPlexSans[wdth,wght].ttf"', "regular: IBMPlexSans.ttf"),
        (
            f"{AT}:6:14: package 'fontpkg-ibm-plex-sans' has no file 'IBMPlexSans.ttf'\n"
            "  hint: did you mean 'IBMPlexSans[wdth,wght].ttf'?\n"
        ),
    ),
    "axis": (
        ("{wdth: 90}", "{opsz: 11}"),
        (
            f"{AT}:8:18: 'IBMPlexSans-Italic[wdth,wght].ttf' has no axis 'opsz' to set\n"
            "  hint: known: wdth\n"
            f"{AT}:8:18: 'IBMPlexSans[wdth,wght].ttf' has no axis 'opsz' to set\n"
            "  hint: known: wdth\n"
        ),
    ),
    "place on an axis": (
        ("{wdth: 90}", "{wdth: 200}"),
        (
            f"{AT}:8:18: axis 'wdth' of 'IBMPlexSans-Italic[wdth,wght].ttf' goes from 75 to 100, "
            "not to 200\n"
            f"{AT}:8:18: axis 'wdth' of 'IBMPlexSans[wdth,wght].ttf' goes from 75 to 100, not to 200\n"
        ),
    ),
    "weight": (
        ("fonts:\n", "fonts:\n  weights: {strong: 800}\n"),
        (
            f"{AT}:7:14: 'IBMPlexSans[wdth,wght].ttf' has weights 100 to 700, and the theme needs 800\n"
            "  hint: change the weight of the texts, or set 'fonts.sans.strong' to another file\n"
        ),
    ),
}


def test_fonts_that_share_a_family_are_cut_once(tmp_path):
    make_workspace(tmp_path)
    own = FONT.replace("family: Other", "family: IBM Plex Sans")
    twice = own + own.removeprefix("fonts:\n").replace("sans:", "serif:")
    _clear(tmp_path, twice)

    theme = load_theme(tmp_path / AT)

    assert font_problems(theme) == ()
    assert [face.style for face in theme_faces(theme)][1:] == ["Regular", "Semibold", "Italic"]


def test_fonts_that_share_a_family_and_differ_are_told(tmp_path):
    make_workspace(tmp_path)
    _clear(
        tmp_path,
        FONT + FONT.removeprefix("fonts:\n").replace("sans:", "serif:").replace("90", "80"),
    )

    found = font_problems(load_theme(tmp_path / AT))

    assert [problem.shown(tmp_path) for problem in found] == [
        (
            f"{AT}:13:13: family 'Other' is cut in another way for font 'sans'\n"
            "  hint: give it another family name here, or the same files and axes"
        )
    ]


def _clear(root, tokens):
    write(root / AT, f"base: default\n{tokens}")


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(("change", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_font_that_cannot_be_cut_is_told_at_its_token(tmp_path, capsys, command, change, told):
    make_workspace(tmp_path)
    _clear(tmp_path, changed(FONT, *change))
    audiences = tmp_path / AUDIENCE
    write(audiences, audiences.read_text("utf-8").replace("theme: default", "theme: clear"))

    shown = run(tmp_path, capsys, command)

    assert (shown.code, shown.err) == (1, told)
    assert not (tmp_path / "out").exists()


def test_a_font_without_a_letter_that_briefs_need_is_told(tmp_path, monkeypatch):
    package = tmp_path / "site/fontpkg_meagre"
    write(package / "__init__.py", "")
    write(package / "files/Meagre.ttf", "")
    whole = uharfbuzz.Face(uharfbuzz.Blob((THEME_FILES / "SourceSans3[wght].ttf").read_bytes()))
    wish = uharfbuzz.SubsetInput()
    wish.unicode_set.update(set(whole.unicodes) - {0x202F, ord("−")})
    meagre = uharfbuzz.subset(whole, wish).blob.data
    (package / "files/Meagre.ttf").write_bytes(meagre)
    (package / "files/NoFont.ttf").write_bytes(b"nothing")
    monkeypatch.syspath_prepend(package.parent)
    make_workspace(tmp_path)
    _clear(
        tmp_path,
        "fonts: {sans: {family: M, package: fontpkg-meagre, regular: Meagre.ttf,\n"
        "  italic: NoFont.ttf, word_alt: Arial, last: Arial, generic: sans-serif}}\n",
    )

    found = font_problems(load_theme(tmp_path / AT))

    assert [problem.shown(tmp_path) for problem in found] == [
        (
            f"{AT}:2:61: 'Meagre.ttf' lacks U+2212 (minus sign), U+202F (narrow no-break space)\n"
            "  hint: briefs need it; take another font"
        ),
        f"{AT}:3:11: 'NoFont.ttf' is not a font\n  hint: known: Meagre.ttf, NoFont.ttf",
    ]


THEME_FILES = files("fontpkg_source_sans_3") / "files"


# ---------------------------------------------------------------- fonts in the outputs


@every_edition
def test_every_font_of_a_pdf_is_of_its_theme_embedded_and_a_subset(shipped, name):
    edition = shipped.pdf_output(name).edition
    theme = shipped.workspace.theme(edition)
    families = {face.family.replace(" ", "-") for face in theme_faces(theme)}

    with pikepdf.open(shipped.file(name, "pdf")) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [o for o in fonts if o.get("/Type") == "/FontDescriptor"]
        seen = [(str(font.FontName), "/FontFile2" in font) for font in fonts]

    assert seen
    for font, is_truetype in seen:
        assert is_truetype
        subset = re.fullmatch(r"/[A-Z]{6}\+(.+?)(-Semi-Bold|-Italic)?,?", font)
        assert subset
        assert subset[1] in families
