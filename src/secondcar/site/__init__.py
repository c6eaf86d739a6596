"""The course as a web site, whose units live in their pages: what `make site` makes."""
