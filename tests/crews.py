"""Tasks of the tiny workspace, and what a crew tells of them.

Run as a program, it has a crew at work that takes long, until something ends it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil

from reports.briefs import Format, load_workspace
from reports.build import resolve_edition
from reports.build.crew import Begun, Crew, Lost
from reports.build.crew.pool import local_crew
from reports.build.task import Made, Task
from reports.build.tasks import Tasks
from reports.document import Paragraph, Text
from reports.problems import Place


def tasks_of(root: Path) -> dict[str, Task]:
    """The tasks of the workspace by their languages, and a "slow" one that takes minutes."""
    workspace = load_workspace(root)
    making = Tasks(workspace, {})
    tasks = {}
    for edition in workspace.editions():
        item = resolve_edition(edition, workspace)[0]
        tasks[edition.language] = making.task(item, edition.formats, 1)
        if edition.language == "en":
            words = Paragraph((Text("Words for a thousand pages. " * 100_000),), Place(root))
            long = replace(item.document, body=(words,))
            slow = making.task(replace(item, document=long), [Format.PDF], 9)
            tasks["slow"] = replace(slow, name="slow")
    return tasks


def told(crew: Crew, tasks: Sequence[Task]) -> Iterator[Begun | Made | Lost]:
    """All that the crew tells of these tasks until each has come to an end."""
    for task in tasks:
        crew.submit(task)
    left = len(tasks)
    while left:
        for each in crew.news(wait_s=60):
            left -= not isinstance(each, Begun)
            yield each


def main(root: Path) -> None:
    """Have a worker at a slow task; say when it begins, and what is left when this is stopped."""
    slow = tasks_of(root)["slow"]
    try:
        with local_crew(1, root) as crew:
            for each in told(crew, [slow]):
                say(f"{type(each).__name__} {each.name}")
    except KeyboardInterrupt:
        say(f"stopped; left: {psutil.Process().children(recursive=True)}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
