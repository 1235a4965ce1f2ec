"""Spreadsheets and lists of sources to fact files, and the store to files for other tools."""
