"""Lets ``python -m secondcar`` do the same as the ``secondcar`` command."""

import sys

from secondcar.cli import main

sys.exit(main())
