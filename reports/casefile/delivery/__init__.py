"""A bundle to a WebDAV case folder: put beside, read back, moved into place, never over anything.

The case folder is found, never made.  Whatever breaks, under a final name stands the whole file
or nothing, and the next delivery goes on from there: what reads back with its hash is left alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from reports.casefile.bag import bag_problems
from reports.casefile.delivery.address import TYPED, read_address
from reports.casefile.delivery.credentials import find_credentials
from reports.casefile.delivery.parcel import parcel_of
from reports.casefile.delivery.receipt import Arrival, Arrived, Receipt
from reports.casefile.delivery.trouble import PAUSES_S, SILENCE_S, DeliveryError, Patience
from reports.problems import Problem, ReportError, raise_if_fatal

__all__ = ["Arrival", "Arrived", "Patience", "Receipt", "deliver"]

PATIENCE = Patience(PAUSES_S, SILENCE_S, time.sleep)


def deliver(
    bundle: Path, url: str, tell: Callable[[str], None], patience: Patience = PATIENCE
) -> Receipt:
    """Put every file of the bundle into a folder of its name in the case folder at `url`.

    `tell` gets a line for each file that has arrived and for each new attempt.  Raises ReportError
    if the bundle isn't valid, the address or login can't be used, or something came between; what
    has arrived by then stays.
    """
    from reports.casefile.delivery.placing import Delivery
    from reports.casefile.delivery.webdav import Server

    started = _now()
    address = read_address(url)
    raise_if_fatal(bag_problems(bundle))
    files = parcel_of(bundle)
    credentials = find_credentials(address.host)
    try:
        server = Server(address, credentials, patience.silence_s)
    except DeliveryError as trouble:
        raise ReportError(Problem(TYPED, trouble.what, trouble.hint)) from None
    with server:
        arrived = Delivery(server, address, bundle, tell, patience).of(files)
    return Receipt(address.url, bundle.name, started, _now(), arrived)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
