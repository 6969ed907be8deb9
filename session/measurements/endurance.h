// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/heart/exertion.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

enum class EndurancePhase : std::uint8_t { warm_up, main, cool_down };

/// When a value was taken: of the session as a whole, not of its clock.
enum class EnduranceMoment : std::uint8_t { before, during, after };

/// In the order of the enumerations.
inline constexpr std::array<std::string_view, 3> kEndurancePhaseNames = {"warm_up", "main", "cool_down"};
inline constexpr std::array<std::string_view, 3> kEnduranceMomentNames = {"before", "during", "after"};

/// One stretch of a phase; a pause parts a phase in two.
struct EnduranceStretch {
  EndurancePhase phase = EndurancePhase::warm_up;
  Seconds start{0};  ///< since the session's start
  Seconds end{0};
};

/// What a person rated, typed in, or a device measured.
struct EnduranceValue {
  EnduranceMoment moment = EnduranceMoment::before;
  Seconds time{0};  ///< since the session's start; matters only `during`
  SignalMeasure measure = SignalMeasure::breathlessness;
  double value = 0;                                 ///< in the unit of display: /min, %, mmHg, points
  std::optional<DeviceKind> device = std::nullopt;  ///< that sent it; empty: entered by a person
};

/// A device of the session, by what it sent from the start to the end.
struct EnduranceDevice {
  DeviceKind kind = DeviceKind::heart_rate_strap;
  std::string name = {};  ///< as it tells it; empty: it tells none
  std::optional<double> battery_percent = std::nullopt;
  int received = 0;                       ///< values
  int usable = 0;                         ///< of these
  int no_contact = 0;                     ///< of these
  std::vector<std::string> notices = {};  ///< each once
};

/// A heart rate as a chest strap or an imported file has it; 0 and lost contact are left out before.
struct StrapRate {
  Seconds time{0};
  double rate_bpm = 0;
};

struct EnduranceSession {
  engine::EffortScale scale = engine::EffortScale::borg_cr10;
  double effort_low = 0, effort_high = 0;             ///< planned for the main part, on `scale`
  std::optional<double> rate_low_bpm, rate_high_bpm;  ///< planned likewise; both or none
  /// In order of time, without overlap; empty: it did not start, and only the values at rest are kept.
  std::vector<EnduranceStretch> stretches;
  std::vector<EnduranceValue> values;  ///< in order of time within a moment
  std::vector<StrapRate> rates;        ///< in order of time; empty: no strap and no file
  std::string imported = {};           ///< format of the file that `rates` come from; empty: from a strap
  std::vector<EnduranceDevice> devices = {};  ///< of each kind at most one
};

/// Sums up a session of walking or cycling: time, heart rate, recovery, ratings before, during and after,
/// and the share of the main part within the plan. Recovery is measured from the end of the main part, so it
/// needs a cool-down of as long. Errors: nothing_measured (no stretch lasts and there is no value),
/// invalid_argument (times out of order or not finite, a rating outside its scale, a value that a body cannot
/// have).
[[nodiscard]] Result<MeasurementDocument> measure_endurance(const MeasurementInput& input,
                                                            const EnduranceSession& session);

}  // namespace reprise::session
