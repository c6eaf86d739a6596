"""Preprocessors for nbgrader's own programs: a course's `nbgrader_config.py` names them; `grade` runs them too."""
