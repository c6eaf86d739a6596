"""The classroom: JupyterHub with nbgrader and this course, on one machine.

- `layout` says where everything lies and which ports are used;
- `roster` reads who teaches and who learns;
- `accounts` makes a system account for each of them;
- `preparing` makes the folders, the settings and the gradebook, and changes nothing that is there already;
- `running` starts the hub, and stops all that it started.

`hub/` holds what a teacher may want to read or change: the hub's configuration, the settings, the rosters.
"""
