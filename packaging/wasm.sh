#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the browser's module and says where it lies and how large it is.
#
#   packaging/wasm.sh          as `make wasm`
#   packaging/wasm.sh --quiet  as the pages' build, which wants it up to date: says nothing where all is well
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
# Two presets that are built at once share the module.
exec 9> build/wasm.lock
flock 9

# The tests need more packages than the module; an existing build keeps what it was configured with.
if [[ ! -f build/wasm/build.ninja ]]; then
  cmake --preset wasm -DREPRISE_TESTS=OFF > build/wasm.configure.log || { cat build/wasm.configure.log; exit 1; }
fi
build=(cmake --build --preset wasm --target reprise_browser_module -- --quiet)
if [[ ${1:-} == --quiet ]]; then
  "${build[@]}" > build/wasm.build.log || { cat build/wasm.build.log; exit 1; }
  exit
fi
"${build[@]}"
echo "built: $PWD/build/wasm/module"
find build/wasm/module -type f -printf '  %f, %s bytes\n' | sort
