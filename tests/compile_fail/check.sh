#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A file here must compile as it is, and must not compile with MISTAKE defined, for the reason that its line
# "// message: REGEX" gives. So a file that fails for another reason (a missing header, a typing error) is found.
#
#   check.sh FILE COMPILER ARGUMENT…
set -euo pipefail
file=$1
shift
expected=$(sed -n 's,^// message: ,,p' "$file")
[[ -n $expected ]] || { echo "$file has no line '// message: REGEX'"; exit 1; }

if ! output=$("$@" -fsyntax-only "$file" 2>&1); then
  echo "the control (without MISTAKE) must compile, but does not:"
  echo "$output"
  exit 1
fi
if output=$("$@" -fsyntax-only -DMISTAKE "$file" 2>&1); then
  echo "the mistake compiles: the types no longer catch it"
  exit 1
fi
if ! grep -qE -- "$expected" <<< "$output"; then
  echo "the mistake is refused, but not because of /$expected/:"
  echo "$output"
  exit 1
fi
