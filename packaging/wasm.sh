#!/usr/bin/env bash
# Builds the browser's module and says where it lies and how large it is.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/build/tools/node_modules/.bin:$PATH"

# The tests need more packages than the module; an existing build keeps what it was configured with.
if [[ ! -f build/wasm/build.ninja ]]; then
  mkdir -p build
  cmake --preset wasm -DREPRISE_TESTS=OFF > build/wasm.configure.log || { cat build/wasm.configure.log; exit 1; }
fi
cmake --build --preset wasm --target reprise_browser_module -- --quiet
echo "built: $PWD/build/wasm/module"
find build/wasm/module -type f -printf '  %f, %s bytes\n' | sort
