"""What Formgrader shows a teacher. It lies in a folder that the course's JUPYTER_CONFIG_PATH names."""

from secondcar.grading import pages, safe_html

c = get_config()  # noqa: F821  nbgrader provides it

# Learners' scripts would run with the rights of whoever looks at their notebooks.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = safe_html.FILTERS
c.WidgetsDataTypeFilter.display_data_priority = safe_html.SHOWN
# Whoever marks by hand sees each answer directly above its own points.
c.HTMLExporter.preprocessors = [pages.ANSWER_ABOVE_MARKS]
