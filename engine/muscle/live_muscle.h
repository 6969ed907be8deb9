// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/muscle/emg_feedback.h"

namespace reprise::engine {

/// Unsourced defaults.
struct LiveMuscleOptions {
  Seconds settle{1};     ///< of the filters, before anything counts
  Seconds relax{3};      ///< the muscle rests for so long
  Seconds contract{4};   ///< the reference contraction, from its beginning
  Seconds patience{15};  ///< so long it is waited for
  /// The reference contraction's envelope over that at rest; below, the electrodes do not hear this muscle.
  double least_contrast = 3;
  /// Share of the reference contraction's samples that the sensor could not tell; above, it is clipped.
  double most_untold = 0.01;
};

enum class MuscleStep : std::uint8_t {
  relax,     ///< the muscle is to rest
  contract,  ///< and then to be tensed as firmly as is comfortable
  tracking,
};
[[nodiscard]] std::string_view name(MuscleStep step);

enum class MuscleTrouble : std::uint8_t {
  too_weak,   ///< the contraction hardly differs from rest, or did not come
  clipped,    ///< the amplifier is at its end
  no_signal,  ///< flat, or nothing but mains hum: an electrode is off
};
[[nodiscard]] std::string_view name(MuscleTrouble trouble);

struct LiveMuscleState {
  MuscleStep step = MuscleStep::relax;
  double done = 0;                       ///< of the step, 0 to 1
  std::optional<MuscleTrouble> trouble;  ///< of the attempt before
  std::optional<double> share;  ///< tracking: of the reference; empty while it settles or without contact
  bool detached = false;        ///< no contact now
};

/// A muscle's activity as a share of today's reference contraction, live, with that contraction before it:
/// raw samples in, state out.
class LiveMuscle {
 public:
  /// Errors: those of EmgFilter::create.
  [[nodiscard]] static Result<LiveMuscle> create(Hertz rate, const LiveMuscleOptions& options = {});

  /// One raw sample, any unit; a lost one is nullopt, one beyond what the sensor can tell is not finite.
  const LiveMuscleState& step(std::optional<double> sample);
  [[nodiscard]] const LiveMuscleState& state() const { return state_; }
  /// Begins with the rest anew.
  void calibrate();

 private:
  LiveMuscle(Hertz rate, const LiveMuscleOptions& options, EmgFilter filter, EnvelopeFollower follower);
  void rest(double sample, double envelope);
  void contract(double sample, double envelope);
  void finish();
  void fail_with(MuscleTrouble trouble);

  Hertz rate_;
  LiveMuscleOptions options_;
  EmgFilter filter_;
  EnvelopeFollower follower_;
  std::unique_ptr<EmgFeedback> feedback_;  ///< null: no reference yet
  double seconds_ = 0;                     ///< of the present step
  double settled_s_ = 0;
  double rest_sum_ = 0;
  std::size_t rest_count_ = 0;
  bool begun_ = false;            ///< the contraction
  std::size_t untold_ = 0;        ///< samples of it beyond what the sensor can tell
  std::vector<double> raw_;       ///< of it
  std::vector<double> envelope_;  ///< likewise
  LiveMuscleState state_;
};

}  // namespace reprise::engine
