// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/result.h"

namespace reprise {

[[noreturn]] inline void exit_with(const Error& error) {
  std::fprintf(stderr, "%s\n", to_string(error).c_str());
  std::exit(1);
}

/// Returns the value, or prints the error and ends the program: for programs that measure and compare.
template <class T>
T or_exit(Result<T> result) {
  if (!result) exit_with(result.error());
  return std::move(*result);
}
inline void or_exit(const Result<void>& result) {
  if (!result) exit_with(result.error());
}

}  // namespace reprise
