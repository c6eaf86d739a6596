"""Additions to nbgrader that any nbgrader course can use; nothing here knows this course.

===============================  =====================================================
`grade.grade`                    grades an assignment, in place of `nbgrader autograde`
`feedback.give_feedback`         makes feedback pages, in place of `nbgrader generate_feedback`
`reporting.write_report`         a page and CSV files on how a class did
`export.export_marks`            marks in a file for Canvas, Moodle or a spreadsheet
`results.read_results`           one row per learner: marks, or why there are none
`gradebook.register.register`    puts the committed assignments into the gradebook
===============================  =====================================================

Preprocessors, which nbgrader's own programs run too; `nbgrader_config.py` of this repository shows where each goes:

==================================================  =====================================================
`preprocessors.repair.RepairSubmission`             mends deleted, copied, moved and retyped cells
`preprocessors.warnings_in_tests.AllowWarnings`     a warning in a test cell costs no mark
`preprocessors.tasks.MarkTasksAgain`                a written answer that is handed in again is marked again
`preprocessors.hidden_tests.KeepTestsHidden`        feedback pages show no line of a hidden test
==================================================  =====================================================

How `grade` works, from the course to a cell and back:

================================  =================================================================
`grade`                           which submissions are due; what goes where; one run at a time
`assignment`                      reads nbgrader's configuration, the assignment and the submissions
`records`                         what passes between a run, its workers and its gradebook
`handed_in`                       which files are the notebooks, and when they came, under any name and in any bytes
`finding`, `folders`              what was handed in, found and looked over, whatever its names and depth
`limits`                          what one notebook may use
`workers.local`                   worker processes on this machine
`workers.cluster`                 workers of a Dask cluster
`workers.dry_run`                 grades the teacher's solution: how can each test be judged?
`workers.submission`              grades one submission, from plain data to plain data
`workers.execution`               nbgrader's `Execute`, with a runner for a kernel
`workers.bounds`                  what a worker itself may use for one learner
`workers.validation`              nbgrader's metadata schema, compiled once
`workers.waiting`                 results on disk until they are in the course
`gradebook.private_gradebook`     the worker's own gradebook, in memory
`gradebook.reading_ahead`         nbgrader's gradebook, which reads all of a notebook at once
`gradebook.rows`                  gradebook rows as plain data
`gradebook.writer`                puts results into the gradebook and autograded/
`kernel.fork_server`              the parent process with everything imported, which forks runners
`kernel.kernels`                  which program runs a notebook: ours, or the kernel that the teacher names
`kernel.relay`                    any other kernel, in the same sandbox and limits
`kernel.process`                  the process that runs a notebook's cells: ipykernel on one socket
`kernel.runner`                   that process as nbclient sees it
`wire`                            messages over that socket
`isolation.supervisor`            stands between a notebook and everything else; ends all of it
`isolation.sandbox`               the place a notebook runs in, of namespaces or by bubblewrap
`isolation.system_calls`          which of the system's calls a notebook has
`isolation.cgroups`               bounds memory and processes of a notebook together
`isolation.linux`, `.forking`     the system calls that this takes
`workers.judge_client`            hands the judge's questions to the notebook
`workers.questions`               what it asked so, to be asked once more
`judging.judge`                   the process that runs tests out of the learner's reach
`judging.asking`                  asks the notebook what a test needs, and keeps the answers
`judging.namespace`               what the names of a test hold: the teacher's, and the learner's
`judging.teachers_part`           which names of a notebook are the teacher's, and which the learner's
`judging.cell_code`               what a cell binds, as read from its text
`judging.findings`                what is found about a test in both places, and what follows from it
`judging.forms`                   the form in which values travel; it cannot run anything
`judging.packing`, `.unpacking`   a value as a form, and back; numpy's in `arrays`, pandas' in `tables`
`judging.amounts`                 how much answers hold, where a test does not ask for it
`judging.stand_ins`               what stands in the judge for what stays in the notebook
`judging.answers`                 what a notebook may say to the judge
`judging.answering`               lends those values, in the learner's process
`workers.verdict_cells`           puts what was found about a test into its cell
`progress`                        what a run says
================================  =================================================================
"""
