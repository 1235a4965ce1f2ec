"""A message against the schemas of its receiver, which the user has and this program may not copy.

Which schema fits is told by the message's namespace.  Nothing is fetched: a schema that refers to
one that isn't in the folder can't be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from reports.casefile.verify.package import plain_xml
from reports.problems import Place, Problem, ReportError

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_MOST = 50  # problems of one message; one fault can make very many


def schema_for(data: bytes, file: Path, folder: Path) -> Path | None:
    """The schema in the folder that declares the message's root; None where there is none.

    Raises ReportError at the message if it isn't XML.
    """
    name = etree.QName(plain_xml(data, Place(file), "the message"))
    return next((schema for schema in sorted(folder.rglob("*.xsd")) if _fits(schema, name)), None)


def schema_problems(data: bytes, file: Path, schema: Path) -> tuple[Problem, ...]:
    """What the schema has against the message, by lines.

    Raises ReportError at the schema if it can't be used.
    """
    judge = _judge(schema)
    message = plain_xml(data, Place(file), "the message")
    if judge.validate(message):
        return ()
    return tuple(_told(judge, file))[:_MOST]


def _fits(schema: Path, name: etree.QName) -> bool:
    try:
        root = etree.parse(schema, etree.XMLParser(no_network=True)).getroot()
    except (etree.XMLSyntaxError, OSError):
        return False  # another file of that ending
    declared = (each.get("name") for each in root.findall(f"{_XSD}element"))
    return root.get("targetNamespace") == name.namespace and name.localname in declared


def _judge(schema: Path) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.parse(schema, etree.XMLParser(no_network=True)))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as error:
        what = f"the schema can't be used: {error}"
        hint = "give the folder with all schemas that it refers to"
        raise ReportError(Problem(Place(schema), what, hint)) from None


def _told(judge: etree.XMLSchema, file: Path) -> Iterator[Problem]:
    log: Any = judge.error_log
    for entry in log:
        words = re.sub(r"\{[^{}]*\}", "", entry.message)  # whole namespaces hide the names
        yield Problem(Place(file, entry.line), words.rstrip("."))
