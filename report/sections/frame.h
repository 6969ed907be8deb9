// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "report/html/html.h"
#include "report/html/words.h"

namespace reprise::report {

/// What a page says about simulated content, on top, below and in the margin of each printed sheet.
enum class Simulated : std::uint8_t { none, some, all };

/// Opens a page that needs nothing from outside, up to the inside of `<main>`.
void begin_page(Html& html, const Words& words, const std::string& title, Simulated simulated);
/// Closes what `begin_page` opened.
void end_page(Html& html, const Words& words, Simulated simulated);

}  // namespace reprise::report
