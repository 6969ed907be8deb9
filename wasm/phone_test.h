// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::wasm {

/// Measures a test with the phone from a page's samples. `options`: a PhoneTestOptions as JSON
/// (reprise.d.mts); `times_s` and `motion` as in session::phone_motion. Returns a PhoneResult as JSON.
/// Errors: those of reading and of session::measure_function_test.
[[nodiscard]] Result<std::string> phone_test_text(std::string_view options, std::span<const double> times_s,
                                                  std::span<const double> motion);

}  // namespace reprise::wasm
