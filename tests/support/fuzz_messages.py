"""Read bytes that a coverage-guided fuzzer makes up as the judge and the grader read a notebook's, until time is up.

python -m tests.support.fuzz_messages SECONDS FOLDER

What is found interesting is kept in FOLDER, which may hold some from before. Ends with 0, unless some bytes make a
reader do anything but return a value or refuse.
"""

import contextlib
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["secondcar.grading.judging", "secondcar.grading.wire"]):
    from secondcar.grading import wire
    from secondcar.grading.judging import answers
    from secondcar.grading.judging.answers import Forged, heard
    from secondcar.grading.judging.packing import pack

    # numpy's and pandas' forms are looked for when the first of them comes.
    from secondcar.grading.judging import arrays, tables  # noqa: F401  # isort: skip

from tests.grading.judging.test_any_message import FORMS, SAMPLES, look_at

_LARGEST = 4096


def read(message: bytes) -> None:
    """Read bytes as a value, and as a frame that holds an answer."""
    look_at(message)
    with contextlib.suppress(ValueError, Forged):
        frame = wire.unpack(message)
        heard(frame, answers.Kept, answers.Held, answers.Refused, answers.Data, answers.Error, answers.Missing)


def main(seconds: int, folder: Path) -> None:
    """Begin with messages that a notebook sends, and change them for so many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    frames = [wire.pack({"content": {"kind": "data"}, "buffers": [b"x"]})[4:]]
    for number, sample in enumerate([*map(_packed, SAMPLES), *frames]):
        (folder / f"sample-{number}").write_bytes(sample)
    words = folder.with_name(f"{folder.name}-words")
    words.write_text("".join(f'"{form.__name__}"\n' for form in FORMS))
    # An int of thousands of digits is a value, and Python alone refuses to write it out.
    sys.set_int_max_str_digits(0)
    settings = {"max_total_time": seconds, "max_len": _LARGEST, "timeout": 20, "rss_limit_mb": 4096, "dict": words}
    atheris.Setup(
        [sys.argv[0], *(f"-{name}={value}" for name, value in settings.items()), "-print_final_stats=1", str(folder)],
        read,
    )
    atheris.Fuzz()


def _packed(value: object) -> bytes:
    return pack(value, keep=id)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
