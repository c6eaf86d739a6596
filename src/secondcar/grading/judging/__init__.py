"""Decides whether a test passes, out of the learner's reach."""
