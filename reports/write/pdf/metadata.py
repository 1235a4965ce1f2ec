"""What a PDF says of itself: one RDF block that claims PDF/A-2a and PDF/UA-1 both.

PDF/A allows a property of another standard, such as PDF/UA's, only beside the schema that
describes it (ISO 19005-2, 6.6.2.3).
"""

from __future__ import annotations

from html import escape
from typing import Any

from lxml import etree
from weasyprint.pdf.metadata import DocumentMetadata

_SECOND = """
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <rdf:Description rdf:about="">
    <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
    <pdfuaid:part>1</pdfuaid:part>
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>part</pdfaProperty:name>
        <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
        <pdfaProperty:category>internal</pdfaProperty:category>
        <pdfaProperty:description>part of ISO 14289</pdfaProperty:description>
      </rdf:li></rdf:Seq></pdfaSchema:property>
    </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
</rdf:RDF>
"""


def claim_both(document: Any) -> None:
    """Have WeasyPrint's document say what it is by both standards, in plain sight."""
    document.metadata = _Metadata(**vars(document.metadata))


class _Metadata(DocumentMetadata):  # type: ignore[misc]
    """WeasyPrint's metadata with the second claim and the language."""

    def include_in_pdf(self, *said: Any, **options: Any) -> None:
        """Leave the packet uncompressed: PRONOM looks for the claim in the file's bytes."""
        super().include_in_pdf(*said[:-1], compress=False, **options)

    def generate_rdf_metadata(self, *claim: Any) -> bytes:
        """One RDF block: validators read no second one (the option `xmp_metadata` adds one)."""
        rdf = etree.fromstring(super().generate_rdf_metadata(*claim))
        rdf.extend(etree.fromstring(_SECOND.format(language=escape(self.lang))))
        return etree.tostring(rdf, encoding="utf-8")
