# `make` shows what there is. On Windows, README.md says what to run instead.
PYTHON = python3
# Students' accounts must be able to reach the classroom's folder; without root there are none.
CLASSROOM = $(if $(filter 0,$(shell id -u)),/srv/second-car,$(CURDIR)/.classroom)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# What somebody set for their own packages must not send these elsewhere.
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PYTHONPATH PYTHONHOME
# One test process more than the usual two cores: for a third of the time, tests wait for servers and kernels.
PYTEST = .venv/bin/pytest -n 3
# Where everything was installed for the tests, a learner's command keeps it.
LEARN = $(if $(wildcard .venv/.ready),.venv/.ready,.venv/.learn)
.PHONY: help learn fresh test test-long build site package class-demo classroom classroom-update doctor backup restore register bench bench-grading bench-classroom classroom-pictures bench-messages bench-writer bench-memory bench-site bench-cluster chart-sheet chart-peers gallery learner-path learner-picture lint lock

help:        ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 20

learn: $(LEARN)        ## bring the units into my-work and open JupyterLab (ARGS=--no-browser opens no browser)
	@.venv/bin/secondcar learn $(ARGS)

fresh: $(LEARN)        ## start a unit or exercise afresh: make fresh ARGS="02-by-and-to units-2017-by"
	@.venv/bin/secondcar fresh $(ARGS)

test: lint        ## run every test but the long ones
	$(PYTEST) $(ARGS)

test-long: lint        ## run every test
	$(PYTEST) -m "" $(ARGS)

build: .venv/.ready        ## make source/ and release/ from course/ (ARGS=02-by-and-to makes one unit)
	.venv/bin/secondcar build $(ARGS)

site: .venv/.ready        ## make the web site, whose units run in the browser (ARGS=--self-contained asks no other server)
	.venv/bin/python -m secondcar.site $(ARGS)

package: .venv/.ready        ## build the package, as it is published, into dist/
	.venv/bin/python -m hatchling build

class-demo: .venv/.ready        ## grade a small invented class and print its marks
	.venv/bin/secondcar class-demo $(ARGS)

classroom:        ## start JupyterHub with this course on this machine (ROSTER=class.csv: your class, as root)
	@$(foreach file,$(ROSTER) $(TEACHERS),$(if $(wildcard $(file)),,$(error There is no file "$(file)": name a CSV file)))
	@$(PYTHON) hub/install.py $(CLASSROOM)
	@$(CLASSROOM)/env/bin/secondcar classroom --folder $(CLASSROOM) $(PORT:%=--port %) $(ROSTER:%=--roster %) \
		$(TEACHERS:%=--teachers %) $(ARGS)

classroom-update:        ## let people of the rosters and new units come in while the classroom runs
	@$(CLASSROOM)/env/bin/secondcar classroom update --folder $(CLASSROOM)

doctor:        ## find what keeps the classroom from working, and say what to do
	@$(CLASSROOM)/env/bin/secondcar doctor --folder $(CLASSROOM)

backup:        ## write all that the class has made into one file: make backup FILE=monday.tar.gz
	@$(if $(FILE),,$(error Say where to write it: make backup FILE=monday.tar.gz))
	@$(CLASSROOM)/env/bin/secondcar backup $(FILE) --folder $(CLASSROOM)

restore:        ## unpack a backup into an empty classroom: make restore FILE=monday.tar.gz
	@$(if $(wildcard $(FILE)),,$(error There is no backup "$(FILE)": make restore FILE=monday.tar.gz))
	@$(PYTHON) hub/install.py $(CLASSROOM)
	@$(CLASSROOM)/env/bin/secondcar restore $(FILE) --folder $(CLASSROOM) $(PORT:%=--port %)

register: .venv/.ready        ## register the committed units in nbgrader's gradebook
	.venv/bin/secondcar register

bench: .venv/.ready        ## measure how fast the checks are, of answers and of charts
	.venv/bin/python -m bench.checks
	.venv/bin/python -m bench.charts

bench-grading: .venv/.ready build/otter/.ready        ## measure how fast grading is, beside its peers (ARGS="24 5": a class of 24, five rounds)
	.venv/bin/python -m bench.grading $(ARGS)

bench-messages: .venv/.ready        ## count the wrong answers that are told something of their own, beside peers
	MPLBACKEND=agg .venv/bin/python -m bench.messages

bench-writer: .venv/.ready        ## measure how fast results go into a course
	.venv/bin/python -m bench.grading_writer $(ARGS)

bench-memory: .venv/.ready        ## grade 2,000 tiny submissions, and print memory and rate (ARGS=300: a smaller class)
	.venv/bin/python -m bench.grading_memory $(ARGS)

bench-site: .venv/.ready        ## measure how soon a page of the site answers, in a real browser
	.venv/bin/python -m bench.site

bench-cluster: .venv/.ready        ## measure how well a Dask cluster of 1, 2 and 4 workers is used
	.venv/bin/python -m bench.grading_cluster $(ARGS)

bench-classroom: .venv/.ready        ## measure a class of 200 on this machine (as root; ARGS="40 5": 40 students, 5 servers)
	.venv/bin/python -m bench.classroom $(ARGS)

classroom-pictures: .venv/.ready        ## take the pictures of hub/pictures/ anew, in a real browser (as root)
	SECOND_CAR_PICTURES=hub/pictures .venv/bin/pytest -m "" tests/classroom/test_browser.py

chart-sheet: .venv/.ready        ## draw and judge every chart of the bank, on one page
	.venv/bin/python -m tools.chart_sheet build/chart-sheet.html

gallery: .venv/.ready        ## write gallery/: each honesty rule with a chart that breaks it, and the chart mended
	.venv/bin/python -m tools.gallery gallery

chart-peers: .venv/.ready        ## compare our verdicts on the bank of charts with those of two peers
	@test -d build/peers || .venv/bin/python -m pip install --quiet --target build/peers --no-deps \
		plotchecker==0.2.0 matplotcheck==0.1.4 six==1.17.0
	PYTHONPATH=build/peers .venv/bin/python -m bench.chart_peers

learner-path:        ## install the course as the learners' page says, start it, run a unit (on Windows, too)
	$(PYTHON) tools/learner_path.py

learner-picture: .venv/.ready        ## take the picture of README.md anew, in a real browser
	SECOND_CAR_PICTURES=docs/pictures .venv/bin/pytest -m "" tests/test_learn.py -k browser

lint: .venv/.ready        ## look for mistakes, for misspelt words and for untidy code
	.venv/bin/ruff check && .venv/bin/ruff format --check
	.venv/bin/codespell
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	.venv/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	.venv/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	.venv/bin/check-jsonschema --quiet --builtin-schema vendor.citation-file-format CITATION.cff
	.venv/bin/pre-commit validate-config

lock:        ## pin what pyproject.toml asks for (needs uv; ARGS=--upgrade takes the newest versions)
	$(PIN) --all-extras -o requirements.lock $(ARGS)
	$(PIN) --extra learn -c requirements.lock -o requirements-learn.lock $(ARGS)
	$(PIN) --extra classroom --extra cluster --extra postgresql -c requirements.lock -o hub/requirements.lock $(ARGS)

# Beside what the extras ask for, a lock holds what builds this package.
PIN = $(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"])' \
	| uv pip compile - pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

# One environment: for a learner what the course needs, and all of it once anything else was asked for.
# It is made anew each time: what an interrupted run left behind, or an older lock, is gone, and no half of it is PYTHON.
.venv/.learn: requirements-learn.lock pyproject.toml
	$(call set_up,requirements-learn.lock)
	@touch $@

.venv/.ready: requirements.lock pyproject.toml
	$(call set_up,requirements.lock)
	@touch .venv/.learn $@

define set_up
	@rm -rf .venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "$(PYTHON) is not Python 3.11 or newer: install one, or name yours, as in: make learn PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up Python packages in .venv, this once. It takes $(if $(UV),less than a minute,about two minutes)."
	@$(PYTHON) -m venv .venv
	$(call install,--require-hashes --no-deps -r $(1))
	$(call install,--no-build-isolation --no-deps -e .)
	@.venv/bin/python -m compileall -q src
endef

# uv installs the same files in a fraction of the time. Where it cannot, because it does not know pip's settings, pip does.
# --no-deps: the locks leave a package out on purpose (pyproject.toml, [tool.uv]).
UV = $(shell command -v uv)
install = @$(if $(UV),$(UV) pip install --quiet --python .venv --compile-bytecode $(1) ||) \
	.venv/bin/python -m pip install --quiet --disable-pip-version-check $(1)

# Otter-Grader is measured beside us and is in no lock. bench/grading.py says it if this fails, and does without.
build/otter/.ready: bench/otter-requirements.txt | .venv/.ready
	@echo "Setting up Otter-Grader in build/otter, this once."
	@.venv/bin/python -m venv --clear build/otter
	@build/otter/bin/python -m pip install --quiet --disable-pip-version-check -r $< 2> build/otter/errors.txt && touch $@ || true
