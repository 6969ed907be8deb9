#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A report of VIDEO, or of a simulated exercise where none is given.
#
#   VIDEO=clip.mp4 EXERCISE=squat [SIDE=left] [OUT=folder] [ARGS="--model lite"] packaging/report.sh
set -euo pipefail
cd "$(dirname "$0")/.."
readonly reprise=build/release/cli/reprise

packaging/build.sh
read -r -a arguments <<< "${ARGS:-}"
if [[ -n ${VIDEO:-} ]]; then
  if [[ -z ${EXERCISE:-} ]]; then
    echo "Which exercise is it? Say EXERCISE=ID with one of:" >&2
    "$reprise" exercises list >&2
    exit 2
  fi
  name=$(basename "$VIDEO")
  out=${OUT:-out/${name%.*}}
  [[ -n ${SIDE:-} ]] && arguments+=(--side "$SIDE")
  "$reprise" analyze "$VIDEO" --exercise "$EXERCISE" --out "$out" "${arguments[@]}"
else
  out=${OUT:-out/demo}
  echo "No VIDEO given: this shows a simulated person."
  "$reprise" demo --out "$out" "${arguments[@]}"
fi

report=$(find "$out" -name report.html -printf '%T@ %p\n' | sort -rn | head -1 | cut -d' ' -f2-)
[[ -n $report ]] || { echo "no report.html in $out" >&2; exit 1; }
echo "report: $(realpath "$report")"
if [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} && -z ${CI:-} ]] && command -v xdg-open > /dev/null; then
  xdg-open "$report" > /dev/null 2>&1 &
fi
