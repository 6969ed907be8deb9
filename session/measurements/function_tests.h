// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/inertial.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// Tests of function with one sensor at the lower back, or a phone at the belt or in a front pocket.
enum class FunctionTest : std::uint8_t {
  timed_up_and_go,
  sit_to_stand_5,   ///< five times
  sit_to_stand_30,  ///< as often as possible in 30 s
  walk_10_m,        ///< a marked, straight course
  walk_6_min,       ///< back and forth on a marked course
  standing_still,
};

/// "timed_up_and_go", …
[[nodiscard]] std::string_view to_string(FunctionTest test);
[[nodiscard]] std::optional<FunctionTest> function_test_from_name(std::string_view name);

struct FunctionTestOptions {
  FunctionTest test = FunctionTest::timed_up_and_go;
  std::optional<Meters> course = std::nullopt;  ///< of the walks; empty: 10 m, and 30 m from turn to turn
  std::optional<Meters> body_height = std::nullopt;  ///< for step lengths
};

/// Measures one test. Errors: those of the engine's functions; nothing_measured names the part that is
/// missing and the remedy.
[[nodiscard]] Result<MeasurementDocument> measure_function_test(const MeasurementInput& input,
                                                                const engine::InertialSamples& samples,
                                                                const FunctionTestOptions& options);

}  // namespace reprise::session
