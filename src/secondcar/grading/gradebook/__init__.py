"""nbgrader's gradebook: its rows as plain data, read and written in few queries."""
