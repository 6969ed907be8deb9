// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <gtest/gtest.h>

#include <optional>
#include <string_view>

#include "session/measurements/measurement_document.h"

namespace reprise::session {

/// The value of a measure, of a side or of the whole; a failure and 0 where there is none.
inline double number_of(const MeasurementDocument& d, SignalMeasure measure,
                        std::optional<Side> side = std::nullopt) {
  const auto* value = find_value(d, measure, side);
  EXPECT_NE(value, nullptr) << info(measure).name;
  return value == nullptr ? 0 : value->value;
}

/// The value of a measure and part, of any side; null where there is none.
inline const MeasuredValue* value_of(const MeasurementDocument& d, SignalMeasure measure,
                                     std::string_view part) {
  for (const MeasuredValue& value : d.values) {
    if (value.measure == measure && value.part == part) return &value;
  }
  return nullptr;
}

}  // namespace reprise::session
