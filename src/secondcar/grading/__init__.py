"""Additions to nbgrader that any nbgrader course can use; nothing here knows this course.

`nbgrader_config.py` of this repository shows where each preprocessor goes.

==================================  =====================================================
`repair.RepairSubmission`           mends deleted, copied, moved and retyped cells
`warnings_in_tests.AllowWarnings`   a warning in a test cell costs no mark
`tasks.MarkTasksAgain`              a written answer handed in again is marked again
`hidden_tests.KeepTestsHidden`      feedback pages show no line of a hidden test
`results.read_results`              one row a learner: marks, or why there are none
`register.register`                 puts the committed assignments into the gradebook
==================================  =====================================================
"""
