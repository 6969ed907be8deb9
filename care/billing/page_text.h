// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::care::billing {

/// RemoteMonitoring of reprise.d.mts, as a JSON text, out of the record's answers, the files of rules, and
/// RemoteMonitoringOptions. Errors: those of reading each.
[[nodiscard]] Result<std::string> remote_monitoring_text(std::span<const std::string> answers,
                                                         std::span<const std::string> rules,
                                                         std::string_view options);

}  // namespace reprise::care::billing
