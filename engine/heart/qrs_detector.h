// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/heart/electrode_contact.h"
#include "engine/heart/qrs_filter.h"
#include "engine/heart/qrs_template.h"

namespace reprise::engine {

/// The last eight numbers, and their middle: a running level that one artefact does not move.
class RecentMedian {
 public:
  void push(double value);
  void clear() { size_ = next_ = 0; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// The mean of the two middle values of an even number. Precondition: not empty.
  [[nodiscard]] double value() const;

 private:
  std::array<double, 8> values_{};
  std::size_t size_ = 0, next_ = 0;
};

struct QrsOptions {
  /// The smallest R wave that is believed, mV from the baseline. Unsourced default.
  double min_height_mv = 0.05;
  ElectrodeContactOptions contact = {};
};

/// One heartbeat of an ECG.
struct EcgBeat {
  std::size_t sample = 0;  ///< of the R peak (S, where the complex points down), from 0
  double position = 0;     ///< the same, between samples: the top of a parabola through three
  /// The mean slope of the last seconds as a share of the beats': about 0.15 clean, 0.3 in a fast heart or
  /// moderate noise; above 0.5 the beats are hardly more than noise.
  double noise_share = 0;
  bool after_lost_contact = false;  ///< the lead was unusable at some time since the beat before
};

/// Detects R peaks sample by sample, 100 to 2000 Hz, either polarity: the decision rules of Pan & Tompkins
/// 1985 as R. M. de Moreira's panTompkins.c (github myd7349/PanTompkinsQRS) gives them: no beat within 0.2 s
/// of the last; within 0.36 s only if steep enough (T wave); a threshold between the levels of beats and of
/// noise; where no beat came for 1.66 usual intervals, the best candidate above half the threshold.
/// Deviations: levels are medians of eight, learned from the first seconds and again after seconds without
/// any beat; the threshold lies at a share of slope, not of energy; a T wave has below 0.65 of the last
/// beat's slope, not 0.5; irregular peaks that hardly stand out are noise, not beats. Beside noise, a
/// peak's strength is weighted by the correlation of its shape with the last beats' (QrsTemplate), and it
/// lies where that is largest; in quiet its shape does not matter, so that ectopic beats are kept. The R peak
/// is the extreme of the signal without hum, of the polarity that prevails or that clearly dominates the
/// complex.
class QrsDetector {
 public:
  /// Errors: invalid_argument (rate outside 100 to 2000 Hz, an option that is not positive).
  [[nodiscard]] static Result<QrsDetector> create(Hertz rate, const QrsOptions& options = {});

  /// Takes one sample; returns the next beat once it is certain, in order of time. Usually 0.3 s after the
  /// peak; at most `max_delay`: while the levels are learned, and for a beat found by looking back. A sample
  /// that is not finite counts as a repetition of the last one.
  std::optional<EcgBeat> step(double ecg_mv);
  /// Returns the beats that are still undecided at the end of a recording; nothing may be stepped afterwards.
  std::vector<EcgBeat> finish();
  /// True while the electrode is seen as detached or saturated.
  [[nodiscard]] bool contact_lost() const { return lost_; }
  /// The first sample of noise in which no beat stands out; empty outside such a stretch. Live, up to eight
  /// beats were told of before that was certain.
  [[nodiscard]] std::optional<std::size_t> noisy_since() const { return noisy_since_; }
  [[nodiscard]] static Seconds max_delay() { return Seconds{6.5}; }

 private:
  /// A local maximum of the filter's strength.
  struct Candidate {
    double strength = 0;
    double believed = 0;  ///< of a rejected one
    bool in_noise = false;
    QrsShape shape{};
    std::size_t up = 0, down = 0;                 ///< samples of the highest and the lowest value around
    double up_position = 0, down_position = 0;    ///< the same between samples
    double up_height_mv = 0, down_height_mv = 0;  ///< from the mean around
    std::size_t center = 0;
  };

  QrsDetector(Hertz rate, const QrsOptions& options);
  std::optional<std::size_t> find_strength_peak(double strength);
  Candidate measure(std::size_t center, double strength) const;
  void measure_extremes(Candidate& candidate) const;
  double slope_at(double sample) const;
  double believed_strength(const Candidate& candidate) const;
  bool stand_out(double reference) const;
  void learn();
  void decide(const Candidate& candidate);
  void look_back();
  void watch_noise(const EcgBeat& beat);
  bool is_regular(double least_strength) const;
  void note_interval(std::size_t center);
  bool is_t_wave(const Candidate& candidate) const;
  void accept(const Candidate& candidate);
  double threshold() const;
  bool points_down(const Candidate& candidate) const;
  double low_at(std::size_t sample) const;

  Hertz rate_;
  QrsOptions options_;
  QrsFilter filter_;
  ElectrodeContact contact_;
  std::vector<double> low_;  ///< a ring of the low-passed signal
  std::size_t count_ = 0;    ///< samples taken
  double last_input_ = 0;

  double mean_strength_ = 0;      ///< of the last seconds, decaying
  double held_ = 0, before_ = 0;  ///< strength of the peak that may still be surpassed; of the last sample
  std::optional<std::size_t> held_at_;

  bool lost_ = false, lost_since_beat_ = false;
  std::size_t usable_from_ = 0;
  bool learned_ = false;
  std::size_t learn_from_ = 0;
  std::optional<std::size_t> noisy_since_;
  std::size_t noisy_beats_ = 0, first_noisy_ = 0;  ///< in a row, up to now
  std::vector<Candidate> recent_;                  ///< since the last beat or, while learning, since it began
  QrsTemplate template_;
  RecentMedian beat_level_, noise_level_, intervals_;
  RecentMedian interval_changes_;  ///< as shares of the interval
  double last_interval_ = 0;
  std::optional<Candidate> last_beat_;
  double polarity_mv_ = 0;  ///< how much higher than deep, of recent beats
  std::vector<EcgBeat> ready_;
  std::size_t next_ready_ = 0;
};

}  // namespace reprise::engine
