"""New entries: answers checked as they are given, and their text in a file."""
