// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

// What a session of a balance programme in the browser needs of the engine: texts in, texts out
// (reprise.d.mts).
namespace reprise::wasm {

/// Where a session is after some holds: care::balance_now. `state`: a BalanceState; returns a BalanceNow.
/// Errors: those of reading; invalid_argument (no such level).
[[nodiscard]] Result<std::string> balance_now_text(std::string_view state);

/// Sums up a session. `session`: a BalanceSession; returns a MeasuredResult. Errors: those of reading and of
/// session::measure_balance_programme.
[[nodiscard]] Result<std::string> balance_session_text(std::string_view session);

}  // namespace reprise::wasm
