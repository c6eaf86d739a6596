"""The rules that a course must follow, one module a family; each yields its faults, all of them."""
