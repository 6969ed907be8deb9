// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/long_recording.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/signal/level_frame.h"

namespace reprise::engine {
namespace {

constexpr const char* kLongStage = "gait in a long recording";
constexpr Hertz kSlowestRate{20};
constexpr double kLongestClockS = 100.0 * 24 * 3600;
/// Two clocks of the same recording differ by so much of the time between them at most. Unsourced default.
constexpr double kClockDrift = 1e-4;
constexpr std::size_t kStillSeconds = 10;  // unsourced default
/// Around a bout, for the margins of filters and the steps that may still join it. Unsourced default.
constexpr double kAroundBoutS = 6;

Result<void> check_part(Seconds start, const InertialView& samples) {
  if (samples.rate < kSlowestRate && samples.rate.value() > 0) {
    return fail(
        ErrorCode::invalid_argument, kLongStage,
        "the recording has " + std::to_string(samples.rate.value()) +
            " samples a second; steps come one to three times a second and need at least 20 to be seen",
        "record at 50 or 100 Hz; summaries of each second or minute do not hold the steps");
  }
  if (auto ok = detail::check_inertial(samples, kSlowestRate, 1, kLongStage); !ok) return ok;
  if (!(start.value() >= 0) || start.value() + samples.duration().value() > kLongestClockS) {
    return fail(ErrorCode::invalid_argument, kLongStage,
                "the samples lie before the recording's start or more than 100 days after it",
                "check the clock of the recording, or measure it in parts");
  }
  return {};
}

/// How much each second moves: the range of the acceleration's length.
std::vector<double> movement_by_second(const InertialView& samples) {
  const double rate = samples.rate.value();
  std::vector<double> movement(static_cast<std::size_t>(static_cast<double>(samples.size()) / rate));
  for (std::size_t second = 0; second < movement.size(); ++second) {
    double low = std::numeric_limits<double>::infinity();
    double high = 0;
    const auto end = static_cast<std::size_t>(static_cast<double>(second + 1) * rate);
    for (auto i = static_cast<std::size_t>(static_cast<double>(second) * rate); i < end; ++i) {
      const double length = samples.acceleration_mps2[i].norm();
      low = std::min(low, length);
      high = std::max(high, length);
    }
    movement[second] = high - low;
  }
  return movement;
}

/// The middle of the stillest ten seconds in the second half, outside of bouts; empty: there are none.
std::optional<std::size_t> still_moment(const InertialView& samples, std::span<const WalkingBout> bouts) {
  const std::vector<double> movement = movement_by_second(samples);
  const double rate = samples.rate.value();
  std::optional<std::size_t> best;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t second = movement.size() / 2; second + kStillSeconds < movement.size(); ++second) {
    const double from = static_cast<double>(second), to = static_cast<double>(second + kStillSeconds);
    const bool walking = std::any_of(bouts.begin(), bouts.end(), [&](const WalkingBout& bout) {
      return static_cast<double>(bout.samples.begin) /
                 rate<to + kAroundBoutS&& static_cast<double>(bout.samples.end) / rate> from -
             kAroundBoutS;
    });
    if (walking) continue;
    double sum = 0;
    for (std::size_t i = second; i < second + kStillSeconds; ++i) sum += movement[i];
    if (sum >= least) continue;
    least = sum;
    best = static_cast<std::size_t>((from + to) / 2 * rate);
  }
  return best;
}

RecordedBout brief(const LowerBackBout& bout, Seconds start, Hertz rate) {
  RecordedBout brief;
  brief.start = start + period(rate) * static_cast<double>(bout.samples.begin);
  brief.end = start + period(rate) * static_cast<double>(bout.samples.end);
  brief.walking_time = bout.walking_time;
  brief.steps = bout.steps.size();
  brief.cadence_per_min = bout.cadence_per_min;
  brief.speed_mps = bout.speed_mps;
  if (bout.stride_length_m) brief.stride_length_m = bout.stride_length_m->mean;
  return brief;
}

}  // namespace

Result<void> LongRecordingMeter::add(Seconds start, const InertialView& samples) {
  if (samples.size() == 0) return {};
  if (auto ok = check_part(start, samples); !ok) return ok;
  // An hour at a time, so that a whole recording in one part is not held twice.
  const auto most = static_cast<std::size_t>(std::max(1.0, options_.block.value() * samples.rate.value()));
  for (std::size_t at = 0; at < samples.size(); at += most) {
    const InertialView part = part_of(samples, at, std::min(samples.size(), at + most));
    const Seconds part_start = start + period(samples.rate) * static_cast<double>(at);
    if (auto ok = take(part_start, part); !ok) return ok;
  }
  return {};
}

Result<void> LongRecordingMeter::take(Seconds start, const InertialView& samples) {
  const double allowed = options_.joined_gap.value() + kClockDrift * (end_ - held_start_).value();
  const double gap = (start - end_).value();
  if (samples_ > 0 && gap < -allowed) {
    return fail(ErrorCode::invalid_argument, kLongStage, "samples begin before the end of those before them",
                "give the parts of the recording in order of time, each once");
  }
  const bool same_rate = std::abs(samples.rate / held_.rate - 1) < 0.01;
  const bool goes_on = samples_ > 0 && gap <= allowed && same_rate;
  if (!goes_on) {
    if (auto ok = measure_held(true); !ok) return ok;
    held_.rate = samples.rate;
  }
  // The clock of each part counts, so that a rate that is a little wrong does not add up over days.
  held_start_ = start - period(held_.rate) * static_cast<double>(held_.acceleration_mps2.size());
  end_ = start + samples.duration();
  if (goes_on) {
    found_.measured.back().end = end_;
  } else {
    found_.measured.push_back({start, end_});
  }
  minutes_.add(start, samples);
  samples_ += static_cast<double>(samples.size());
  saturated_ += saturated_share(samples) * static_cast<double>(samples.size());
  held_.acceleration_mps2.insert(held_.acceleration_mps2.end(), samples.acceleration_mps2.begin(),
                                 samples.acceleration_mps2.end());
  const double held_s = static_cast<double>(held_.acceleration_mps2.size()) / held_.rate.value();
  return held_s > options_.block.value() ? measure_held(false) : Result<void>{};
}

Result<void> LongRecordingMeter::measure_held(bool last) {
  const InertialView held{held_};
  const double rate = held_.rate.value();
  const auto keep_from = [&](std::size_t sample) {
    auto& kept = held_.acceleration_mps2;
    kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(sample));
    held_start_ += period(held_.rate) * static_cast<double>(sample);
  };
  std::vector<WalkingBout> bouts;
  if (static_cast<double>(held.size()) >= 2 * rate) {
    auto walking = find_walking_bouts(held, options_.gait.bouts);
    if (walking) {
      bouts = std::move(*walking);
    } else if (walking.error().code == ErrorCode::nothing_measured) {
      found_.without_gravity += held.duration();
      keep_from(held.size());
      return {};
    } else {
      return tl::unexpected(walking.error());
    }
  }
  std::size_t cut = held.size();
  if (!last) {
    if (const auto still = still_moment(held, bouts)) {
      cut = *still;
    } else if (held.duration() < options_.most_held) {
      return {};
    }
  }
  for (const WalkingBout& bout : bouts) {
    if (bout.samples.begin >= cut) break;
    const auto measured = measure_lower_back_bout(held, bout.samples, options_.gait);
    if (measured) {
      found_.bouts.push_back(brief(*measured, held_start_, held_.rate));
    } else if (measured.error().code != ErrorCode::nothing_measured) {
      return tl::unexpected(measured.error());
    }
  }
  keep_from(cut);
  return {};
}

Result<LongRecording> LongRecordingMeter::finish() {
  if (auto ok = measure_held(true); !ok) return tl::unexpected(ok.error());
  if (!(samples_ > 0)) {
    return fail(ErrorCode::nothing_measured, kLongStage, "the recording has no samples",
                "check that the sensor was on and the file is whole");
  }
  found_.saturated_share = saturated_ / samples_;
  if (found_.saturated_share > options_.gait.max_saturated_share) {
    return fail(ErrorCode::nothing_measured, kLongStage,
                "the accelerometer is at its limit in " + std::to_string(100 * found_.saturated_share) +
                    " % of the recording; at most " +
                    std::to_string(100 * options_.gait.max_saturated_share) + " % may be",
                "choose a larger range, 4 g or more");
  }
  found_.wear = minutes_.states(found_.measured, options_.wear);
  return std::move(found_);
}

}  // namespace reprise::engine
