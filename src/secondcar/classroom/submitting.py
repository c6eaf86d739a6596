"""Handing in at once: a submission is in the exchange as a whole, or not at all."""

import os
import shutil
import tempfile

from nbgrader.exchange.default import ExchangeSubmit


class SubmitWhole(ExchangeSubmit):
    """nbgrader's submit, without its moment in which half a submission can be collected.

    nbgrader copies file by file to where teachers collect. If the disk fills up on the way, what was copied stays,
    and counts as the student's newest submission. This one copies to a place that `collect` does not look at, and
    moves the submission when all of it is there.

    In nbgrader_config.py of students:

        c.ExchangeFactory.submit = "secondcar.classroom.submitting.SubmitWhole"
    """

    # nbgrader's: the folder of the exchange in which it puts submissions.
    inbound_path: str

    def copy_files(self) -> None:
        """Copy the student's folder to the exchange. Raises ExchangeError, with nothing handed in, if that fails."""
        inbound = self.inbound_path
        try:
            # `collect` looks for names that begin with a student's id.
            self.inbound_path = tempfile.mkdtemp(prefix=".incoming-", dir=inbound)
            try:
                super().copy_files()
                os.rename(
                    os.path.join(self.inbound_path, self.assignment_filename),
                    os.path.join(inbound, self.assignment_filename),
                )
            finally:
                shutil.rmtree(self.inbound_path, ignore_errors=True)
        except OSError as error:
            self.fail(
                f"Nothing was handed in because its files could not be copied: {_reason(error)}. What you handed "
                "in before is kept. Your work is still in your folder: tell your teacher, and submit again later."
            )


def _reason(error: OSError) -> str:
    """Return the system's message; if many files could not be copied, that on the first."""
    if isinstance(error, shutil.Error):
        first = error.args[0][0]
        return str(first[2]) if isinstance(first, tuple) else str(first)
    return error.strerror or str(error)
