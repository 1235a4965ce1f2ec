"""Kildefast: sourced facts and templates become briefs as PDF, DOCX and HTML."""

__version__ = "0.1.0"
