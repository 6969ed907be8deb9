#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the Python package, build/python/reprise, and says how to use it.
set -euo pipefail
cd "$(dirname "$0")/.."

configure() { cmake "$@" > build/release.configure.log || { cat build/release.configure.log; exit 1; }; }

mkdir -p build
# The tests need more packages than the package; an existing build keeps what it was configured with.
if [[ ! -f build/release/build.ninja ]]; then
  echo "building reprise: some minutes, once"
  configure --preset release -DREPRISE_TESTS=OFF
elif ! grep -q '^REPRISE_PYTHON:BOOL=ON' build/release/CMakeCache.txt; then
  configure -DREPRISE_PYTHON=ON build/release
fi
cmake --build --preset release --target reprise_python -- --quiet
echo "export PYTHONPATH=$PWD/build/python"
echo "/usr/bin/python3 -c 'import reprise; print(reprise.catalog())'"
