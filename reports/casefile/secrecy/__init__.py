"""What a bundle may not tell: redacted variants, and the search for what must not be there."""
