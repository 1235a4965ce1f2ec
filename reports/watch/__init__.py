"""Rebuilding on save: the edition in view at once, all else after it.

`session` is the whole of it; what it tells is in `news`.
"""

from reports.watch.choice import Choice
from reports.watch.orders import Job
from reports.watch.session import watch

__all__ = ["Choice", "Job", "watch"]
