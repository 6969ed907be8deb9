#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `make revalidate`: every comparison with recordings and reference implementations.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${REPRISE_DATA:-../shared/data}
if [[ ! -d $data ]]; then
  echo "revalidate: there are no recordings in $data." >&2
  echo "They are not part of the repository; set REPRISE_DATA to the folder that has them." >&2
  exit 3
fi
REPRISE_DATA=$(realpath "$data")
export REPRISE_DATA
exec packaging/run_all.sh tests/revalidation
