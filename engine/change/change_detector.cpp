// SPDX-License-Identifier: Apache-2.0
#include "engine/change/change_detector.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>

#include "engine/signal/fit_line.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr const char* kChangeStage = "watching for changes";
constexpr double kPulledInTo = 4;           // deviations. Unsourced default
constexpr int kLeastAfter = 2;              // groups: one alone may be wild
constexpr int kLeastBeforeLater = 2;        // groups of a later level, since the noise is known
constexpr double kLeastOfTwo = 1.5;         // deviations that at least two groups are off. Unsourced default
constexpr double kBesideSpikes = 2;         // the same, where one alone is a spike. Unsourced default
constexpr double kMedianVariance = 1.5708;  // of a median to that of a mean, of many normal values: pi / 2
constexpr double kProfile = 2.7055;         // quantile 0.9 of chi squared with one degree of freedom
constexpr double kOneSided = 0.95;          // of an interval that holds nine of ten
constexpr std::size_t kLeastForSlope = 5;
constexpr double kBack = 0.5;  // of a change's size: less is no change, or back from one. Unsourced default
constexpr std::size_t kFaded = 5;          // groups that tell whether a change lasted. Unsourced default
constexpr double kCutOff = 0.1;            // of a group's values at each end, at least one. Unsourced default
constexpr std::size_t kMostKnown = 10;     // levels before that are kept. Unsourced default
constexpr std::size_t kMostValues = 1000;  // of a group. Unsourced default
constexpr std::size_t kMostChanges = 1000;  // that are remembered. Unsourced default

double middle_of_groups(std::span<const ValueGroup> groups) {
  std::vector<double> middles;
  for (const ValueGroup& group : groups) middles.push_back(group.middle);
  return exact_median(std::move(middles));
}

// A mean without the outermost values, at least one at each end; of one or two values their mean.
double trimmed_mean(std::vector<double> values) {
  const std::size_t count = values.size();
  const auto share = static_cast<std::size_t>(std::ceil(kCutOff * static_cast<double>(count)));
  const std::size_t cut = std::min(share, (count - 1) / 2);
  std::sort(values.begin(), values.end());
  double sum = 0;
  for (std::size_t i = cut; i + cut < count; ++i) sum += values[i];
  return sum / static_cast<double>(count - 2 * cut);
}

bool is_back_from(const DetectedChange& change, double level) {
  return std::abs(level - change.before) < kBack * std::abs(change.size);
}

bool is_moving_on(std::span<const ValueGroup> groups, double size) {
  if (groups.size() < kLeastForSlope) return false;
  std::vector<double> times;
  std::vector<double> values;
  for (const ValueGroup& group : groups) {
    times.push_back(group.time);
    values.push_back(group.middle);
  }
  const auto line = fit_line(times, values);
  return line && line->slope * size > 0 && std::abs(line->slope) > line->slope_confidence.value_or(INFINITY);
}

tl::unexpected<Error> wrong_value(std::string cause) {
  return fail(ErrorCode::invalid_argument, kChangeStage, std::move(cause),
              "give finite values in order of time, an uncertainty of 0 or more");
}

}  // namespace

struct ChangeDetector::Beginning {
  int after = 0;         // groups at the new level
  double statistic = 0;  // difference by its deviation
  double difference = 0;
  double variance = 0;  // of the difference, in units of a group's
  double confidence = 0;
  int earliest = 0, latest = 0;  // groups at the new level that the data allows, most and fewest
};

ChangeDetector::ChangeDetector(const ChangeOptions& options) : options_(options) {}

bool ChangeDetector::has_baseline() const {
  return later_level_ || static_cast<int>(groups_.size()) >= options_.least_baseline;
}

int ChangeDetector::least_before() const {
  return later_level_ ? kLeastBeforeLater : options_.least_baseline;
}

std::int64_t ChangeDetector::index_of(double time) const {
  return options_.group > 0 ? static_cast<std::int64_t>(std::floor(time / options_.group)) : count_;
}

bool ChangeDetector::is_late(double time) const {
  if (groups_.empty()) return false;
  const ValueGroup& last = groups_.back();
  return options_.group > 0 ? index_of(time) < last.index : time < last.time;
}

Result<std::optional<DetectedChange>> ChangeDetector::add(const DatedValue& value) {
  constexpr double kFarthestTime = 1e9;    // so that groups can be counted
  constexpr double kLargestValue = 1e100;  // so that squares stay finite
  if (!(std::abs(value.value) <= kLargestValue) || !(std::abs(value.time) <= kFarthestTime))
    return wrong_value("a value or its time is not a finite number, or too large to compute with");
  if (value.uncertainty && !(std::isfinite(*value.uncertainty) && *value.uncertainty >= 0))
    return wrong_value("an uncertainty is negative or not finite");
  if (is_late(value.time)) return wrong_value("a value is older than the last one");
  if (!take(value)) return std::optional<DetectedChange>{};
  learn();
  if (static_cast<int>(groups_.size()) < least_before() + 1 || noise_.deviation <= 0)
    return std::optional<DetectedChange>{};
  if (auto found = sure_beginning()) return say(described(*found));
  if (has_faded()) return std::optional<DetectedChange>{};
  return options_.spikes ? spike() : std::optional<DetectedChange>{};
}

// Returns false if the group is full.
bool ChangeDetector::take(const DatedValue& value) {
  const std::int64_t index = index_of(value.time);
  if (groups_.empty() || groups_.back().index != index) {
    groups_.push_back({value.time, index, {}, 0, value.uncertainty.value_or(0)});
    ++count_;
    forget();
  }
  ValueGroup& group = groups_.back();
  if (group.values.size() >= kMostValues) return false;
  group.values.push_back(value.value);
  group.middle = trimmed_mean(group.values);
  if (value.uncertainty)
    group.half_width =
        group.half_width > 0 ? std::min(group.half_width, *value.uncertainty) : *value.uncertainty;
  return true;
}

std::size_t ChangeDetector::most_groups() const {
  return static_cast<std::size_t>(options_.most_baseline) + static_cast<std::size_t>(options_.window);
}

// Keeps the first groups of a level and the last ones.
void ChangeDetector::forget() {
  if (groups_.size() > most_groups()) groups_.erase(groups_.begin() + options_.most_baseline);
}

void ChangeDetector::learn() {
  const int all = static_cast<int>(groups_.size());
  const int known = std::min(options_.most_baseline, std::max(options_.least_baseline, all - options_.guard));
  if (all >= options_.least_baseline && (!later_level_ || all >= options_.least_baseline + options_.guard)) {
    noise_ = change_noise({groups_.data(), static_cast<std::size_t>(known)}, options_.noise);
    return;
  }
  if (!later_level_) return;
  // The level is new, how the person varies is not.
  const int begun = std::min(all, std::max(kLeastBeforeLater, all - options_.guard));
  noise_.level = middle_of_groups({groups_.data(), static_cast<std::size_t>(begun)});
}

double ChangeDetector::pulled_in(const ValueGroup& group) const {
  const double limit = kPulledInTo * noise_.deviation;
  return std::clamp(group.middle - noise_.of_season(group.index) - noise_.level, -limit, limit);
}

std::vector<ChangeDetector::Beginning> ChangeDetector::try_beginnings() const {
  const int all = static_cast<int>(groups_.size());
  const int most = std::min(options_.window, all - least_before());
  std::vector<ChangeSum> before;
  ChangeSum sum{noise_};
  for (int i = 0; i + 1 < all; ++i) {
    sum.add(groups_[static_cast<std::size_t>(i)], pulled_in(groups_[static_cast<std::size_t>(i)]));
    if (i + 1 >= all - most) before.push_back(sum);
  }
  std::vector<Beginning> tried;
  ChangeSum since{noise_};
  for (int after = 1; after <= most; ++after) {
    const ValueGroup& group = groups_[static_cast<std::size_t>(all - after)];
    since.add(group, pulled_in(group));
    const ChangeSum& earlier = before[before.size() - static_cast<std::size_t>(after)];
    Beginning one;
    one.after = after;
    one.difference = since.mean() - earlier.mean();
    one.variance = since.variance() + earlier.variance();
    one.statistic = one.difference / (noise_.deviation * std::sqrt(one.variance));
    tried.push_back(one);
  }
  return tried;
}

std::optional<ChangeDetector::Beginning> ChangeDetector::sure_beginning() const {
  const std::vector<Beginning> tried = try_beginnings();
  Beginning best;
  for (const Beginning& one : tried) {
    if (one.after >= kLeastAfter && std::abs(one.statistic) > std::abs(best.statistic)) best = one;
  }
  if (best.after == 0) return {};
  const double chance = 1 - student_t_central(std::abs(best.statistic), noise_.degrees);
  best.confidence = 1 - std::min(1.0, static_cast<double>(options_.window - 1) * chance);
  if (!(best.confidence >= options_.least_confidence) || !is_large(best)) return {};
  best.earliest = best.latest = best.after;
  for (const Beginning& one : tried) {
    const bool allowed = one.statistic * best.statistic > 0 &&
                         one.statistic * one.statistic >= best.statistic * best.statistic - kProfile;
    if (!allowed) continue;
    best.earliest = std::max(best.earliest, one.after);
    best.latest = std::min(best.latest, one.after);
  }
  return best;
}

// Judged by the values as they are: those pulled in would hide how far a steady person has moved.
bool ChangeDetector::is_large(const Beginning& beginning) const {
  const std::span<const ValueGroup> groups{groups_};
  const auto after = groups.last(static_cast<std::size_t>(beginning.after));
  const double before = middle_of_groups(groups.first(groups.size() - after.size()));
  const double sign = beginning.difference > 0 ? 1 : -1;
  const double least = std::max(options_.least_size, options_.least_deviations * noise_.deviation);
  if (sign * (middle_of_groups(after) - before) < least) return false;
  // One alone may be wild.
  const double least_of_two = (options_.spikes ? kBesideSpikes : kLeastOfTwo) * noise_.deviation;
  const auto is_off = [&](const ValueGroup& group) {
    return sign * pulled_in(group) >= least_of_two && sign * (group.middle - before) >= kBack * least;
  };
  return std::count_if(after.begin(), after.end(), is_off) >= 2;
}

DetectedChange ChangeDetector::described(const Beginning& beginning) const {
  const std::span<const ValueGroup> groups{groups_};
  const auto after = groups.last(static_cast<std::size_t>(beginning.after));
  const auto before = groups.first(groups.size() - after.size());
  DetectedChange change;
  change.before = middle_of_groups(before);
  change.before_count = static_cast<int>(before.size());
  change.after = middle_of_groups(after);
  change.after_count = static_cast<int>(after.size());
  change.size = change.after - change.before;
  change.half_width = student_t_quantile(kOneSided, noise_.degrees) * noise_.deviation *
                      std::sqrt(kMedianVariance * beginning.variance);
  const auto first_of = [&](int count) { return groups[groups.size() - static_cast<std::size_t>(count)]; };
  change.since = first_of(beginning.after).time;
  change.since_earliest = first_of(beginning.earliest + 1).time;
  change.since_latest = first_of(beginning.latest).time;
  change.confidence = beginning.confidence;
  change.said = groups.back().time;
  change.shape = is_moving_on(after, change.size) ? ChangeShape::drift : ChangeShape::step;
  return change;
}

// A change that leads back to the baseline of an earlier one ends that one and all after it, and is not said
// anew: anyone who is back is at no new level.
std::optional<DetectedChange> ChangeDetector::say(const DetectedChange& change) {
  const auto first_after = groups_.end() - change.after_count;
  std::vector<ValueGroup> before{groups_.begin(), first_after};
  groups_.erase(groups_.begin(), first_after);
  later_level_ = true;
  const auto back_from = std::find_if(open_.begin(), open_.end(), [&](const OpenChange& open) {
    return is_back_from(changes_[open.index], change.after);
  });
  if (back_from != open_.end()) {
    end_from(static_cast<std::size_t>(back_from - open_.begin()), change.since);
    return {};
  }
  remember(change);
  open_.push_back({changes_.size() - 1, std::move(before)});
  if (open_.size() > kMostKnown) open_[open_.size() - kMostKnown - 1].before.clear();
  return change;
}

// A few wild days look like a new level until more follow; they were said, and are left out from then on.
bool ChangeDetector::has_faded() {
  if (open_.empty() || groups_.size() < kFaded) return false;
  const DetectedChange& open = changes_[open_.back().index];
  if (!is_back_from(open, middle_of_groups(groups_))) return false;
  const auto first = std::find_if(groups_.begin(), groups_.end() - 1,
                                  [&](const ValueGroup& group) { return is_back_from(open, group.middle); });
  const double ended = first->time;
  groups_.erase(groups_.begin(), first);
  end_from(open_.size() - 1, ended);
  return true;
}

// The level before is the baseline again, with all that is known of it.
void ChangeDetector::end_from(std::size_t open, double since) {
  for (std::size_t i = open; i < open_.size(); ++i) changes_[open_[i].index].ended = since;
  const std::vector<ValueGroup>& before = open_[open].before;
  groups_.insert(groups_.begin(), before.begin(), before.end());
  while (groups_.size() > most_groups()) groups_.erase(groups_.begin() + options_.most_baseline);
  open_.resize(open);
  if (open_.empty() && static_cast<int>(groups_.size()) >= options_.least_baseline) later_level_ = false;
}

void ChangeDetector::remember(const DetectedChange& change) {
  if (changes_.size() >= kMostChanges) {
    changes_.erase(changes_.begin());
    if (!open_.empty() && open_.front().index == 0) open_.erase(open_.begin());
    for (OpenChange& one : open_) --one.index;
  }
  changes_.push_back(change);
}

std::optional<DetectedChange> ChangeDetector::spike() {
  const std::span<const ValueGroup> groups{groups_};
  const ValueGroup& last = groups.back();
  if (spiked_ && last_spike_ == last.index) return {};
  const auto before = groups.first(groups.size() - 1);
  const double off = last.middle - noise_.of_season(last.index) - noise_.level;
  ChangeSum sum{noise_};
  for (const ValueGroup& group : before) sum.add(group, 0);
  const double variance = 1 / noise_.weight(last) + sum.variance();
  const double spread = noise_.deviation * std::sqrt(variance);
  const double confidence = student_t_central(std::abs(off) / spread, noise_.degrees);
  if (!(confidence >= options_.spike_confidence) || std::abs(off) < options_.least_size) return {};
  spiked_ = true;
  last_spike_ = last.index;
  DetectedChange change;
  change.shape = ChangeShape::spike;
  change.before = middle_of_groups(before);
  change.before_count = static_cast<int>(before.size());
  change.after = last.middle;
  change.after_count = 1;
  change.size = change.after - change.before;
  change.half_width = student_t_quantile(kOneSided, noise_.degrees) * spread;
  change.since = change.since_earliest = change.since_latest = change.said = last.time;
  change.confidence = confidence;
  remember(change);
  return change;
}

}  // namespace reprise::engine
