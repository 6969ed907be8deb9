#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every script of a folder that names its own call in its head ("//   node FOLDER/NAME.mjs"); what the scripts
# share has no such line. Behind `make bench` and `make revalidate`.
#
#   packaging/run_all.sh FOLDER
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
folder=$1
failed=()
export REPRISE_CHROMIUM=${REPRISE_CHROMIUM:-/usr/bin/chromium}  # the whole browser, as people have it

for preset in release wasm; do
  if ! { cmake --preset "$preset" > "build/$preset.configure.log" &&
    cmake --build --preset "$preset" -- --quiet; }; then
    cat "build/$preset.configure.log"
    echo "the $preset build failed" >&2
    exit 1
  fi
done
grep -m1 '^model name' /proc/cpuinfo | sed 's/^model name[^:]*: /processor: /'
for script in "$folder"/*.mjs; do
  grep -qE "^//  +node $script" "$script" || continue
  echo "== $script"
  build/tools/node_modules/.bin/node "$script" || failed+=("$script")
done
[[ ${#failed[@]} -eq 0 ]] || { echo "missed or failed: ${failed[*]}" >&2; exit 1; }
