"""Whether the workers of a cluster have all that is here, in the same versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from reports.build.cluster.joining import TYPED, gone
from reports.build.cluster.travelling import introduction
from reports.problems import Problem, ReportError
from reports.versions import differences, versions

_SENDING = ("cloudpickle", "dask", "distributed")  # what messages between machines depend on
_ANSWER_S = 60.0  # a worker that just started loads the typesetter meanwhile
_SHOWN = 3  # workers that a problem names
_HINT = "install the same on all machines; one container image for all is the simplest way"


def compared(client: Any, address: str) -> dict[str, tuple[str, ...]]:
    """What is different on each worker, by its address: nothing on those that can be given work.

    Raises ReportError for a scheduler whose messages would differ, or that has ended.
    """
    try:
        held = asked(client, client.get_versions)
        here = _sending(held["client"])
        if found := differences(here, _sending(held["scheduler"])):
            raise ReportError(*differing({f"the scheduler, {address}": found}))
        met = {name: differences(here, _sending(there)) for name, there in held["workers"].items()}
        alike = [name for name, found in met.items() if not found]  # others can't run what is sent
        ask = partial(client.run, introduction(), workers=alike, on_error="return")
        told = asked(client, ask) if alike else {}
    except TimeoutError:
        what = f"not every worker of {address} answers"
        raise ReportError(Problem(TYPED, what, "end those that hang, and build again")) from None
    except OSError:
        raise ReportError(gone(address)) from None
    return met | {name: _told(answer) for name, answer in told.items()}


def asked(client: Any, question: Callable[[], Any]) -> Any:
    """What is answered in time: Dask itself would wait for a worker that hangs for ever."""

    async def answer() -> Any:
        return await question()

    return client.sync(answer, callback_timeout=_ANSWER_S)


def differing(workers: Mapping[str, Iterable[str]], *, fatal: bool = True) -> tuple[Problem, ...]:
    """A problem for each difference, with the workers that have it."""
    where: dict[str, list[str]] = {}
    for worker, found in workers.items():
        for difference in found:
            where.setdefault(difference, []).append(worker)
    return tuple(
        Problem(TYPED, f"{difference} at {_listed(names)}", _HINT, fatal)
        for difference, names in sorted(where.items())
    )


def _sending(held: Mapping[str, Any]) -> dict[str, str]:
    """The versions that Dask tells of a process, those that it must share to be understood."""
    packages = held["packages"]
    python = ".".join(packages["python"].split(".")[:2])  # what compiled functions depend on
    return {"python": python, **{name: packages[name] or "missing" for name in _SENDING}}


def _told(answer: object) -> tuple[str, ...]:
    match answer:
        case dict():
            return differences(versions(), answer)
        case None:
            return ("kildefast is installed here and missing",)
        case _:  # a worker that is broken in a way of its own
            return (f"all is well here, but not ({answer})",)


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
