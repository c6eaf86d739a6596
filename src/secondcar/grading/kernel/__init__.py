"""Runs notebooks: processes forked from a fork server, driven by nbclient as any Jupyter kernel is."""
