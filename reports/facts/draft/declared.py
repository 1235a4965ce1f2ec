"""What a store declares: the ids of each section, each with what it is called."""

from __future__ import annotations

from reports.facts.model import Facts
from reports.facts.wording import statement_text
from reports.language import load_language


def names_in(section: str, store: Facts, code: str) -> dict[str, str]:
    """What each id of a section is called in the language `code`, in the order of the files."""
    match section:
        case "themes":
            return {id_: name[code] for id_, name in store.themes.items()}
        case "places":
            return {id_: place.name[code] for id_, place in store.places.items()}
        case "inferences":
            return {id_: reason[code] for id_, reason in store.inferences.items()}
        case "measures":
            written = {id_: m for id_, m in store.measures.items() if "/" not in id_}
            return {id_: f"{m.name[code]} ({m.unit.value})" for id_, m in written.items()}
        case "populations":
            return {id_: name[code] for id_, name in store.populations.items()}
        case "sources":
            return {id_: source.title for id_, source in store.sources.items()}
        case "people":
            return {
                id_: ", ".join(filter(None, (x.name[code], x.role[code], x.organisation[code])))
                for id_, x in store.people.items()
            }
        case _:
            language = load_language(code)
            return {id_: statement_text(f, store, language) for id_, f in store.facts.items()}
