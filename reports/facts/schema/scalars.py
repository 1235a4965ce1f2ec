"""The scalars of a fact file, as parts of a JSON Schema.

Editors type scalars, so that 62 is a number and 1.10 too: where the loader takes a text, any
scalar will do.  Limits hold for what an editor takes for a number, patterns for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from reports.facts.load.statements import PLACEHOLDERS
from reports.facts.values import NUMBER, PART, WHOLE

Schema: TypeAlias = Mapping[str, "Schema | Sequence[Schema | str] | str | int | bool"]

SCALARS = ("string", "number", "boolean")
TEXT: Schema = {
    "type": SCALARS,
    "pattern": r"\S",
    "errorMessage": "write a text, in quotation marks if it holds ': ' or begins with a sign",
}
_FILLED = "|".join(f"\\{{{name[1:-1]}\\}}" for name in PLACEHOLDERS)
SENTENCE: Schema = {
    "type": SCALARS,
    "pattern": rf"^(?=[\s\S]*\S)(?:[^{{}}]|{_FILLED})*$",
    "errorMessage": f"write a sentence; only {' and '.join(PLACEHOLDERS)} are filled in",
}
_MONTH = "(?:0[1-9]|1[0-2])"
_MONTH_DAY = (  # with 29 February in every year
    "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)"
)
WHEN = f"(?:[0-9]{{4}}(?:-(?:{_MONTH_DAY}|{_MONTH}|2[1-4]))?|XXXX-(?:{_MONTH_DAY}|{_MONTH}))"
WHEN_HINT = "write a date such as 2016, 2019-06, 2020-03-12, 2012-21 (spring) or XXXX-04-11"
YEAR: Schema = {"minimum": 1000, "maximum": 9999}  # of a date that an editor takes for a number
EDTF: Schema = {
    "type": ("integer", "string"),
    **YEAR,
    "pattern": f"^{WHEN}$",
    "errorMessage": WHEN_HINT,
}
DAY: Schema = {
    "type": "string",
    "pattern": f"^[0-9]{{4}}-{_MONTH_DAY}$",
    "errorMessage": "write a date such as 2031-04-02",
}
_AMOUNT = rf"{NUMBER.pattern}(?: million)?"
VALUE: Schema = {
    "type": ("number", "string", "array"),
    "pattern": f"^(?:{_AMOUNT}|{PART.pattern}|{WHEN})$",
    "items": {
        "type": ("number", "string"),
        "pattern": f"^{_AMOUNT}$",
        "errorMessage": "write a number, or '28 million'",
    },
    "minItems": 2,
    "maxItems": 2,
    "errorMessage": "write a number, 'n of m', '28 million', a range [10, 15] or a date",
}
PARAGRAPH: Schema = {
    "type": ("integer", "string"),
    "minimum": 1,
    "maximum": 999_999_999,
    "pattern": f"^{WHOLE.pattern}$",
    "errorMessage": "write a paragraph number from 1",
}
STEP: Schema = {
    "type": ("number", "string"),
    "exclusiveMinimum": 0,
    "pattern": r"^(?:0*[125]0*(?:\.0+)?|0+\.0*[125]0*)(?: million)?$",
    "errorMessage": "write a step such as 0.1, 1 or 1000",
}
