"""A workspace's settings: organisation, briefs, and the editions that follow."""

from reports.audiences import Audience, Expired, Format
from reports.briefs.loading import fact_settings, load_workspace
from reports.briefs.model import SUBJECT, Brief, Edition, Workspace

__all__ = [
    "SUBJECT",
    "Audience",
    "Brief",
    "Edition",
    "Expired",
    "Format",
    "Workspace",
    "fact_settings",
    "load_workspace",
]
