"""Additions to nbgrader that any nbgrader course can use; nothing here knows this course.

`nbgrader_config.py` of this repository shows where each preprocessor goes.

==================================  =====================================================
`repair.RepairSubmission`           mends deleted, copied, moved and retyped cells
`warnings_in_tests.AllowWarnings`   a warning in a test cell costs no mark
`tasks.MarkTasksAgain`              a written answer handed in again is marked again
`hidden_tests.KeepTestsHidden`      feedback pages show no line of a hidden test
`results.read_results`              one row a learner: marks, or why there are none
`register.register`                 puts the committed assignments into the gradebook
`grade.grade`                       grades an assignment, in place of `nbgrader autograde`
`feedback.give_feedback`            makes feedback pages, in place of `nbgrader generate_feedback`
`reporting.write_report`            a page and CSV files on how a class did
`export.export_marks`               marks in a file for Canvas, Moodle or a spreadsheet
==================================  =====================================================

How `grade` works, from the course to a cell and back:

======================  =================================================================
`grade`                 which submissions are due; what goes where; one run at a time
`assignment`            reads nbgrader's configuration, the assignment and the submissions
`workers`               worker processes on this machine
`cluster`               workers of a Dask cluster
`worker`                grades one submission, from plain data to plain data
`private_gradebook`     the worker's own gradebook, in memory
`rows`                  gradebook rows as plain data
`validation`            nbgrader's metadata schema, compiled once
`execution`             nbgrader's `Execute`, with a runner for a kernel
`kernel`                a runner as nbclient sees it
`limits`                what one notebook may use
`keeper`                stands between a notebook and everything else; ends all of it
`sandbox`               the place a notebook runs in, of namespaces or by bubblewrap
`cgroups`               bounds memory and processes of a notebook together
`linux`, `forking`      the system calls that takes
`warm`                  the parent process with everything imported, which forks runners
`rehearsal`             finds out what to import, and how each test can be judged
`runner`                the process that runs a notebook's cells: ipykernel on one socket
`judging`               who has the last word on a test, and how its verdict gets into the cell
`judge`                 the process that runs tests out of the learner's reach
`teachers_part`         which names of a notebook are the teacher's, and which the learner's
`cell_code`             what a cell binds, told from its text
`plain_data`            the form in which learners' values reach the judge
`answering`             lends those values, in the learner's process
`restoring`             puts back what a test relies on that has to run there
`folders`               folders as plain data
`frames`                messages over that socket
`waiting`               results on disk until they are in the course
`writer`                puts results into the gradebook and autograded/
`progress`              what a run says
`feedback`              pages for learners, made by worker processes
`html_pages`            nbconvert's HTML exporter, for many notebooks that are much alike
`reading_ahead`         the gradebook, read once a notebook
======================  =================================================================
"""
