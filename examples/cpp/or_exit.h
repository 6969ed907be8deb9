// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <reprise/base/result.h>

#include <cstdlib>
#include <iostream>

/// Returns the value, or prints what failed and what to do about it, and ends the program.
template <class Value>
Value or_exit(reprise::Result<Value> result) {
  if (result) return std::move(*result);
  std::cerr << to_string(result.error()) << '\n';
  std::exit(1);
}
