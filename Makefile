# SPDX-License-Identifier: Apache-2.0
# The entry point. Each target first installs the packages it lacks (packaging/setup.sh) and names them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: help setup run serve demo analyze build python wasm docs pictures test bench revalidate soak format rendered
.PHONY: clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 20

run: ## to try it out: a simulated clinic, on https://localhost:8443
	@packaging/setup.sh run
	@packaging/build.sh
	@exec build/release/cli/reprise serve --demo $(ARGS)

serve: ## the clinic's record on https://localhost:8443; ARGS="--help" shows its settings
	@packaging/setup.sh run
	@packaging/build.sh
	@exec build/release/cli/reprise serve $(ARGS)

demo: ## a report of a simulated exercise; ARGS="--help" shows which
	@packaging/setup.sh run
	@packaging/report.sh

analyze: ## a report of a video: VIDEO=clip.mp4 EXERCISE=squat [SIDE=left|right|both] [OUT=folder] [ARGS="--model lite"]
	@[[ -n "$${VIDEO:-}" && -n "$${EXERCISE:-}" ]] || { \
	  echo 'usage: make analyze VIDEO=clip.mp4 EXERCISE=squat [SIDE=left|right|both] [OUT=folder]' >&2; exit 2; }
	@packaging/setup.sh run
	@packaging/report.sh

build: ## the `reprise` command, in build/release/cli
	@packaging/setup.sh run
	@packaging/build.sh
	@echo "built: $(CURDIR)/build/release/cli/reprise"

python: ## the Python package `reprise`, in build/python
	@packaging/setup.sh run python
	@packaging/python.sh

wasm: ## the engine for a browser, in build/wasm/module
	@packaging/setup.sh run
	@packaging/wasm.sh

docs: ## the documents and the C++ API as a site, in build/site
	@packaging/setup.sh run docs
	@packaging/docs.sh

pictures: ## docs/images/screens: each screen that looks otherwise than its picture is drawn anew
	@packaging/setup.sh run test
	@cmake --preset release > /dev/null
	@cmake --build --preset release --target reprise reprise_clip_pictures reprise_set_clock -- --quiet
	@build/tools/node_modules/.bin/node node_modules/@playwright/test/cli.js test -c tests/web screens components \
	  --update-snapshots=changed
	@build/tools/node_modules/.bin/node tests/web/screens_index.mjs

test: ## all checks and tests; STAGES=quick for those of a few minutes, STAGES="format tidy" for some stages
	@packaging/setup.sh run python docs test
	@tests/run.sh $(STAGES)

bench: ## how fast it is; prints the figures of docs/reference/performance.md
	@packaging/setup.sh run python test bench
	@bench/run.sh

revalidate: ## accuracy on the recordings in ../shared/data or REPRISE_DATA; prints the figures of docs/accuracy.md
	@packaging/setup.sh run python test bench
	@tests/revalidation/run.sh

rendered: ## rendered people with known joint angles: OUT=folder [SEED=1] [CLIPS=8] [PACK=folder] [ARGS="--people 4"]
	@[[ -n "$${OUT:-}" ]] || { \
	  echo 'usage: make rendered OUT=folder [SEED=1] [CLIPS=8] [PACK=folder] [ARGS="--help"]' >&2; exit 2; }
	@packaging/setup.sh run test
	@packaging/rendered.sh

soak: ## all journeys; all tests sanitized; each fuzzer for FUZZ_SECONDS (600); ROUNDS (1000) kills of the server
	@packaging/setup.sh run python test
	@REPRISE_EVERY_TEST=ON FUZZ_SECONDS=$${FUZZ_SECONDS:-600} tests/run.sh headers release tidy wasm asan-ubsan
	@tests/server/soak.sh
	@REPRISE_ROUNDS=100 build/tools/node_modules/.bin/node node_modules/@playwright/test/cli.js test -c tests/web rounds
	@for language in de es; do REPRISE_LONG=1 REPRISE_LANGUAGE=$$language build/tools/node_modules/.bin/node \
	  node_modules/@playwright/test/cli.js test -c tests/web halted || exit; done

format: ## lays all sources out (clang-format, Biome)
	@packaging/setup.sh run test
	@git ls-files --cached --others --exclude-standard '*.cpp' '*.h' | xargs clang-format -i
	@node_modules/.bin/biome format --write .
	@build/tools/node_modules/.bin/node tests/structure/license_lines.mjs --write

setup: ## only installs, everything that running, testing and measuring need
	@packaging/setup.sh run python docs test bench

clean: ## removes the build, keeps installed packages
	@find build -mindepth 1 -maxdepth 1 ! -name tools -exec rm -rf {} +
