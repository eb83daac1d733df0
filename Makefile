# From a fresh clone: `make run` opens Greyline, `make test` checks it.
# Both first set up what is missing, as root or through sudo, and are quick the second time.

.ONESHELL:
.SILENT:
.SHELLFLAGS := -euc
.DEFAULT_GOAL := run
.PHONY: run test bench pictures set-up set-up-test set-up-bench catalogue

# Qt's libraries for a screen and for none, and a font with Chinese characters (Debian's names).
SYSTEM_PACKAGES := python3 python3-venv libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 \
	libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 fonts-wqy-microhei
QT_PACKAGES := pyside6|shiboken6|pyqtgraph|pytest-qt
QT_TESTS := tests/ui tests/charts tests/tasks

# Where a set-up is done, the stamp holds the hash of what it was made from.
define SET_UP
stop() { echo "Greyline could not be set up: $$*" >&2; exit 1; }
warn() { echo "Greyline may not run: $$*" >&2; }
inputs=$$(cat pyproject.toml constraints.txt Makefile | sha256sum | cut -c 1-64)
done_before() { [ "$$(cat "$$1" 2>/dev/null)" = "$$inputs" ]; }
suitable() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Other systems have these libraries under other names, so without them it only warns.
system_packages() {
	command -v apt-get >/dev/null || return 0
	present=$$(dpkg-query --show --showformat='$${db:Status-Status}\n' $(SYSTEM_PACKAGES) 2>/dev/null | grep -c '^installed') || :
	[ "$$present" -ge $(words $(SYSTEM_PACKAGES)) ] && return 0
	as_root=
	if [ "$$(id -u)" != 0 ] && ! as_root=$$(command -v sudo); then
		warn "as root, install what is missing of: $(SYSTEM_PACKAGES)"
		return 0
	fi
	echo "Installing system packages …"
	{ $$as_root apt-get update && $$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install --yes --no-install-recommends $(SYSTEM_PACKAGES); } >$$venv/apt.log 2>&1 </dev/null \
		|| warn "system packages could not be installed (is there a network?); $$venv/apt.log says why."
}

virtual_environment() {
	[ -x $$venv/bin/pip ] && suitable $$venv/bin/python && return 0
	for python in python3 python3.11 python3.12 python3.13; do suitable $$python && break; done
	suitable $$python || stop "Python 3.11 or newer is needed; install it and try again."
	$$python -m venv $$venv >$$venv/venv.log 2>&1 || stop "no virtual environment could be made; $$venv/venv.log says why."
}

# Arguments: the stamp, then what to install.
python_packages() {
	stamp=$$1; shift
	echo "Installing Python packages into $$venv …"
	for packages in "$$@"; do
		$$venv/bin/python -m pip install --quiet --disable-pip-version-check $$packages >$$venv/pip.log 2>&1 </dev/null \
			|| stop "Python packages could not be installed (is there a network?); $$venv/pip.log says why."
	done
	echo "$$inputs" >$$stamp
}
endef

set-up:
	$(SET_UP)
	venv=.venv; mkdir -p $$venv
	done_before $$venv/set-up && exit 0
	system_packages
	virtual_environment
	python_packages $$venv/set-up "-c constraints.txt hatchling" "-c constraints.txt --no-build-isolation -e ."

set-up-test: set-up
	$(SET_UP)
	venv=.venv
	done_before $$venv/set-up-test \
		|| python_packages $$venv/set-up-test "-c constraints.txt --no-build-isolation -e .[test]"
	venv=.venv-noqt; mkdir -p $$venv
	done_before $$venv/set-up-test && exit 0
	virtual_environment
	grep -viE '^($(QT_PACKAGES))' constraints.txt >$$venv/requirements.txt
	python_packages $$venv/set-up-test "--no-deps -r $$venv/requirements.txt"

run: set-up
	exec .venv/bin/python -X faulthandler -m desktop_app

test: set-up-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m pytest -n2
	echo "Without Qt:"
	.venv-noqt/bin/python -m pytest -n2 $(addprefix --ignore=,$(QT_TESTS))

# Its peers have versions of their own: without Qt nothing of it is installed.
set-up-bench: set-up
	$(SET_UP)
	venv=.venv
	done_before $$venv/set-up-bench \
		|| python_packages $$venv/set-up-bench \
			"-c constraints.txt -c tests/benchmarks/constraints.txt --no-build-isolation -e .[bench]"

# Every goal of speed beside its peers; say more with ARGUMENTS="--accounts 1000000 --out FILE".
bench: set-up-bench
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.benchmarks $(ARGUMENTS)

# Every view of the window on the sample, in both languages and themes, into out/pictures: to be looked at.
pictures: set-up
	QT_QPA_PLATFORM=offscreen .venv/bin/python -c 'from pathlib import Path; \
		from desktop_app.text.language import Language; from desktop_app.text.words import Words; \
		from desktop_app.ui.pictures import take_sample_pictures; \
		[print(path) for path in take_sample_pictures(Path("out/pictures"), Words(Language.of_terminal()))]'

# Merge new sentences into the catalogues, for translating.
catalogue: set-up-test
	.venv/bin/python -m tests.house.update_catalogue
