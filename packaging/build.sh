#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the command, build/release/cli/reprise, and the libraries of find_package(reprise). Says nothing if all is
# built.
set -euo pipefail
cd "$(dirname "$0")/.."

# Tests and Python package need more packages than the command; an existing build keeps what it was configured with.
if [[ ! -f build/release/build.ninja ]]; then
  mkdir -p build
  echo "building reprise: some minutes, once"
  cmake --preset release -DREPRISE_TESTS=OFF -DREPRISE_PYTHON=OFF > build/release.configure.log ||
    { cat build/release.configure.log; exit 1; }
fi
cmake --build --preset release --target reprise reprise_libraries -- --quiet
