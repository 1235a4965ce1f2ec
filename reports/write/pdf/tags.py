"""Leaves to the tag tree of a PDF (ISO 32000-1, 14.7): one node an element of HTML.

The tree holds what PDF/UA-1 asks for: scopes of head cells, words for pictures and links, labels
of lists, notes with ids, and the language of words in another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

from reports.write.pdf.leaves import Leaf, Leaves
from reports.write.pdf.roles import alternative, attributes, properties, roles

_POINTS = 0.75  # to a CSS pixel


def write_tags(leaves: Leaves, root: Any, pages: Sequence[Any], pdf: Any) -> None:
    """Give the PDF its tag tree; `root` is the element tree that it was laid out from.

    `pages` are WeasyPrint's.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    structure = _object(pdf, pdf.catalog["StructTreeRoot"])
    document = _object(pdf, structure["K"][0])
    tree = _Tree(pdf, pages, parents, pdf.page_references, {None: (document, document)})
    for leaf in leaves.found:
        tree.hang(leaf)
    _object(pdf, structure["ParentTree"])["Nums"] = tree.numbers()
    if tree.ids:
        structure["IDTree"] = tree.id_tree()
    pdf.catalog["MarkInfo"]["UserProperties"] = "true"
    _drop_annotations(pdf, leaves.doubles)


@dataclass
class _Tree:
    """A growing tree: by element its outermost and innermost node.

    `owners` gives the node that holds each number on each page; `links` each link's rectangle
    with its node.
    """

    pdf: Any
    pages: Sequence[Any]
    parents: dict[Any, Any]
    references: Sequence[bytes]
    nodes: dict[Any, tuple[Any, Any]]
    parts: dict[tuple[Any, str], Any] = field(default_factory=dict)
    owners: dict[tuple[int, int], Any] = field(default_factory=dict)
    links: list[tuple[Any, Any]] = field(default_factory=list)
    ids: dict[str, Any] = field(default_factory=dict)

    def hang(self, leaf: Leaf) -> None:
        """Hang a leaf on its element's node."""
        node, page = self._holder(leaf), self.references[leaf.page]
        if leaf.annotation is not None:
            self._hang_link(leaf.element, leaf.annotation, page)
        if leaf.mcid is not None:
            own = node.setdefault("Pg", page) == page
            apart = {"Type": "/MCR", "Pg": page, "MCID": leaf.mcid}
            node["K"].append(leaf.mcid if own else pydyf.Dictionary(apart))
            self.owners[leaf.page, leaf.mcid] = node
            if node["S"] == "/Figure":
                own = [node["A"]] if "A" in node else []
                node["A"] = pydyf.Array([*own, self._rectangle(leaf)])

    def _hang_link(self, element: Any, annotation: Any, page: bytes) -> None:
        """Hang a link's rectangle on the link's own node, and say its words for those who ask."""
        node = self._nodes(element)[1]
        place = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": page}
        node["K"].append(pydyf.Dictionary(place))
        annotation["Contents"] = pydyf.String(" ".join("".join(element.itertext()).split()))
        self.links.append((annotation, node))

    def _holder(self, leaf: Leaf) -> Any:
        """The node for a leaf: its element's innermost, or one for its pseudo-element."""
        outer, inner = self._nodes(leaf.element)
        if not leaf.part:
            return inner
        key = (leaf.element, leaf.part)
        if key not in self.parts:
            marker = leaf.part == "marker"
            self.parts[key] = self._node("Lbl", outer) if marker else self._node("Span", inner)
        return self.parts[key]

    def _nodes(self, element: Any) -> tuple[Any, Any]:
        """The outermost and innermost node of an element; its parent's if it has none."""
        if element not in self.nodes:
            above = self._nodes(self.parents.get(element))
            self.nodes[element] = self._grown(element, above)
        return self.nodes[element]

    def _grown(self, element: Any, above: tuple[Any, Any]) -> tuple[Any, Any]:
        """New nodes for an element below its parent's, one in the other."""
        types = roles(element, self.parents)
        if not types:
            return above
        grown = [above[0] if types[0] == "Lbl" else above[1]]
        for type_ in types:
            grown.append(self._node(type_, grown[-1]))
        self._describe(element, grown[1], grown[-1])
        return grown[1], grown[-1]

    def _node(self, type_: str, parent: Any) -> Any:
        node = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{type_}", "P": parent.reference})
        node["K"] = pydyf.Array()
        self.pdf.add_object(node)
        # The label of an item comes first, though its body is made with the item.
        parent["K"].insert(0 if type_ == "Lbl" else len(parent["K"]), node.reference)
        return node

    def _describe(self, element: Any, outer: Any, inner: Any) -> None:
        """Tell of an element's nodes what is not in their types."""
        known = attributes(element, outer["S"].removeprefix("/"))
        told = [pydyf.Dictionary(known)] if known else []
        if own := properties(element):
            told.append(_user_properties(own))
        if element.get("aria-label") and outer["S"] == "/Table":
            summary = pydyf.String(element.get("aria-label"))
            told.append(pydyf.Dictionary({"O": "/Table", "Summary": summary}))
        if told:
            outer["A"] = told[0] if len(told) == 1 else pydyf.Array(told)
        if element.get("lang"):
            outer["Lang"] = pydyf.String(element.get("lang"))
        if inner["S"] == "/Figure":
            inner["Alt"] = pydyf.String(alternative(element))
        if inner["S"] == "/Note":
            inner["ID"] = pydyf.String(element.get("id"))
            self.ids[element.get("id")] = inner

    def _rectangle(self, leaf: Leaf) -> Any:
        """Where a picture stands on its page, from the lower left corner."""
        box, height = leaf.box, self.pages[leaf.page].height
        left, top = box.content_box_x(), height - box.content_box_y()
        corners = (left, top - box.height, left + box.width, top)
        rectangle = pydyf.Array([round(corner * _POINTS, 2) for corner in corners])
        return pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": rectangle})

    def numbers(self) -> Any:
        """The tree's index: the node of each number on each page, then that of each link."""
        index = pydyf.Array()
        for page in range(len(self.pages)):
            held = {mcid: node for (on, mcid), node in self.owners.items() if on == page}
            count = max(held, default=-1) + 1
            nodes = [held[mcid].reference if mcid in held else "null" for mcid in range(count)]
            index.extend((page, pydyf.Array(nodes)))
        for number, (annotation, node) in enumerate(self.links, start=len(self.pages)):
            index.extend((number, node.reference))
            annotation["StructParent"] = number
        return index

    def id_tree(self) -> Any:
        """The nodes with an id, by id."""
        names = pydyf.Array()
        for id_, node in sorted(self.ids.items()):
            names.extend((pydyf.String(id_), node.reference))
        return pydyf.Dictionary({"Names": names})


def _user_properties(told: Sequence[Mapping[str, str]]) -> Any:
    """What a node says of itself to programs (14.7.5.4)."""
    each = (pydyf.Dictionary({key: pydyf.String(text) for key, text in p.items()}) for p in told)
    return pydyf.Dictionary({"O": "/UserProperties", "P": pydyf.Array(each)})


def _drop_annotations(pdf: Any, doubles: Sequence[Any]) -> None:
    """Take links off their pages that another covers, so that each is met once."""
    dropped = {annotation.reference for annotation in doubles}
    for reference in pdf.page_references:
        page = _object(pdf, reference)
        if "Annots" in page:
            page["Annots"][:] = [each for each in page["Annots"] if each not in dropped]


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
