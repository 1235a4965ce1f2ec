"""One specification to SVG in a process of its own: stdin to stdout, warnings to stderr.

An author's specification can ask for more memory or time than there is, and what it draws must
not depend on the time zone; so it is drawn where it can be ended, and where the zone is UTC.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    import vl_convert

    order = json.load(sys.stdin)
    if order["fonts"]:
        vl_convert.register_font_directory(order["fonts"])
    try:
        svg = vl_convert.vegalite_to_svg(
            order["spec"], config=order["config"], allowed_base_urls=[], show_warnings=True
        )
    except ValueError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(svg.encode())


if __name__ == "__main__":
    main()
