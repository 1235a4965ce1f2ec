"""The ledger of an edition to its provenance: no more than its notes show."""

from __future__ import annotations

from reports.document import FactOrigin, Provenance
from reports.facts.model import Fact, latest_recorded
from reports.resolve.end import Frame


def make_provenance(frame: Frame) -> Provenance:
    """Where the edition's facts come from, each in the order of its note."""
    ledger, edition = frame.ledger, frame.edition
    return Provenance(
        brief=edition.brief.id,
        audience=edition.audience.id,
        subject=edition.subject,
        date=edition.brief.date,
        status=edition.brief.stamp.state.value,
        recorded=latest_recorded(ledger.facts.values()),
        facts=tuple(_origin(fact, frame) for fact in ledger.facts.values()),
    )


def _origin(fact: Fact, frame: Frame) -> FactOrigin:
    return FactOrigin(
        fact=fact.id,
        recorded=fact.recorded,
        standing=fact.standing.value,
        place=0 if fact.derivation else fact.at.paragraph,
        inputs=tuple(each.id for each in frame.ledger.inputs(fact)),
    )
