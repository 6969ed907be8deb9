// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/qrs_detector.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

// Times from Pan & Tompkins 1985; the others are unsourced defaults, tuned on two leads with noise added.
constexpr double kRefractoryS = 0.200;
constexpr double kTWaveS = 0.360;
constexpr double kTWaveShare = 0.65;  // Pan & Tompkins: 0.5; T waves after an ectopic beat are steep
constexpr double kLookBackIntervals = 1.66;
constexpr double kThresholdShare = 0.35;
constexpr double kLookBackShare = 0.5;  // of the threshold
constexpr double kArtefactShare = 5;    // of the beats' level: an electrode moved
constexpr double kLearningS = 3;
constexpr double kRelearnS = 4;         // without a beat
constexpr double kPeakHoldS = 0.120;    // a strength peak has nothing stronger this near
constexpr double kPeakSearchS = 0.080;  // around the complex's center
constexpr double kBaselineS = 0.150, kSlopeHalfS = 0.010;
constexpr double kStrengthPerHeight = 0.2;  // of a narrow R wave
constexpr double kBlankAfterContactS = 0.3;
// Slopes beside a complex of usual width, before and after it, beyond a share of its own are noise.
constexpr double kBesideFromS = 0.120, kBesideBeforeS = 0.320, kBesideAfterS = 0.165;
constexpr double kQuiet = 0.22;
constexpr std::size_t kFewestForTemplate = 3, kMostCompared = 8;
constexpr double kMeanS = 3;
constexpr double kMostNoise = 0.5;  // mean slope, of the beats'
constexpr std::size_t kNoisyBeats = 8;
constexpr double kRegular = 0.08;  // change from interval to interval, of the interval
constexpr double kRingS = 1.0;

}  // namespace

void RecentMedian::push(double value) {
  values_[next_] = value;
  next_ = (next_ + 1) % values_.size();
  size_ = std::min(size_ + 1, values_.size());
}

double RecentMedian::value() const {
  auto sorted = values_;
  const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(size_);
  std::sort(sorted.begin(), end);
  return (sorted[(size_ - 1) / 2] + sorted[size_ / 2]) / 2;
}

Result<QrsDetector> QrsDetector::create(Hertz rate, const QrsOptions& options) {
  constexpr const char* kStage = "QRS detection";
  if (!(rate.value() >= 100 && rate.value() <= 2000)) {
    return fail(ErrorCode::invalid_argument, kStage, "the sampling rate is not between 100 and 2000 Hz",
                "resample the ECG into this range");
  }
  const auto& contact = options.contact;
  if (!(options.min_height_mv > 0) || !(contact.flat_range_mv >= 0) || !(contact.flat_duration.value() > 0) ||
      !(contact.rail_duration.value() > 0)) {
    return fail(ErrorCode::invalid_argument, kStage, "an option is not positive",
                "use a positive height and positive durations");
  }
  return QrsDetector(rate, options);
}

QrsDetector::QrsDetector(Hertz rate, const QrsOptions& options)
    : rate_(rate),
      options_(options),
      filter_(rate),
      contact_(rate, options.contact),
      low_(static_cast<std::size_t>(std::ceil(kRingS * rate.value()))) {
  recent_.reserve(64);
  ready_.reserve(64);
}

double QrsDetector::low_at(std::size_t sample) const {
  const auto delayed = sample + static_cast<std::size_t>(filter_.low_pass_delay());
  return low_[std::min(delayed, count_ - 1) % low_.size()];
}

std::optional<EcgBeat> QrsDetector::step(double ecg_mv) {
  if (std::isfinite(ecg_mv)) last_input_ = ecg_mv;
  const bool lost = contact_.step(ecg_mv);
  const auto output = filter_.step(last_input_);
  low_[count_ % low_.size()] = output.low_passed;
  mean_strength_ +=
      (output.strength - mean_strength_) / std::min(static_cast<double>(count_ + 1), kMeanS * rate_.value());
  ++count_;
  if (lost) lost_since_beat_ = true;
  if (lost_ && !lost) usable_from_ = count_ + static_cast<std::size_t>(kBlankAfterContactS * rate_.value());
  if (lost && !lost_) {
    // Candidates of the flat stretch, and its beginning, are no beats.
    recent_.clear();
  }
  lost_ = lost;

  const auto center = find_strength_peak(output.strength);
  const bool usable = !lost_ && count_ > usable_from_;
  if (!usable) {
    learn_from_ = count_;
  } else if (center && *center >= usable_from_) {
    const Candidate candidate = measure(*center, std::max(held_, 0.0));
    if (learned_) {
      decide(candidate);
    } else {
      recent_.push_back(candidate);
    }
  }
  if (usable && !learned_ && static_cast<double>(count_ - learn_from_) >= kLearningS * rate_.value()) learn();
  if (usable && learned_) look_back();

  if (next_ready_ == ready_.size()) {
    ready_.clear();
    next_ready_ = 0;
    return std::nullopt;
  }
  return ready_[next_ready_++];
}

std::vector<EcgBeat> QrsDetector::finish() {
  std::vector<EcgBeat> beats;
  // Enough for the last complex to pass the filter and the peak hold; the last value repeated is no slope.
  const double tail = filter_.strength_delay() + (kPeakHoldS + kPeakSearchS) * rate_.value() + 2;
  const double last = last_input_;
  for (double i = 0; i < tail; ++i) {
    if (auto beat = step(last)) beats.push_back(*beat);
  }
  if (!learned_ && !lost_ && !recent_.empty()) learn();
  for (; next_ready_ < ready_.size(); ++next_ready_) beats.push_back(ready_[next_ready_]);
  return beats;
}

/// Returns the center, in samples of the input, of a peak of strength that nothing near surpasses.
std::optional<std::size_t> QrsDetector::find_strength_peak(double strength) {
  const std::size_t now = count_ - 1;
  std::optional<std::size_t> found;
  if (held_at_ && now - *held_at_ > static_cast<std::size_t>(kPeakHoldS * rate_.value())) {
    const double center = static_cast<double>(*held_at_) - filter_.strength_delay();
    if (center >= 0) found = static_cast<std::size_t>(std::lround(center));
    held_at_.reset();
  }
  if (strength > before_ && (!held_at_ || strength >= held_)) {
    if (!found) {
      held_at_ = now;
      held_ = strength;
    }
  }
  before_ = strength;
  return found;
}

/// The change over 20 ms around a moment between samples, mV.
double QrsDetector::slope_at(double sample) const {
  const auto value_at = [&](double at) {
    const auto before = static_cast<std::size_t>(std::max(0.0, at));
    const double share = std::max(0.0, at) - static_cast<double>(before);
    return (1 - share) * low_at(before) + share * low_at(before + 1);
  };
  const double half = kSlopeHalfS * rate_.value();
  return value_at(sample + half) - value_at(sample - half);
}

QrsDetector::Candidate QrsDetector::measure(std::size_t center, double strength) const {
  Candidate candidate;
  candidate.center = center;
  candidate.strength = strength;
  const double step = kQrsShapeStepS * rate_.value();
  const auto slope = [&](int steps) { return slope_at(static_cast<double>(center) + steps * step); };
  const auto half = static_cast<int>(candidate.shape.size() / 2);
  for (int i = -half; i <= half; ++i) candidate.shape[static_cast<std::size_t>(i + half)] = slope(i);
  const auto mean_slope = [&](double from_s, double to_s) {
    double squares = 0;
    const auto from = static_cast<int>(std::lround(from_s / kQrsShapeStepS));
    const auto to = static_cast<int>(std::lround(to_s / kQrsShapeStepS));
    for (int i = from; i <= to; ++i) squares += slope(i) * slope(i);
    return std::sqrt(squares / (to - from + 1));
  };
  candidate.in_noise = std::max(mean_slope(-kBesideBeforeS, -kBesideFromS),
                                mean_slope(kBesideFromS, kBesideAfterS)) > kQuiet * strength;
  if (candidate.in_noise && learned_ && template_.size() >= kFewestForTemplate) {
    const double moved =
        static_cast<double>(center) + template_.compare(candidate.shape).later_s * rate_.value();
    candidate.center = static_cast<std::size_t>(std::lround(std::max(0.0, moved)));
  }
  measure_extremes(candidate);
  return candidate;
}

void QrsDetector::measure_extremes(Candidate& candidate) const {
  const std::size_t center = candidate.center;
  const auto around = static_cast<std::size_t>(kPeakSearchS * rate_.value());
  const auto wide = static_cast<std::size_t>(kBaselineS * rate_.value());
  const auto from = [&](std::size_t span) { return center > span ? center - span : 0; };
  double baseline = 0;
  const std::size_t last_known = count_ - 1 - static_cast<std::size_t>(filter_.low_pass_delay());
  const std::size_t wide_end = std::min(center + wide, last_known);
  for (std::size_t i = from(wide); i <= wide_end; ++i) baseline += low_at(i);
  baseline /= static_cast<double>(wide_end - from(wide) + 1);
  candidate.up = candidate.down = center;
  candidate.up_height_mv = candidate.down_height_mv = -1e300;
  for (std::size_t i = from(around); i <= std::min(center + around, last_known); ++i) {
    const double height = low_at(i) - baseline;
    if (height > candidate.up_height_mv) candidate.up = i, candidate.up_height_mv = height;
    if (-height > candidate.down_height_mv) candidate.down = i, candidate.down_height_mv = -height;
  }
  const double half_sample = filter_.low_pass_delay() - std::floor(filter_.low_pass_delay());
  const auto between_samples = [&](std::size_t i) {
    if (i == 0 || i + 1 > last_known) return static_cast<double>(i);
    const double bend = low_at(i - 1) - 2 * low_at(i) + low_at(i + 1);
    if (bend == 0) return static_cast<double>(i);
    const double offset = 0.5 * (low_at(i - 1) - low_at(i + 1)) / bend;
    return static_cast<double>(i) + std::clamp(offset, -0.5, 0.5) - half_sample;
  };
  candidate.up_position = between_samples(candidate.up);
  candidate.down_position = between_samples(candidate.down);
}

/// Takes the levels of beats and of noise from the strongest peaks of the last seconds, if those stand out.
void QrsDetector::learn() {
  const auto window = static_cast<std::size_t>(kLearningS * rate_.value());
  const std::size_t oldest = count_ > 2 * window ? count_ - 2 * window : 0;
  recent_.erase(recent_.begin(), std::find_if(recent_.begin(), recent_.end(),
                                              [&](const Candidate& c) { return c.center >= oldest; }));
  learn_from_ = count_ - 2 * window / 3;  // if nothing is learned now, try again a second later
  if (recent_.size() < 2) return;
  std::vector<double> strengths;
  for (const Candidate& c : recent_) strengths.push_back(c.strength);
  // The second strongest is the reference: the strongest may be a movement.
  std::sort(strengths.begin(), strengths.end(), std::greater<>());
  const double reference = strengths[1];
  if (reference < kStrengthPerHeight * options_.min_height_mv) return;
  if (!stand_out(reference)) {
    const std::size_t oldest_peak = recent_.front().center;  // more beats may show that they are alike
    if (!noisy_since_ && count_ - oldest_peak > 3 * window / 2) noisy_since_ = oldest_peak;
    return;
  }
  const auto first_noise =
      std::find_if(strengths.begin(), strengths.end(), [&](double s) { return s < 0.5 * reference; });
  const auto beats = static_cast<double>(first_noise - strengths.begin());
  const double seconds = static_cast<double>(count_ - recent_.front().center) / rate_.value();
  constexpr double kHighestRateHz = 4;
  if (beats > kHighestRateHz * seconds) return;  // peaks of about one height all the time: noise
  for (RecentMedian* level : {&beat_level_, &noise_level_}) level->clear();
  template_.clear();
  beat_level_.push(strengths[static_cast<std::size_t>(beats) / 2]);
  if (first_noise != strengths.end()) {
    noise_level_.push(first_noise[(strengths.end() - first_noise) / 2]);
  }
  learned_ = true;
  noisy_since_.reset();
  noisy_beats_ = 0;
  std::vector<Candidate> waiting;
  std::swap(waiting, recent_);
  recent_.reserve(64);
  for (const Candidate& c : waiting) {
    if (learned_) decide(c);
  }
}

/// Whether it is quiet between the strong peaks, or they look alike, and noise is moderate or they are
/// regular.
bool QrsDetector::stand_out(double reference) const {
  if (mean_strength_ > kMostNoise * reference && !is_regular(0.5 * reference)) return false;
  if (mean_strength_ <= kQuiet * reference) return true;
  std::vector<QrsShape> shapes;
  for (auto c = recent_.rbegin(); c != recent_.rend() && shapes.size() < kMostCompared; ++c) {
    if (c->strength >= 0.5 * reference) shapes.push_back(c->shape);
  }
  return half_are_alike(shapes);
}

/// A fast heart with wide complexes leaves no quiet between them either, but it is regular, and noise is not.
bool QrsDetector::is_regular(double least_strength) const {
  RecentMedian changes;
  std::optional<double> last_center, interval;
  for (const Candidate& c : recent_) {
    if (c.strength < least_strength) continue;
    const auto center = static_cast<double>(c.center);
    if (last_center && interval) changes.push(std::abs(center - *last_center - *interval) / *interval);
    if (last_center) interval = center - *last_center;
    last_center = center;
  }
  return changes.size() >= 3 && changes.value() < kRegular;
}

void QrsDetector::note_interval(std::size_t center) {
  const auto interval = static_cast<double>(center - last_beat_->center);
  if (!intervals_.empty()) interval_changes_.push(std::abs(interval - last_interval_) / interval);
  last_interval_ = interval;
  intervals_.push(interval);
}

double QrsDetector::threshold() const {
  const double noise = noise_level_.empty() ? 0 : noise_level_.value();
  const double beat = beat_level_.value();
  return std::max(noise + kThresholdShare * std::max(0.0, beat - noise),
                  kStrengthPerHeight * options_.min_height_mv);
}

/// The prevailing polarity, unless this complex clearly has the other (a ventricular beat).
bool QrsDetector::points_down(const Candidate& candidate) const {
  constexpr double kClearly = 2;
  if (candidate.down_height_mv > kClearly * candidate.up_height_mv) return true;
  if (candidate.up_height_mv > kClearly * candidate.down_height_mv) return false;
  return polarity_mv_ < 0;
}

bool QrsDetector::is_t_wave(const Candidate& candidate) const {
  const double since_s = static_cast<double>(candidate.center - last_beat_->center) / rate_.value();
  return since_s < kTWaveS && candidate.strength < kTWaveShare * last_beat_->strength;
}

/// In noise the less the less a peak looks like the beats, and at most what a beat has: the fourth power
/// refuses correlations below 0.77 where only beats are strong (unsourced default).
double QrsDetector::believed_strength(const Candidate& candidate) const {
  if (!candidate.in_noise || template_.size() < kFewestForTemplate) return candidate.strength;
  const double correlation = std::max(0.0, template_.compare(candidate.shape).correlation);
  return std::min(candidate.strength, beat_level_.value()) * std::pow(correlation, 4);
}

void QrsDetector::decide(const Candidate& candidate) {
  if (candidate.strength > kArtefactShare * beat_level_.value()) return;
  if (last_beat_) {
    if (candidate.center <= last_beat_->center) return;
    const double since_s = static_cast<double>(candidate.center - last_beat_->center) / rate_.value();
    if (since_s < kRefractoryS || is_t_wave(candidate)) return;
  }
  const double believed = believed_strength(candidate);
  if (believed > threshold()) {
    accept(candidate);
  } else {
    noise_level_.push(believed);
    recent_.push_back(candidate);
    recent_.back().believed = believed;
  }
}

void QrsDetector::accept(const Candidate& candidate) {
  const double tilt = candidate.up_height_mv - candidate.down_height_mv;
  polarity_mv_ = !last_beat_ ? tilt : 0.8 * polarity_mv_ + 0.2 * tilt;
  const bool down = points_down(candidate);
  EcgBeat beat;
  beat.sample = down ? candidate.down : candidate.up;
  beat.position = std::max(0.0, down ? candidate.down_position : candidate.up_position);
  beat.noise_share = mean_strength_ / beat_level_.value();
  beat.after_lost_contact = lost_since_beat_;
  lost_since_beat_ = false;
  if (last_beat_ && !beat.after_lost_contact) note_interval(candidate.center);
  beat_level_.push(candidate.strength);
  template_.push(candidate.shape);
  last_beat_ = candidate;
  recent_.clear();
  ready_.push_back(beat);
  watch_noise(beat);
}

/// Gives the levels up when beats have not stood out for a while: an electrode that picks up noise only.
void QrsDetector::watch_noise(const EcgBeat& beat) {
  const bool regular = !interval_changes_.empty() && interval_changes_.value() < kRegular;
  if (beat.noise_share <= kMostNoise || regular) {
    noisy_beats_ = 0;
    return;
  }
  if (noisy_beats_++ == 0) first_noisy_ = beat.sample;
  if (noisy_beats_ < kNoisyBeats) return;
  noisy_since_ = first_noisy_;
  lost_since_beat_ = true;
  learned_ = false;
  learn_from_ = count_;
  intervals_.clear();
  interval_changes_.clear();
}

/// Takes the best of the rejected peaks when the next beat is overdue, and learns anew after seconds of none.
void QrsDetector::look_back() {
  const std::size_t since = last_beat_ ? last_beat_->center : learn_from_;
  const std::size_t waited = count_ - std::max(since, usable_from_);
  if (intervals_.size() >= 2 && last_beat_ && !lost_since_beat_ &&
      static_cast<double>(waited) > kLookBackIntervals * intervals_.value()) {
    const auto best = std::max_element(recent_.begin(), recent_.end(),
                                       [](const auto& a, const auto& b) { return a.believed < b.believed; });
    if (best != recent_.end() && best->believed > kLookBackShare * threshold()) {
      const Candidate chosen = *best;
      std::vector<Candidate> later(best + 1, recent_.end());
      accept(chosen);
      for (const Candidate& c : later) {
        if (learned_) decide(c);
      }
      return;
    }
  }
  if (static_cast<double>(waited) > kRelearnS * rate_.value()) {
    learned_ = false;
    learn_from_ = count_ - static_cast<std::size_t>(kLearningS * rate_.value());
    intervals_.clear();
    interval_changes_.clear();
    learn();
  }
}

}  // namespace reprise::engine
