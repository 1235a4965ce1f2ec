"""An audience: one small file that says who reads, in which look, and what she is promised.

`templates/audiences/<id>.yaml` is the audience's contract: what its editions may show, how long
and how plain they are, and what must and must not stand in them.  It is kept by `budgets`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reports.facts.model import Access
from reports.fields import ID, Fields, misnamed
from reports.language import languages as known_languages
from reports.problems import Place, Problem, ReportError
from reports.themes import Layout
from reports.yaml import Mapping, read_yaml

RESERVED = ("themes", "shared", "audiences")
_LIMITS = ("pages", "words", "sentence_words", "lix", "long_words")


class Format(Enum):
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


class Expired(Enum):
    """What an audience makes of facts that are past their `valid_until`."""

    WARN = "warn"
    REFUSE = "refuse"


class NotesPlace(Enum):
    """Where Word sets the notes; PDF and HTML have them at the end."""

    END = "end"
    FOOTNOTES = "footnotes"


@dataclass(frozen=True)
class Budget:
    """The most of each thing that an edition may have; 0 for no limit.

    `pages` and `words` count the body, `sentence_words` any one sentence; `lix` is the
    readability index and `long_words` the share of long words in percent.
    """

    pages: int = 0
    words: int = 0
    sentence_words: int = 0
    lix: int = 0
    long_words: int = 0


@dataclass(frozen=True)
class Forbidden:
    """What no edition of an audience prints: themes, speakers and kinds of chart, by id."""

    themes: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Audience:
    """Who reads, and the contract with her.

    `kind` is what the masthead calls the document, `to` its recipient.  `languages` and
    `formats` are empty where the brief's hold.  `citations` names a citation style, "" for the
    tool's own letters.  `jargon` holds, by language, words with the plain word for each;
    `require` names blocks of the templates.  `places` has the line of each key of the file,
    that of an inner one under a name such as "budget.lix".
    """

    id: str
    name: dict[str, str]
    kind: dict[str, str]
    to: dict[str, str]
    access: Access
    theme: str
    layout: Layout
    languages: tuple[str, ...]
    formats: tuple[Format, ...]
    citations: str
    notes: NotesPlace
    expired: Expired
    budget: Budget
    jargon: dict[str, dict[str, str]]
    require: tuple[str, ...]
    forbid: Forbidden
    places: dict[str, Place]
    declared: Place

    def place_of(self, key: str) -> Place:
        """The line of a key of its file, or the file where it isn't set."""
        return self.places.get(key, self.declared)


def load_audiences(
    templates: Path, written_in: Callable[[str], Sequence[str]], problems: list[Problem]
) -> dict[str, Audience]:
    """The audiences of a workspace by id, in the order of their ids.

    `written_in` gives the languages of the briefs that name an audience: its own texts are
    needed in those, unless it has languages of its own.  What is wrong goes to `problems`.
    """
    folder = templates / "audiences"
    files = sorted(folder.glob("*.yaml"))
    problems.extend(misnamed(folder.glob("*.yml")))
    old = templates / "audiences.yaml"
    if old.exists():
        hint = "write each audience into a file of its own: audiences/<id>.yaml"
        problems.append(Problem(Place(old), "audiences no longer stand in one file", hint))
    elif not files:
        hint = "an audience is a file such as audiences/public.yaml"
        problems.append(Problem(Place(folder), "no audience found", hint))
    return {file.stem: _audience(file, written_in(file.stem), problems) for file in files}


def check_id(id_: str, kind: str, place: Place, problems: list[Problem]) -> None:
    """Find an id that can't name a file and a folder of outputs."""
    if not ID.fullmatch(id_) or id_ in RESERVED:
        hint = f"small letters, digits and hyphens; not {', '.join(RESERVED[:-1])}"
        hint = f"{hint} or {RESERVED[-1]}"
        problems.append(Problem(place, f"'{id_}' can't be the id of {kind}", hint))


def _audience(file: Path, written_in: Sequence[str], problems: list[Problem]) -> Audience:
    id_ = file.stem
    try:
        root = read_yaml(file)
    except ReportError as error:
        problems.extend(error.problems)
        root, problems = Mapping({}, {}, Place(file)), []  # that all is missing needn't be told
    check_id(id_, "an audience", root.place, problems)
    fields = Fields(root, f"audience '{id_}'", problems)
    own = fields.words_among("languages", known_languages())
    codes = own if "languages" in root.entries else tuple(written_in)
    audience = Audience(
        id=id_,
        name=fields.texts("name", codes),
        kind=fields.texts("kind", codes),
        to=fields.texts("to", codes),
        access=fields.choice("access", Access),
        theme=fields.text("theme"),
        layout=fields.choice("layout", Layout),
        languages=own,
        formats=tuple(map(Format, fields.words_among("formats", [kind.value for kind in Format]))),
        citations=fields.text("citations", required=False),
        notes=fields.choice("notes", NotesPlace, NotesPlace.END),
        expired=fields.choice("expired", Expired, Expired.WARN),
        budget=_budget(fields, problems),
        jargon=_jargon(fields, problems),
        require=fields.words_once("require"),
        forbid=_forbidden(fields, problems),
        places=_places(root),
        declared=root.place,
    )
    fields.done()
    return audience


def _budget(fields: Fields, problems: list[Problem]) -> Budget:
    node = fields.node("budget")
    if node is None:
        return Budget()
    inner = Fields(node, f"the budget of {fields.what}", problems)
    limits = {key: inner.parsed(key, _limit, "a whole number above 0", 0) for key in _LIMITS}
    inner.done()
    return Budget(**limits)


def _limit(text: str) -> int:
    """The number in a text; raises ValueError for any but a small positive one."""
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 7 or int(text) == 0:
        raise ValueError(text)
    return int(text)


def _jargon(fields: Fields, problems: list[Problem]) -> dict[str, dict[str, str]]:
    node = fields.node("jargon")
    if node is None:
        return {}
    listed = Fields(node, f"the jargon of {fields.what}", problems)
    found: dict[str, dict[str, str]] = {}
    for code in known_languages():
        if words := listed.node(code):
            inner = Fields(words, f"the '{code}' jargon of {fields.what}", problems)
            found[code] = {word: inner.text(word) for word, _, _ in inner.all()}
    listed.done()
    return found


def _forbidden(fields: Fields, problems: list[Problem]) -> Forbidden:
    node = fields.node("forbid")
    if node is None:
        return Forbidden()
    inner = Fields(node, f"what {fields.what} forbids", problems)
    found = Forbidden(*map(inner.words_once, ("themes", "speakers", "charts")))
    inner.done()
    return found


def _places(root: Mapping) -> dict[str, Place]:
    """The line of each key, and under "outer.inner" that of each key within one."""
    places = dict(root.key_places)
    for outer, node in root.entries.items():
        if isinstance(node, Mapping):
            places |= {f"{outer}.{inner}": spot for inner, spot in node.key_places.items()}
    return places
