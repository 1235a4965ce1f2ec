"""The typefaces of a theme: from font packages to static cuts that are named and measured."""

from reports.fonts.cuts import cut_files, cut_fonts, latin_cut, latin_ttf, text_width
from reports.fonts.faces import Face, theme_faces
from reports.fonts.judge import font_problems, missing_letters, named_letters
from reports.fonts.private import private_cuts, private_families, private_family, public_families

__all__ = [
    "Face",
    "cut_files",
    "cut_fonts",
    "font_problems",
    "latin_cut",
    "latin_ttf",
    "missing_letters",
    "named_letters",
    "private_cuts",
    "private_families",
    "private_family",
    "public_families",
    "text_width",
    "theme_faces",
]
