"""`python -m secondcar.site` makes the course's web site, in the folder of its repository."""

import argparse
import sys
from pathlib import Path

from secondcar.errors import CourseError
from secondcar.site.building import make_site


def main() -> int:
    """Make the site, and say where it is."""
    parser = argparse.ArgumentParser(prog="make site", description="Make the course's web site.")
    parser.add_argument(
        "--self-contained", action="store_true", help="bring Pyodide itself, too: no other server is asked for anything"
    )
    try:
        out = make_site(Path.cwd(), self_contained=parser.parse_args().self_contained)
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"The site is in {out.relative_to(Path.cwd())}: any web server can serve it. To look at it, type")
    print(f"python -m http.server --directory {out.relative_to(Path.cwd())} 8080")
    return 0


if __name__ == "__main__":
    sys.exit(main())
