"""Runs notebooks: processes forked from a warm parent, driven by nbclient as any Jupyter kernel is."""
