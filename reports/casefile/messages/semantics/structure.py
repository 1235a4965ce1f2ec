"""Whether the elements of a message are those of its dialect: names, namespaces, order, number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from reports.casefile.messages.parts import XSI
from reports.casefile.messages.semantics.dialects import Dialect, Slot
from reports.casefile.messages.semantics.tree import Finding, local, space

_ATTRIBUTES = {"systemID": ("label",)}
_HINTS = {"mappe": "an entry alone, with referanseForelderMappe, is filed in a case that is there"}


def structure_findings(root: etree._Element, dialect: Dialect) -> Iterator[Finding]:
    """What is out of place below the root, in document order."""
    yield from _element_findings(root, dialect)


def _element_findings(element: etree._Element, dialect: Dialect) -> Iterator[Finding]:
    name = local(element)
    if name in dialect.open_:
        return
    yield from _attribute_findings(element, dialect)
    if name in dialect.types:
        yield from _type_findings(element, dialect)
    table = _table(element, dialect)
    if table in dialect.slots:
        yield from _loose_findings(element)
        slots = dialect.slots[table]
        yield from _children_findings(element, slots, table, dialect)
        placed = {name for slot in slots for name in slot.names}
        for each in element:
            if local(each) in placed:
                yield from _element_findings(each, dialect)
    elif len(element):
        yield Finding(element, f"'{name}' holds elements where a text belongs")


def _table(element: etree._Element, dialect: Dialect) -> str:
    """The name of the table that holds for the element's children."""
    name = local(element)
    if name in dialect.types:
        written = element.get(f"{{{XSI}}}type", "").rpartition(":")[2].strip()
        return written if written in dialect.types[name] else dialect.types[name][0]
    return dialect.like.get(name, name)


def _type_findings(element: etree._Element, dialect: Dialect) -> Iterator[Finding]:
    """Whether xsi:type names one of the types, which is a name with a namespace."""
    written = element.get(f"{{{XSI}}}type", "").strip()
    prefix, _, name = written.rpartition(":")
    types = dialect.types[local(element)]
    if not written:
        yield Finding(element, f"'{local(element)}' has no xsi:type", f"write {_either(types)}")
    elif name not in types:
        what = f"'{local(element)}' is of xsi:type '{written}'"
        yield Finding(element, what, f"write {_either(types)}")
    elif element.nsmap.get(prefix or None) != dialect.message:
        what = f"xsi:type '{written}' isn't in the namespace of the message"
        yield Finding(element, what, f"give it the prefix that '{local(element)}' has")


def _attribute_findings(element: etree._Element, dialect: Dialect) -> Iterator[Finding]:
    """What an element has beside its type, and the place of the schema, which any may name."""
    known = {f"{{{XSI}}}schemaLocation", *_ATTRIBUTES.get(local(element), ())}
    if local(element) in dialect.types:
        known.add(f"{{{XSI}}}type")
    for name in element.attrib:
        if name not in known:
            what = f"'{local(element)}' has the attribute '{etree.QName(name).localname}'"
            yield Finding(element, what, "take it out")


def _loose_findings(element: etree._Element) -> Iterator[Finding]:
    """Text beside the children of an element."""
    for loose in (element.text, *(child.tail for child in element)):
        if words := (loose or "").strip():
            what = f"'{local(element)}' holds the text '{words}' between its elements"
            yield Finding(element, what, "take it out")


def _children_findings(
    parent: etree._Element, slots: Sequence[Slot], table: str, dialect: Dialect
) -> Iterator[Finding]:
    wanted = dialect.catalogue if table in dialect.catalogued else dialect.message
    order = {name: place for place, slot in enumerate(slots) for name in slot.names}
    last, seen = 0, dict[int, str]()
    for child in parent:
        name = local(child)
        if name not in order:
            what = f"'{name}' has no place in '{local(parent)}'"
            yield Finding(child, what, _HINTS.get(name, ""))
            continue
        if space(child) != wanted:
            what = f"'{name}' is in {_named(space(child))}"
            yield Finding(child, what, f"here it belongs to {_named(wanted)}")
        place = order[name]
        if place < last:
            what = f"'{name}' comes after '{seen[last]}'"
            yield Finding(child, what, f"'{local(parent)}' has a fixed order: put it before that")
        elif place in seen and not slots[place].many:
            yield Finding(child, *_surplus(name, seen[place], local(parent)))
        last = max(last, place)
        seen[place] = name
    yield from _missing(parent, slots, seen)


def _surplus(name: str, other: str, parent: str) -> tuple[str, str]:
    if name == other:
        return f"'{name}' is there again", f"'{parent}' has one"
    return f"'{name}' is there beside '{other}'", f"'{parent}' has one of them"


def _missing(
    parent: etree._Element, slots: Sequence[Slot], seen: dict[int, str]
) -> Iterator[Finding]:
    for place, slot in enumerate(slots):
        if slot.required and place not in seen:
            what = f"'{local(parent)}' has no {_either(slot.names)}"
            yield Finding(parent, what, about=slot.names[0])


def _either(names: Sequence[str]) -> str:
    return " or ".join(f"'{name}'" for name in names)


def _named(namespace: str) -> str:
    return f"the namespace '{namespace}'" if namespace else "no namespace"
