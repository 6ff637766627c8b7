# Two commands: `make run` starts a demo, `make test` proves a change. `make check` is the daily loop.
SHELL := /bin/bash
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
CHROMIUM ?= /usr/bin/chromium
HUB := pgbouncer redis-server nginx-light libnginx-mod-http-brotli-static
BROTLI_MODULE := /etc/nginx/modules-enabled/50-mod-http-brotli-static.conf
MIGRATIONS := $(wildcard */migrations/*.py lms/*/migrations/*.py)
SEED := $(shell find courses/content courses/loading lms/centres/data lms/network/demo* -type f -not -name '*.pyc' 2>/dev/null)
STATIC := $(shell find lms/static -type f 2>/dev/null)
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po locale/studio/*/LC_MESSAGES/*.po))

# What is run on PostgreSQL too: whatever asks or fills the database. Left out are what only computes (grading, reading
# answers, settings, translations, architecture, docs), the browser, and schemathesis, whose calls end the connection of
# the test around them, what starts servers of its own (tests/faults, the API's client and recipes) or reads files in a
# process of its own (importing), what only looks for words or follows links (test_thai_studio, test_links), and what takes
# minutes and asks nothing that the others do not ask (the matrix of addresses, the ten thousand guesses,
# and of odd requests all but those with letters that one database takes and the other refuses).
ON_POSTGRES := $(addprefix tests/,accounts centres cms courses network api test_token_matrix.py) tests/test_bad_input*.py \
  --ignore tests/courses/grading $(addprefix --ignore tests/api/,test_schemathesis.py test_client.py test_recipes.py) \
  $(addprefix --ignore tests/courses/authoring/,test_studio_matrix.py test_thai_studio.py test_archives.py rights/test_links.py \
  exporting/test_memory.py) \
  $(addprefix --ignore tests/courses/authoring/importing/test_,fuzz.py hostile.py limits.py samples.py moodle.py cartridge.py) \
  --deselect tests/centres/test_sign_in_guessing.py::test_ten_thousand_guesses_with_all_right_codes_among_them_get_nobody_in \
  --deselect tests/courses/test_packed_answers.py::test_a_site_of_an_earlier_release_keeps_its_answers \
  -m "not browser" -k "not test_odd_requests or NUL or UTF"

.PHONY: run test check chance bench bench-national lint browser postgres hub curl ffmpeg messages
.DELETE_ON_ERROR:

run: var/demo.ready static/staticfiles.json $(MESSAGES)
	@DJANGO_SETTINGS_MODULE=lms.settings.demo SALA_GREETING=var/demo.txt \
	  exec $(BIN)/gunicorn lms.wsgi --config gunicorn.conf.py --bind $(HOST):$(PORT)

test: $(BIN)/.test $(MESSAGES) browser postgres hub curl ffmpeg lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations=40
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 2 --dist loadgroup --durations=40 $(ON_POSTGRES)

check: $(BIN)/.test $(MESSAGES) lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser and not slow"

# What hypothesis draws is the same each time in `make test`, so that nothing lands or fails by chance; here it is new.
chance: $(BIN)/.test $(MESSAGES) ffmpeg
	SALA_TEST_CHANCE=1 $(BIN)/python -m pytest -n 2 --dist loadgroup $$(grep -rl "^from hypothesis" tests --include="test_*.py")

bench: $(BIN)/.test $(MESSAGES) static/staticfiles.json
	$(BIN)/python -m bench

# PostgreSQL with a million learners: twenty minutes, 20 GB. SIZE="--learners 10000 --events 200000" for less.
bench-national: $(BIN)/.test $(MESSAGES) postgres static/staticfiles.json
	$(BIN)/python -m bench.national $(SIZE)

lint: $(BIN)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python manage.py makemigrations --check --dry-run --settings lms.settings.test

# A missing browser is a failure that says what to install, never a skipped test.
browser:
	@[ -x $(CHROMIUM) ] || ($(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium >/dev/null) \
	  || (echo "The browser tests need Debian's chromium: apt-get install chromium"; exit 1)

# The same for the other database. Debian asks questions while installing, which nobody is there to answer.
postgres:
	@compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null \
	  || ($(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null) \
	  || (echo "The tests on PostgreSQL need Debian's postgresql: apt-get install postgresql"; exit 1)

# And for what stands beside a hub's databases.
hub:
	@[ -x /usr/sbin/pgbouncer -a -x /usr/bin/redis-server -a -x /usr/sbin/nginx -a -e $(BROTLI_MODULE) ] \
	  || $(SUDO) bash tests/install_idle.sh $(HUB) \
	  || (echo "The tests of a hub need Debian's $(HUB): apt-get install $(HUB)"; exit 1)

# docs/recipes.md is run as it stands.
curl:
	@command -v curl >/dev/null || ($(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq curl >/dev/null) \
	  || (echo "The recipes need curl: apt-get install curl"; exit 1)

# Recordings and films that authors send are made small by it.
ffmpeg:
	@command -v ffmpeg >/dev/null || ($(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq ffmpeg >/dev/null) \
	  || (echo "Voices and films need Debian's ffmpeg: apt-get install ffmpeg"; exit 1)

messages: $(MESSAGES)
%.mo: %.po $(BIN)/.site
	@$(BIN)/pybabel -q compile -i $< -o $@

$(BIN)/.site: requirements.txt
	@python3 -m venv .venv || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv >/dev/null \
	  && python3 -m venv --clear .venv; } || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
	@touch $@

$(BIN)/.test: requirements-test.txt requirements-hub.txt $(BIN)/.site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-hub.txt -r requirements-test.txt
	@touch $@

var/demo.ready: $(BIN)/.site $(MIGRATIONS) $(SEED)
	@mkdir -p var
	@$(BIN)/python manage.py prepare_demo --settings lms.settings.demo --greeting var/demo.txt
	@touch $@

static/staticfiles.json: $(BIN)/.site $(STATIC)
	@$(BIN)/python manage.py collectstatic --noinput --settings lms.settings.demo -v 0
