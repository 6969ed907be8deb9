// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/sound_level.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace reprise::engine {
namespace {

constexpr Hertz kLowest{1000};
constexpr double kRoundedS = 0.02;  // containers round times, WebM to a millisecond
constexpr auto kMostValues = static_cast<std::size_t>(kLongestSound.value() * kSoundLevelHz);

}  // namespace

Result<SoundLevelMeter> SoundLevelMeter::start(Hertz sample_rate) {
  if (!(sample_rate.value() >= 8000 && sample_rate.value() <= 384'000)) {
    return fail(
        ErrorCode::unsupported, "measuring the sound",
        "it has " + std::to_string(std::lround(sample_rate.value())) + " samples a second; 8000 to 384000",
        "convert the sound to 48000 samples a second");
  }
  auto sections = design_butterworth(sample_rate, {.band = FilterBand::high_pass, .cutoff = kLowest});
  if (!sections) return tl::unexpected(sections.error());
  return SoundLevelMeter{sample_rate, CausalFilter{std::move(*sections)}};
}

void SoundLevelMeter::close_value() {
  levels_.power.push_back(count_ > 0 ? static_cast<float>(sum_ / count_)
                                     : std::numeric_limits<float>::quiet_NaN());
  sum_ = 0;
  count_ = 0;
}

void SoundLevelMeter::add(Seconds time, std::span<const float> samples) {
  if (!std::isfinite(time.value()) || full_) return;
  if (!next_s_) {
    levels_.from = Seconds{std::floor(time.value() * kSoundLevelHz) / kSoundLevelHz};
    next_s_ = time.value();
  }
  const double off_s = time.value() - *next_s_;
  const double step_s = 1 / rate_.value();
  double at_s = *next_s_;
  std::size_t i = 0;
  if (off_s > kRoundedS) {
    at_s = time.value();
    filter_.reset();
  } else if (off_s < -kRoundedS) {
    // Repeated: only what comes after the samples counted so far.
    i = static_cast<std::size_t>(std::min(-off_s / step_s, static_cast<double>(samples.size())));
  }
  for (; i < samples.size(); ++i, at_s += step_s) {
    const double value = std::floor((at_s - levels_.from.value()) * kSoundLevelHz + 1e-6);
    if (value >= static_cast<double>(kMostValues)) {
      full_ = true;
      return;
    }
    while (static_cast<double>(levels_.power.size()) < value) close_value();
    const float sample = std::isfinite(samples[i]) ? samples[i] : 0;
    const double heard = filter_.step(std::clamp(static_cast<double>(sample), -8.0, 8.0));
    sum_ += heard * heard;
    ++count_;
  }
  next_s_ = at_s;
}

SoundLevels SoundLevelMeter::finish() {
  if (count_ > 0) close_value();
  return std::move(levels_);
}

}  // namespace reprise::engine
