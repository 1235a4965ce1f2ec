"""What was issued: an entry a bundle, by which anyone can say later what its readers were told.

The register is the folder `issued/` of a workspace, and belongs in its git repository.
"""

from reports.casefile.register.entry import (
    FactWords,
    Issued,
    IssuedFact,
    IssuedFile,
    IssuedSentence,
    IssuedSource,
)
from reports.casefile.register.folder import (
    FOLDER,
    add_receipt,
    entry_name,
    issued,
    latest,
    versions,
    write_issued,
)
from reports.casefile.register.making import issued_entry, metadata_hash

__all__ = [
    "FOLDER",
    "FactWords",
    "Issued",
    "IssuedFact",
    "IssuedFile",
    "IssuedSentence",
    "IssuedSource",
    "add_receipt",
    "entry_name",
    "issued",
    "issued_entry",
    "latest",
    "metadata_hash",
    "versions",
    "write_issued",
]
