"""A small workspace in which nearly everything can be edited, and walks through its states.

Where a text can say several things they stand between marks, ‹name: one|another|!a third›, the
first being what it says to begin with.  A ! is for what shall not stay: what no workspace may say,
or what takes long.  Places of one name change together.  A file that comes out empty isn't there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from docx import Document
from docx.shared import Pt
from PIL import Image

State = Mapping[str, int]  # which way each place goes; 0 where it isn't named

_PLACE = re.compile(r"‹(?P<name>[^:›]+): ?(?P<ways>[^›]*)›")

_VOCABULARY = """\
themes:
  channels: {nb: kanaler, en: ‹theme's name: channels|ways in›}
  staff: {nb: ansatte, en: staff}
places:
  norway: {name: {nb: Norge, en: ‹place's name: Norway|the Kingdom of Norway›}}
  denmark: {name: {nb: Danmark, en: Denmark}}
  havneby: {name: {nb: Havneby, en: Havneby}, in: ‹place of a place: norway|denmark›}
inferences:
  year-before: {nb: rapporten dekker året før, en: the report covers the ‹inference: year before|last year›}
measures:
  web-share: {unit: percent, name: {nb: andel på nett, en: ‹measure's name: share on the web|share online›}}
  paper-count: {unit: count, name: {nb: antall på papir, en: number on paper}}
  paper-share: {unit: percent, name: {nb: andel på papir, en: share on paper}}
  head-count: {unit: ‹unit: count|nok›, name: {nb: antall ansatte, en: number of staff}}
populations:
  applications: {nb: søknader, en: ‹population: applications for a place|applications›}
  employees: {nb: kommunens ansatte, en: the municipality's employees}
sources:
  havneby-2031:
    type: report
    title: ‹title of a source: Årsmelding for Havneby|Årsmelding›
    nature: {nb: egen årsmelding, en: its own annual report}
    interest: {nb: vil vise framgang, en: ‹interest: wants to show progress|wants praise›}
‹more of a source: |    publisher: Havneby kommune\n›\
  union-2031:
    type: report
    title: Fagforeningens telling
    nature: {nb: egen telling, en: its own count}
    interest: {nb: vil ha flere ansatte, en: wants more staff}
people:
  digital-head:
    name: ‹person's name: Ida Holm|Ida Berg›
    role: {nb: digitaliseringssjef, en: ‹role: head of digitalisation|director›}
  union: {name: {nb: Fagforeningen, en: The union}}
‹unused person: |  mayor: {name: Ola Vik}\n›\
"""

_FACTS = """\
‹comment in facts: |# looked at again\n\n›\
facts:
  havneby.web-share:
    theme: channels
    place: havneby
    statement:
      nb: "{figure} av søknadene kom på nett i {as_of}."
      en: "{figure} of applications ‹statement: came in|arrived› on the web in {as_of}."
    figure: {value: ‹value: 62|63|!5x›, measure: web-share, among: applications, qualifier: ‹hedge: about|exact›}
    as_of: {date: ‹date: 2030|2029›, inferred: year-before}
    said_by: ‹speaker: digital-head|union›
    standing: ‹standing: reported|forecast›
    source: ‹source: havneby-2031|union-2031›
    at: {paragraph: ‹paragraph: 12|11›, printed: ‹printed: cirka 62 prosent|62 prosent›}
    recorded: ‹recorded: 2020-04-02|2020-05-03›
‹review: |    review_by: 2021-01-01\n›\
‹access: |!    access: internal\n|!    access: restricted\n›\
‹contradiction: |    contradicts: [havneby.paper-share]\n›\
‹order of facts: |  # below\n›\
  havneby.web-share-before:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på nett i {as_of}.", en: "{figure} came in on the web in {as_of}."}
    figure: {value: ‹earlier value: 48|31›, measure: web-share, among: applications}
    as_of: 2028
    said_by: digital-head
    standing: reported
    source: havneby-2031
    at: {paragraph: 12, printed: 48 prosent}
    recorded: 2020-04-02
‹end of a fact: |    valid_until: 2021-01-01\n|!    valid_until: 2021-01-01\n›\
  havneby.paper-share:
    theme: channels
    place: havneby
    statement: {nb: "{figure} kom på papir.", en: "{figure} came in on paper."}
    figure: {value: 8 of 10, measure: paper-share, among: employees, qualifier: nearly}
    as_of: 2030
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 13, printed: nesten åtte av ti}
    recorded: 2020-04-02
‹keys in another order: \
    access: public
    review_by: 2021-04-02
|\
    review_by: 2021-04-02
    access: public
›\
  havneby.staff:
    theme: staff
    place: havneby
    statement: {nb: "Kommunen hadde {figure} ansatte.", en: "The municipality had {figure} staff."}
    figure: {value: ‹compared value: 4200|4000›, measure: head-count, among: employees}
    as_of: 2030-06
    said_by: union
    standing: established
    source: havneby-2031
    at: {paragraph: 14, printed: 4200 ansatte}
    recorded: 2020-04-02
‹rival fact: |    outranks: {havneby.staff-union: {nb: lønnslisten, en: by the payroll}}\n|!›\
  havneby.plan:
    theme: staff
    place: havneby
    statement: {nb: Skrankene legges ned., en: The counters ‹internal statement: will close|close›.}
    as_of: 2031
    said_by: digital-head
    standing: plan
    source: havneby-2031
    at: {paragraph: 18}
    access: internal
    recorded: 2020-04-02
  havneby.unused:
    theme: staff
    place: denmark
    statement: {nb: Ingen skrev dette., en: Nobody ‹unused statement: wrote|printed› this.}
    as_of: 2031
    said_by: union
    standing: opinion
    source: havneby-2031
    at: {paragraph: 19}
    recorded: 2020-04-‹unused day: 02|05›
"""

_ADDED = """\
facts:
  {id}:
    theme: {theme}
    place: havneby
    statement: {{nb: "{{figure}} til.", en: "{{figure}} more."}}
    figure: {{value: {value}, measure: {measure}, among: employees, qualifier: about}}
    as_of: {date}
    said_by: union
    standing: {standing}
    source: union-2031
    at: {{paragraph: 3, printed: noe}}
    recorded: 2020-06-01
    {more}
"""


def _added(
    id_: str,
    theme: str = "channels",
    value: str = "12",
    measure: str = "paper-share",
    date: str = "2027",
    standing: str = "reported",
    more: str = "",
) -> str:
    return _ADDED.format(
        id=id_, theme=theme, value=value, measure=measure, date=date, standing=standing, more=more
    )


_MATCHING = _added("havneby.matching")
_OTHER = _added("havneby.other", theme="staff")
_RIVAL = _added("havneby.staff-union", "staff", "3900", "head-count", "2030-06")
_NEWER = _added("havneby.newer", date="2032", more="supersedes: havneby.paper-share")

_TEXTS = {
    "facts/a-vocabulary.yaml": _VOCABULARY,
    "facts/havneby.yaml": _FACTS,
    "facts/derived.yaml": """\
facts:
  havneby.web-growth:
    derived: {‹operation: change: [havneby.web-share-before, havneby.web-share], as: percentage points|\
difference: [havneby.web-share, havneby.web-share-before], because: {nb: to år, en: two years}›}
    recorded: 2020-04-02
""",
    "facts/matching.yaml": f"‹matching fact: |{_MATCHING}›",
    "facts/other.yaml": f"‹other fact: |{_OTHER}|!facts: [\n›",
    "facts/rival.yaml": f"‹rival fact: |{_RIVAL}|!{_RIVAL}›",
    "facts/newer.yaml": f"‹newer fact: |{_NEWER}›",
    "facts/tables/towns.csv": "town,staff\nHavneby,‹cell: 310|320›\nDanmark,12\n",
    "facts/tables/towns.table.yaml": """\
subject: {column: town}
shared:
  theme: ‹theme of a table: staff|channels›
  said_by: union
  standing: reported
  source: union-2031
  as_of: 2029
  recorded: 2020-04-02
columns:
  staff:
    column: staff
    statement: {nb: "{subject} hadde {figure}.", en: "{subject} had {figure}."}
    figure: {measure: paper-count, among: employees}
""",
    "templates/workspace.yaml": "organisation: ‹organisation: Havneby kommune|Havneby›\n",
    "templates/names.yaml": "names: [‹names: Skjema 2.0, Vei 7|!Skjema 2.0›]\n",
    "templates/audiences/public.yaml": """\
name: {nb: Innbyggere, en: ‹audience's name: The public|Residents›}
kind: {nb: Kort, en: ‹kind: Short|Brief›}
to: {nb: Alle, en: Everyone}
access: ‹audience's access: public|internal›
theme: ‹audience's theme: town|default|!twon›
layout: ‹layout: memo|plain›
formats: [‹formats: html, docx|html›]
budget: {‹budget: words: 400, lix: 60|words: 400|!words: 20›}
jargon: {en: {‹jargon: leverage|!parents›: use}}
‹citations: |!citations: apa\n›\
‹required: |!require: [summary]\n›\
‹end of a fact: ||!expired: refuse\n›\
""",
    "templates/audiences/council.yaml": """\
name: {nb: Bystyret, en: The council}
kind: {nb: Notat, en: Memo}
to: {nb: Bystyret, en: The council}
access: internal
theme: default
layout: memo
languages: [en]
formats: [html]
""",
    "templates/themes/town/tokens.yaml": """\
base: default
colours: {norge: "‹colour: #0F4A5F|#3F2A6B›"}
space_pt: {s: ‹space: 3.75|4›}
‹logo: |logo: {file: logo.svg, height_mm: 9, alt: Havneby}\n›\
css: look.css
‹word: |!word: {reference: house.docx}\n›\
""",
    "templates/themes/town/look.css": "h1 { color: token(colours.ink‹sheet: |2›); }\n",
    "templates/themes/town/logo.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
        '<rect width="‹drawing: 40|30›" height="10" fill="#0F4A5F"/></svg>\n'
    ),
    "templates/themes/town/house.docx": "‹Word file: 11|12›",
    "templates/channels/brief.yaml": """\
title: {nb: Søknader på nett, en: ‹title: Applications on the web|Applications›}
from: {nb: Rådgiver, en: ‹sender: Adviser|Advisers›}
date: ‹brief's date: 2031-04-10|2031-04-11›
audiences: [‹audiences: public, council|council, public|public›]
languages: [‹languages: nb, en|en|!nb, en, en›]
formats: [docx, html]
""",
    "templates/channels/public.nb.md.j2": """\
# ‹heading: Søknadene kommer på nett|Søknader›

‹comment in a template: |{# skrevet om #}\n›\
Foreldre søker ‹words: helst|gjerne|!på 7 måter› på nett: {{ fact("havneby.web-share"‹form: |, form="with base"›) }}.

{{ statement("havneby.paper-share") }} {{ statement("towns.staff@havneby") }}

{% if format != "‹format asked for: pdf|docx›" %}
Kommunen svarte alle.
{% endif %}

![‹picture's words: Et hus|Huset›](house.png)
""",
    "templates/channels/house.png": "‹picture: navy|teal|!›",
    "templates/channels/base.en.md.j2": """\
{% from "shared/wording.en.md.j2" import dated %}
{% block title %}
# Applications come in on the web
{% endblock %}

{% block question %}
‹base: Parents|Most parents›‹broken template: |!{% if %}|!{{ fact("havneby.wbe-share") }}› apply on the web: \
{{ fact("havneby.web-share") }}.
{% endblock %}

{% block answer %}
It was {{ dated("havneby.web-share-before") }} before, which makes {{ fact("havneby.web-growth") }}.
{% endblock %}

{% block conditions %}
{% if facts["havneby.staff"].value > 4100 %}
The municipality is a large employer of the coast.
{% endif %}
{% if brief == "staff" %}
This is about the staff.
{% endif %}

{% include "shared/notice.md.j2" ignore missing %}

{% include ["shared/own.md.j2", "shared/common.md.j2"] %}
{% endblock %}
""",
    "templates/channels/public.en.md.j2": """\
{% extends "channels/‹base that is extended: base|other-base›.en.md.j2" %}
{% block question %}
{{ super() }}

{% for id in query(theme="channels", standing="reported"‹query: |, place="norway"›) %}
- {{ statement(id) }}
{% endfor %}
{% endblock %}
""",
    "templates/channels/other-base.en.md.j2": """\
{% extends "channels/base.en.md.j2" %}
{% block answer %}
{{ super() }} The form was the same.
{% endblock %}
""",
    "templates/channels/council.en.md.j2": """\
{% extends "channels/base.en.md.j2" %}
{% block answer %}
{{ super() }}

{{ statement("havneby.plan") }} ‹own text: We saw it on Vei 7.|We saw it.›

{{ chart("bars", ["havneby.web-share"], caption="‹caption: Parents on the web|On the web›", labels=["Parents"]) }}
{% endblock %}
""",
    "templates/shared/wording.en.md.j2": """\
{% macro dated(id) %}
{{ fact(id) }} ‹macro: in|of› {{ as_of(id) }}
{%- endmacro %}
""",
    "templates/shared/notice.md.j2": "‹missing include: |Nobody was asked again.\n›",
    "templates/shared/own.md.j2": "‹first of includes: |This is the town's own method.\n›",
    "templates/shared/common.md.j2": "This is the ‹last of includes: common|usual› method.\n",
    "templates/shared/unused.md.j2": "‹unused template: |Nobody includes this.\n|{% if %}\n›",
    "templates/staff/brief.yaml": """\
‹second brief: title: {nb: Ansatte, en: Staff}
from: {nb: Rådgiver, en: Adviser}
date: 2031-04-10
audiences: [council]
languages: [en]
formats: [html]
|!›""",
    "templates/staff/council.en.md.j2": """\
# The town has a large staff

The staff was {{ fact("havneby.staff") }}.
""",
}


def _ways() -> dict[str, list[bool]]:
    """Of each place the ways that it can go, and whether each may stay."""
    places = [place for text in _TEXTS.values() for place in _PLACE.finditer(text)]
    ways: dict[str, list[bool]] = {}
    for place in places:
        lasting = [not way.startswith("!") for way in place["ways"].split("|")]
        known = ways.setdefault(place["name"], lasting)
        assert len(known) == len(lasting), place["name"]
        ways[place["name"]] = [all(both) for both in zip(known, lasting, strict=True)]
    return ways


WAYS = _ways()


def files(state: State) -> dict[str, bytes]:
    """The files of the workspace in that state, by their paths."""
    texts = {name: _text(text, state) for name, text in _TEXTS.items()}
    return {name: _data(name, text) for name, text in texts.items() if text}


def _text(text: str, state: State) -> str:
    def said(place: re.Match[str]) -> str:
        return place["ways"].split("|")[state.get(place["name"], 0)].removeprefix("!")

    return _PLACE.sub(said, text)


@cache
def _data(name: str, text: str) -> bytes:
    """The bytes of a file: a picture is of the colour that its text names."""
    kept = BytesIO()
    match Path(name).suffix:
        case ".png":
            Image.new("RGB", (60, 40), text).save(kept, "PNG")
        case ".docx":
            word = Document()
            word.styles["Normal"].font.size = Pt(int(text))
            word.save(kept)
        case _:
            return text.encode()
    return kept.getvalue()


def set_files(root: Path, wanted: Mapping[str, bytes]) -> None:
    """Have the workspace hold these files: what is right already isn't touched."""
    for folder in ("facts", "templates"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and file.relative_to(root).as_posix() not in wanted:
                file.unlink()
    for name, data in wanted.items():
        file = root / name
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def walk(random: Random) -> Iterator[tuple[str, State]]:
    """States that each differ from the last one in one place, with a word on what was edited.

    Every way of every place is gone once, in random order, and at times the next step goes back.
    What shall not stay is undone at once, or after the next edit.
    """
    state = dict.fromkeys(WAYS, 0)
    edits = [(name, way) for name, ways in WAYS.items() for way in range(1, len(ways))]
    random.shuffle(edits)
    passing: tuple[str, int] | None = None
    for name, way in edits:
        before = state[name]
        yield _step(state, name, way)
        if passing:
            yield _step(state, *passing)
        passing = None if WAYS[name][way] else (name, before)
        if random.random() < 0.3:
            yield _step(state, name, before)
            passing = None


def _step(state: dict[str, int], name: str, way: int) -> tuple[str, State]:
    told = f"{name}: {state[name]} to {way}"
    state[name] = way
    return told, dict(state)
