"""Grades submissions side by side, on this machine or on a Dask cluster: plain data in, plain data out."""
