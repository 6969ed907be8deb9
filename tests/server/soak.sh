#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The long tests of the record's server: killed under load ROUNDS (1000) times on each database.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release > build/release.configure.log || { cat build/release.configure.log; exit 1; }
cmake --build --preset release --target reprise reprise_private_postgres_server -- --quiet
readonly rounds=${ROUNDS:-1000}
build/tools/node_modules/.bin/node tests/server/kill_rounds.mjs build/release/cli/reprise --rounds "$rounds"
build/tools/node_modules/.bin/node tests/server/kill_rounds.mjs build/release/cli/reprise --rounds "$rounds" \
  --postgres build/release/tests/support/reprise_private_postgres_server
