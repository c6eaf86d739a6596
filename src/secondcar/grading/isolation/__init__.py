"""Keeps a notebook apart from all else on the machine: its sandbox, its limits, and the process that enforces them."""
