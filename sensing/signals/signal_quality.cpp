// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/signal_quality.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/signal/signal_check.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

constexpr std::size_t kMostFindings = 60;
constexpr double kFlatShare = 0.05, kMissingShare = 0.05, kClippedShare = 0.0005, kMainsShare = 0.1;
constexpr std::size_t kClippedPlateaus = 3;

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(100 * share))) + " %";
}

/// Samples a second that the quantity needs at least; 0: any.
double least_rate_hz(SignalQuantity quantity) {
  switch (quantity) {
    case SignalQuantity::ecg: return 100;
    case SignalQuantity::emg: return 400;
    case SignalQuantity::acceleration:
    case SignalQuantity::angular_velocity: return 20;
    case SignalQuantity::ppg: return 20;
    case SignalQuantity::force:
    case SignalQuantity::center_of_pressure: return 20;
    default: return 0;
  }
}

/// The longest stretch without a missing sample.
std::span<const double> longest_run(const SignalChannel& channel, std::size_t& missing) {
  std::size_t at = 0, begin = 0, end = 0;
  const auto offer = [&](std::size_t from, std::size_t to) {
    if (to > from && to - from > end - begin) begin = from, end = to;
  };
  for (const auto& gap : channel.missing) {
    offer(at, gap.begin);
    missing += gap.end - gap.begin;
    at = gap.end;
  }
  offer(at, channel.values.size());
  return std::span{channel.values}.subspan(begin, end - begin);
}

class ChannelRemarks {
 public:
  ChannelRemarks(std::vector<SignalFinding>& out, const SignalChannel& channel) : out_(out) {
    name_ = "'" + shown((channel.sensor.empty() ? std::string{} : channel.sensor + " ") + channel.name) + "'";
  }
  void add(const char* code, const std::string& text, const char* remedy) {
    if (out_.size() < kMostFindings) out_.push_back({code, "Channel " + name_ + " " + text, remedy});
  }

 private:
  std::vector<SignalFinding>& out_;
  std::string name_;
};

void check_channel(const SignalChannel& channel, SignalQuantity quantity, Hertz rate,
                   std::vector<SignalFinding>& out) {
  ChannelRemarks remarks{out, channel};
  std::size_t missing = 0;
  const auto run = longest_run(channel, missing);
  const double missing_share = static_cast<double>(missing) / static_cast<double>(channel.values.size());
  if (missing_share > kMissingShare)
    remarks.add("much_missing", "lacks " + percent(missing_share) + " of its samples.",
                "Check the sensor's connection.");
  const auto check = engine::check_signal(run, rate);
  if (!check) return;
  if (check->constant) {
    remarks.add("no_signal", "has the same value throughout.", "Check that the sensor is connected.");
    return;
  }
  if (check->flat_share > kFlatShare)
    remarks.add("flat", "does not change for " + percent(check->flat_share) + " of its time.",
                "Check that the sensor was not detached.");
  if (check->clipped_plateaus >= kClippedPlateaus && check->clipped_share > kClippedShare)
    remarks.add("saturated",
                "reaches the limit of its range " + std::to_string(check->clipped_plateaus) + " times.",
                "Record with a larger range.");
  const bool electrodes = quantity == SignalQuantity::ecg || quantity == SignalQuantity::emg;
  if (electrodes && check->mains_share.value_or(0) > kMainsShare)
    remarks.add("mains_hum",
                "holds mains hum: " + percent(*check->mains_share) + " of its variance lies at " +
                    std::to_string(static_cast<int>(check->mains.value())) + " Hz.",
                "Check the electrodes' contact, and keep away from mains cables.");
}

}  // namespace

std::vector<SignalFinding> quality_findings(const SignalRecording& recording,
                                            const std::vector<std::vector<ChannelMeaning>>& meanings) {
  std::vector<SignalFinding> out;
  for (std::size_t g = 0; g < recording.groups.size() && g < meanings.size(); ++g) {
    const SignalGroup& group = recording.groups[g];
    std::vector<SignalQuantity> told;
    for (std::size_t c = 0; c < group.channels.size() && c < meanings[g].size(); ++c) {
      const SignalQuantity quantity = meanings[g][c].quantity;
      if (group.channels[c].values.empty()) continue;
      const double least = least_rate_hz(quantity);
      if (group.rate.value() < least && std::find(told.begin(), told.end(), quantity) == told.end()) {
        told.push_back(quantity);
        std::string rate;
        append_fixed(rate, group.rate.value(), 1);
        ChannelRemarks{out, group.channels[c]}.add("rate_too_low",
                                                   "has " + rate + " samples a second; " +
                                                       std::string{to_string(quantity)} + " needs " +
                                                       std::to_string(static_cast<int>(least)) + ".",
                                                   "Record at a higher rate.");
      }
      check_channel(group.channels[c], quantity, group.rate, out);
    }
  }
  return out;
}

}  // namespace reprise::sensing
