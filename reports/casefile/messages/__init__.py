"""A record to messages for records systems, and what is wrong with such a message."""
