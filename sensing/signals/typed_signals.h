// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/signal/inertial.h"
#include "sensing/signals/channel_meaning.h"
#include "sensing/signals/signal_recording.h"

// From a recording to the inputs of the engine, in SI units.
namespace reprise::sensing {

struct InertialRun {
  Seconds start;
  engine::InertialSamples samples;
};

/// One accelerometer, with its gyroscope if it has one.
struct InertialSensor {
  std::string place;              ///< "left_foot", ...; empty: not known
  std::string name;               ///< as the file names the sensor or group
  std::vector<InertialRun> runs;  ///< between missing samples, in order, of at least half a second
};

struct InertialSignals {
  std::vector<InertialSensor> sensors;
  std::vector<SignalFinding> findings;
};

/// All inertial sensors: three axes of acceleration, and of angular velocity with the same place. Units are
/// checked by gravity and its turning (inertial_units.h). Body axes instead of x, y, z become x vertical,
/// y mediolateral, z anteroposterior. Errors: those of `channel_meanings`, nothing_measured (no three axes of
/// acceleration; the cause names the channels).
[[nodiscard]] Result<InertialSignals> inertial_sensors(const SignalRecording& recording,
                                                       const MeaningOptions& options = {});

struct SignalRun {
  Seconds start;
  std::vector<double> values;
};

struct SingleSignal {
  std::string name;
  std::string unit;  ///< SI; empty: not known
  Hertz rate{1};
  std::vector<SignalRun> runs;  ///< between missing samples, in order
  std::vector<SignalFinding> findings;
};

/// The first channel of a quantity, in SI units, over all groups that go on with it (a recording that a long
/// gap cuts); or, with a finding, the only channel of a recording whose meaning is not known. Errors: those
/// of `channel_meanings`, nothing_measured (no such channel, or all of it is missing).
[[nodiscard]] Result<SingleSignal> single_channel(const SignalRecording& recording, SignalQuantity quantity,
                                                  const MeaningOptions& options = {});

struct ForcePlateRun {
  Seconds start;
  std::vector<double> cop_ap_m;  ///< center of pressure, anteroposterior
  std::vector<double> cop_ml_m;  ///< mediolateral; as many
};

struct ForcePlateSignals {
  Hertz rate{1};
  std::vector<ForcePlateRun> runs;
  /// On the person, up, of the whole recording from `start`, also where the plate is not loaded; a missing
  /// sample is empty, and all where it was not recorded.
  std::vector<std::optional<double>> vertical_force_n;
  Seconds start;
  std::vector<SignalFinding> findings;
};

/// The center of pressure of a force plate: as recorded, else from moments and vertical force at the plate's
/// surface, x = -My / Fz, y = Mx / Fz. Without names for the body's axes, x is anteroposterior (Santos and
/// Duarte, 2016), which is said in the findings. Samples with less than 20 N on the plate (unsourced default)
/// are left out where the center of pressure is calculated. Errors: those of `channel_meanings` and
/// `channel_factor`, nothing_measured (neither).
[[nodiscard]] Result<ForcePlateSignals> force_plate(const SignalRecording& recording,
                                                    const MeaningOptions& options = {});

/// The channels' names, at most twenty, for a message.
[[nodiscard]] std::string channel_list(const SignalRecording& recording);

/// What takes a channel's values to `si`; `otherwise`, with a finding, where the file says no unit. Errors:
/// invalid_argument (the file says another unit).
[[nodiscard]] Result<double> channel_factor(const SignalChannel& channel, std::string_view si,
                                            double otherwise, std::string_view otherwise_unit,
                                            std::vector<SignalFinding>& findings);

/// The values of a channel times a factor; empty where they are missing.
[[nodiscard]] std::vector<std::optional<double>> values_or_missing(const SignalChannel& channel,
                                                                   double factor);

/// The sign that makes the force on the person point up; -1 with a finding.
[[nodiscard]] double upward_sign(const SignalChannel& force, std::vector<SignalFinding>& findings);

/// Says once that x was taken as anteroposterior.
void note_assumed_axes(std::vector<SignalFinding>& findings);

struct BeatInterval {
  Seconds end;  ///< the time of its second beat
  Seconds interval;
  std::string from, to;  ///< the labels of its beats, by WFDB's symbols
  [[nodiscard]] bool normal() const { return from == "N" && to == "N"; }
};

/// The intervals between heartbeats that follow each other among the annotations; other annotations are
/// passed over. Empty: fewer than two beats.
[[nodiscard]] std::vector<BeatInterval> beat_intervals(const SignalRecording& recording);

}  // namespace reprise::sensing
