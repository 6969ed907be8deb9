#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs everything that must hold before a change lands: `make test`. Each stage ends with a line of its time and counts.
# A stage that fails does not keep the next ones from running. At the end a table shows the stages, the last line their
# sum.
#
#   tests/run.sh                     all stages
#   tests/run.sh quick               what a change touches most, in minutes: format, unit tests, structure, types, one
#                                    journey
#   tests/run.sh release             some of: format release tidy wasm asan-ubsan proofs, quick, headers, dev
#
# FUZZ_SECONDS (2): how long each fuzzer searches after the replay of its corpus.
# REPRISE_EVERY_TEST (OFF): ON for the long journeys, all unit tests under sanitizers and for browsers, and clang-tidy
# over what no recent commit changed.
# shellcheck disable=SC2317  # stages are called by their names
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export CTEST_OUTPUT_ON_FAILURE=1
export CCACHE_SLOPPINESS=pch_defines,time_macros  # or what includes precompiled headers is not cached
readonly fuzz_seconds=${FUZZ_SECONDS:-2} every_test=${REPRISE_EVERY_TEST:-OFF}
jobs=$(nproc)
passed=0
failed=0
skipped=0
bad_stages=()
table=()  # a line for each stage

sources() {
  git ls-files --cached --others --exclude-standard "$@" |
    while read -r file; do [[ -f $file ]] && echo "$file"; done
}

format() {  # layout of sources, common mistakes in those of the pages and in shell scripts
  local cpp sh
  mapfile -t cpp < <(sources '*.cpp' '*.h')
  mapfile -t sh < <(sources '*.sh' .ci/run)
  [[ ${#cpp[@]} -gt 0 ]] || { echo "no sources found: is this a git checkout?"; return 1; }
  if ! clang-format --dry-run -Werror "${cpp[@]}" 2> build/format.log; then
    echo "laid out otherwise than .clang-format says (make format puts it right):"
    sed -n 's/^\([^: ]*\):[0-9]*:[0-9]*: error.*/  \1/p' build/format.log | sort -u
    return 1
  fi
  node_modules/.bin/biome check --error-on-warnings . || return 1
  # Biome does not break texts and comments.
  sources 'web/*.ts' 'web/*.tsx' | LC_ALL=C.UTF-8 xargs grep -nE '.{121}' &&
    { echo "longer than 120 columns"; return 1; }
  shellcheck "${sh[@]}"
}

configure() { cmake --preset "$@" > "build/$1.configure.log" || { cat "build/$1.configure.log"; return 1; }; }

compile() {  # PRESET TARGET…
  local preset=$1
  shift
  cmake --build --preset "$preset" --parallel "$jobs" --target "${@:-all}" -- --quiet
}

build() { configure "$1" && compile "$@"; }  # PRESET TARGET…

attribute() { sed -n "s/^\t$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -1; }  # of the first element, <testsuite>

run_ctest() {  # PRESET [OPTION…]; adds to the counts
  local preset=$1 status=0 all bad left_out
  local report="$PWD/build/$preset/ctest.xml"
  shift
  rm -f "$report"
  # One more than there are processors: tests of pages and servers wait for most of their time.
  # The limit is for what hangs: a busy machine may take several times as long as usual.
  ctest --test-dir "build/$preset" --parallel $((jobs + 1)) --timeout $((fuzz_seconds + 900)) --no-tests=error \
    --output-junit "$report" "$@" > "build/$preset/ctest.log" 2>&1 || status=1
  # Passing tests are many and say nothing; what failed or was left out is shown, with the reasons.
  grep -vE ' Passed |\*\*\*Skipped|^ *Start |^Internal ctest|^$' "build/$preset/ctest.log"
  [[ -f $report ]] || return 1
  all=$(attribute "$report" tests)
  bad=$(attribute "$report" failures)
  left_out=$(($(attribute "$report" skipped) + $(attribute "$report" disabled)))
  passed=$((passed + all - bad - left_out))
  failed=$((failed + bad))
  skipped=$((skipped + left_out))
  return "$status"
}

# Beside the sanitizers, what `make bench` and `make revalidate` run is not built.
release() {
  local measurements=ON
  [[ " ${stages[*]} " == *" asan-ubsan "* ]] && measurements=$every_test
  configure release "-DREPRISE_MEASUREMENTS=$measurements" "-DREPRISE_EVERY_TEST=$every_test" &&
    compile release all && run_programs release
}

# Without the tests that start the whole program, but for one journey through the pages.
quick() { format && build release all && run_programs release --label-exclude '^system$'; }

# Each header alone, where that is cheap, and all programs; not among the stages by default (make soak), because few
# changes can break them.
headers() { build release all all_verify_interface_header_sets; }

# A module at a time.
tidy() {
  local options=()
  [[ $every_test == ON ]] && options=(--all)
  configure asan-ubsan && build/tools/node_modules/.bin/node tests/structure/tidy.mjs build/asan-ubsan "${options[@]}"
}

dev() { build dev reprise; }  # not among the stages by default: its tests are those of the release build

count_unit_tests() {  # FOLDER with a report of each program: ctest has counted a program as one test
  local report all bad left_out
  for report in "$1"/*.xml; do
    [[ -f $report ]] || return 1
    all=$(sed -n 's/^<testsuites.* tests="\([0-9]*\)".*/\1/p' "$report")
    bad=$(sed -n 's/^<testsuites.* failures="\([0-9]*\)".*/\1/p' "$report")
    left_out=$(grep -c '<skipped' "$report")
    sed -n 's/.*<skipped message="\([^"]*\)".*/skipped: \1/p' "$report" | sed 's/&#x0A;/ /g'
    passed=$((passed + all - bad - left_out))
    failed=$((failed + bad))
    skipped=$((skipped + left_out))
    if [[ $bad -gt 0 ]]; then failed=$((failed - 1)); else passed=$((passed - 1)); fi
  done
}

run_programs() {  # PRESET [OPTION…]; some or all of its test programs are each one process
  local status=0
  rm -f "build/$1"/unit_tests/*.xml
  run_ctest "$@" || status=1
  count_unit_tests "build/$1/unit_tests" && return "$status"
}

wasm() {  # for the browser: builds it, runs its tests under node, and compares it with the native build
  build release reprise_golden_sessions &&
    configure wasm "-DREPRISE_EVERY_TEST=$every_test" -DREPRISE_MEASUREMENTS=OFF && compile wasm && run_programs wasm
}

# The fuzzers, under sanitizers and a second compiler: each replays its corpus, then searches on. With them, the unit
# tests of what reads outside bytes; of all else, too, with REPRISE_EVERY_TEST=ON.
asan_ubsan() {
  local targets=reprise_checks
  [[ $every_test == ON ]] && targets=all
  configure asan-ubsan "-DREPRISE_FUZZ_SECONDS=$fuzz_seconds" "-DREPRISE_EVERY_TEST=$every_test" &&
    compile asan-ubsan "$targets" && run_programs asan-ubsan
}

# The tests that the docs name as proof of a control ran and passed, in whichever of the builds has them.
proofs() { build/tools/node_modules/.bin/node tests/structure/proofs.mjs build/release build/wasm build/asan-ubsan; }

processor_seconds() {  # of every process that this script has started and that has ended
  local stat
  read -r -a stat < "/proc/$$/stat"
  echo $(((stat[15] + stat[16]) / $(getconf CLK_TCK)))
}

main() {
  local stage at_begin processor_at_begin before row verdict begin=$SECONDS stages=("$@")
  [[ $# -eq 0 ]] && stages=(format release tidy wasm asan-ubsan proofs)
  mkdir -p build
  for stage in "${stages[@]}"; do
    echo "== $stage"
    at_begin=$SECONDS
    processor_at_begin=$(processor_seconds)
    before=("$passed" "$failed" "$skipped")
    if "${stage//-/_}"; then verdict=passed; else
      verdict=FAILED
      bad_stages+=("$stage")
      # A stage that broke off without a failed test (it does not compile, say) counts as one.
      [[ $failed -eq ${before[1]} ]] && failed=$((failed + 1))
    fi
    row=("$stage" "$verdict" $((SECONDS - at_begin)) $(($(processor_seconds) - processor_at_begin))
      $((passed - before[0])) $((failed - before[1])) $((skipped - before[2])))
    table+=("${row[*]}")
    printf '== %s: %s in %d s (processor: %d s): %d passed, %d failed, %d skipped\n' "${row[@]}"
  done
  printf '%-12s %-8s %7s %10s %7s %7s %8s\n' stage verdict seconds processor passed failed skipped
  # shellcheck disable=SC2086  # a row is its words
  for row in "${table[@]}"; do printf '%-12s %-8s %7d %10d %7d %7d %8d\n' $row; done
  [[ ${#bad_stages[@]} -gt 0 ]] && echo "failed stages: ${bad_stages[*]}"
  echo "all stages: $((SECONDS - begin)) s"
  echo "$passed passed, $failed failed, $skipped skipped"
  [[ $failed -eq 0 ]]
}

main "$@"; exit  # on one line, so that editing this file while it runs does no harm
