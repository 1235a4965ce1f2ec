"""Questions on a terminal: each answer is checked at once, and asked for again until it is right.

`?` lists what may be answered, and on a terminal the tab key completes it.  Answers may be piped
in; they are then printed after their questions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reports.problems import Place, Problem, suggest

Check = Callable[[str], Iterable[Problem]]

_HERE = Place(Path("the answer"))


@dataclass(frozen=True)
class Question:
    """What is asked, and what may be answered.

    `choices` are words with what they stand for; `help` tells of an answer that has none.
    `default` is taken for an empty answer, None if there must be one.  `declare` asks for
    something new and gives its id.
    """

    text: str
    help: str = ""
    default: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    declare: Callable[[], str] | None = None

    @property
    def prompt(self) -> str:
        return f"{self.text} [{self.default}]: " if self.default else f"{self.text}: "


def ask(question: Question, check: Check) -> str:
    """The first answer that `check` finds nothing wrong with, without spaces around it.

    Raises EOFError where the input ends.
    """
    while True:
        answer = _read(question)
        if not answer and question.default is not None:
            return question.default
        if not answer:
            print("  an answer is needed; type ? for help")
        elif answer == "?" and not question.choices:
            print(f"  {question.help or 'nothing is declared yet; + declares something'}")
        elif answer[0] == "?" and question.choices:
            _list(question.choices, answer[1:].casefold().split())
        elif answer == "+" and question.declare:
            return question.declare()
        else:
            word = _numbered(answer, question.choices)
            problems = [*check(word)]
            if not problems:
                return word
            tell(problems)


def pick(question: Question) -> str:
    """One of the question's choices; the beginning of one will do."""

    def meant(answer: str) -> list[str]:
        begun = [word for word in question.choices if word.startswith(answer)]
        return [answer] if answer in begun else begun

    def check(answer: str) -> Iterable[Problem]:
        if len(meant(answer)) != 1:
            yield Problem(_HERE, f"unknown answer '{answer}'", suggest(answer, question.choices))

    return meant(ask(question, check))[0]


def tell(problems: Iterable[Problem]) -> None:
    """Print what is wrong with an answer, without a place: it is the one just given."""
    for problem in problems:
        print(f"  {problem.what}")
        if problem.hint:
            print(f"    hint: {problem.hint}")


def _read(question: Question) -> str:
    is_terminal = sys.stdin.isatty()
    if is_terminal:
        _complete(question.choices)
    answer = input(question.prompt).strip()
    if not is_terminal:
        print(answer)
    return answer


def _complete(words: Iterable[str]) -> None:
    """Let the tab key complete these words."""
    import readline

    known = sorted(words)

    def completion(start: str, index: int) -> str | None:
        found = [word for word in known if word.startswith(start)]
        return found[index] if index < len(found) else None

    readline.set_completer_delims(" ")
    readline.set_completer(completion)
    readline.parse_and_bind("tab: complete")


def _list(choices: Mapping[str, str], words: Sequence[str]) -> None:
    """Print the choices that hold every word, with their numbers."""
    wide = max(map(len, choices))
    lines = [
        f"{number:5}  {word:{wide}}  {choices[word]}" for number, word in enumerate(choices, 1)
    ]
    found = [line for line in lines if all(part in line.casefold() for part in words)]
    print("\n".join(map(str.rstrip, found)) or f"  nothing with '{' '.join(words)}'")


def _numbered(answer: str, choices: Mapping[str, str]) -> str:
    """The choice of that number, or the answer itself."""
    number = int(answer) if answer.isdecimal() and len(answer) < 9 else 0
    return [*choices][number - 1] if 1 <= number <= len(choices) else answer
