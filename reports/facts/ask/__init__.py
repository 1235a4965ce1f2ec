"""Questions to the store: what it holds of a thing, found by words or told whole."""
