"""To build every edition with nothing but Python at hand: make the machine ready, then hand over.

`python3 build.py` builds, `python3 build.py test` tests, `python3 build.py doctor` says what is
missing.  This file has to parse on old Pythons too, so that it can refuse them in words.
"""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  (the reason that this file exists)
        sys.exit(
            "Kildefast needs Python 3.11 or newer; this is Python %d.%d\n"  # noqa: UP031
            "  hint: call it with a newer one that is installed, such as 'python3.11 build.py'"
            % sys.version_info[:2]
        )

    from pathlib import Path

    from reports import machine

    sys.exit(machine.main(Path(__file__).resolve().parent, sys.argv[1:]))
