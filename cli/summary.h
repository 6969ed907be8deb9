#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "session/document.h"

namespace reprise {

/// What was measured, in a few lines for a terminal.
void print_summary(const SessionDocument& document, const std::filesystem::path& input,
                   const std::filesystem::path& folder);
void print_table_end(std::size_t done, std::size_t failed);

/// The same for machines.
[[nodiscard]] nlohmann::ordered_json summary_json(const SessionDocument& document,
                                                  const std::filesystem::path& input,
                                                  const std::filesystem::path& folder);
[[nodiscard]] nlohmann::ordered_json error_json(const Error& error, const std::filesystem::path& input);

}  // namespace reprise
