"""The command line as `python -m reports.cli`, which is how `build.py` calls it."""

import sys

from reports.cli import main

sys.exit(main())
