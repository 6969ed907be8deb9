#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Rendered people with known joint angles (docs/guide/rendered-people.md).
#
#   OUT=folder [SEED=1] [CLIPS=8] [PACK=folder] [ARGS="--views front"] packaging/rendered.sh
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset release -DREPRISE_TESTS=ON > build/release.configure.log || { cat build/release.configure.log; exit 1; }
cmake --build --preset release --target reprise_render_people -- --quiet
read -r -a arguments <<< "${ARGS:-}"
exec build/release/tests/revalidation/reprise_render_people --seed "${SEED:-1}" --clips "${CLIPS:-8}" \
  --pack "${PACK:-../shared/data/render/pack}" --out "$OUT" "${arguments[@]}"
