// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/heart/qrs_detector.h"
#include "engine/muscle/emg_feedback.h"
#include "engine/orientation/rest_monitor.h"
#include "engine/signal/inertial.h"
#include "sensing/live/sample_sequence.h"
#include "sensing/live/sensor_message.h"
#include "sensing/signals/channel_meaning.h"

namespace reprise::pipeline {

/// What a live stream shows now. Empty: the stream does not measure it, or not at present.
struct LiveValues {
  std::optional<double> heart_rate_per_min;
  std::optional<double> cadence_per_min;  ///< steps
  std::optional<bool> at_rest;
  struct Envelope {
    std::string channel;
    double microvolts = 0;
  };
  std::vector<Envelope> emg;
  std::vector<std::string> remarks;  ///< on the signals' quality, e.g. "ecg: electrode off"
};

/// Measures one stream, sample by sample, by the engine's streaming steps. Heart rate: 60 s over the median
/// of the last eight intervals between heartbeats, of an ECG (QrsDetector), of a strap's intervals, or as the
/// device calculates it. EMG: its envelope (EmgFeedback). Rest: RestMonitor. Cadence: as the device
/// calculates it, or from a sensor at the lower back or in a pocket the last bout of walking in the last 15 s
/// (analyze_lower_back_gait), computed every 5 s.
class LiveMeasures {
 public:
  /// `message`: the first of the stream; its channels and rate hold for all. What a channel cannot give is
  /// among the remarks. Errors: those of `channel_meanings`.
  [[nodiscard]] static Result<LiveMeasures> create(const sensing::SensorMessage& message);

  /// Takes the samples that `step` takes. After a loss the steps start anew.
  void take(const sensing::SensorMessage& message, const sensing::SequenceStep& step);

  [[nodiscard]] LiveValues values() const;

 private:
  struct Heart {
    std::size_t channel = 0;
    double to_mv = 1;
    engine::QrsDetector detector;
    std::optional<double> last_beat;  ///< position in samples
    engine::RecentMedian intervals_s;
    std::size_t count = 0;  ///< samples taken
  };
  struct Muscle {
    std::size_t channel = 0;
    double to_uv = 1;
    engine::EmgFeedback feedback;
    engine::EmgFeedbackState state;
  };
  struct Movement {
    std::size_t acceleration[3] = {};
    double to_mps2 = 1;
    std::optional<std::size_t> angular_velocity[3] = {};
    double to_radps = 1;
    engine::RestMonitor rest;
    bool at_lower_back = false;
    engine::InertialSamples recent = {};  ///< of the last seconds, where cadence is measured
    std::size_t since_cadence = 0;        ///< samples
    std::optional<double> cadence_per_min = std::nullopt;
  };
  /// A value that the device itself calculates, or an interval that its strap sends.
  struct Reported {
    std::size_t channel = 0;
    sensing::SignalQuantity quantity = sensing::SignalQuantity::unknown;
    double factor = 1;
    std::optional<double> value = std::nullopt;
    engine::RecentMedian intervals_s = {};
  };

  LiveMeasures() = default;
  void add_channel(std::size_t index, const sensing::ChannelMeaning& meaning);
  void add_movement(const std::vector<sensing::ChannelMeaning>& meanings);
  void reset();
  static void step(Heart& heart, std::optional<double> sample, Hertz rate);
  static void step(Reported& reported, std::optional<double> sample);
  void step(Movement& movement, const sensing::SensorMessage& message, std::size_t sample) const;

  std::vector<sensing::LiveChannel> channels_;
  Hertz rate_{1};
  std::vector<sensing::ChannelMeaning> meanings_;
  std::vector<Heart> hearts_;
  std::vector<Muscle> muscles_;
  std::vector<Movement> movements_;
  std::vector<Reported> reported_;
  std::vector<std::string> remarks_;  ///< of the channels themselves
};

}  // namespace reprise::pipeline
