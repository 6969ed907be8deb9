#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `make bench`: every benchmark of this folder. Compare figures of one run only: machines differ, and so do hours.
set -euo pipefail
cd "$(dirname "$0")/.."
exec packaging/run_all.sh bench
