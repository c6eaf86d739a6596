"""Where the tests find the repository and their own data."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BANK_FOLDER = ROOT / "tests" / "bank"
