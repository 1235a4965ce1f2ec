"""The store as it was: what git remembers of entries, and what changed since."""
