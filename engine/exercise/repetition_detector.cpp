// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/repetition_detector.h"

#include <algorithm>

namespace reprise::engine {
namespace {

// One sample (`step`):
//
// 1. Without a value: after `longest_gap` abandon the excursion under way, and forget the rest.
// 2. The first value, or the first after a gap, is the new rest.
// 3. Otherwise the phase decides.
//
//   rest --started--> out --turned--> back --returned--> settling --ended--> rest
//
//   Phase     Condition, in this order                             Event         Next phase
//   rest      above the lowest by max(noise, min_size / 4)         started       out
//   out       too small for kFalseStart, or over `longest`         abandoned     rest
//             back from the peak by turn()                         turned        back
//   back      over `longest`                                       abandoned     rest
//             beyond the peak                                      none          out
//             back by kReturnShare, too quick (too_quick())        too_quick*    rest
//             back by kReturnShare, smaller than `min_size`        too_small     rest
//             back by kReturnShare                                 returned      settling
//             outwards by turn() after kBounceShare, large enough  ended         rest
//   settling  at rest, outwards again, or over kSettling           ended         rest
//
//   * abandoned in less than kGlitch

// Shares of the excursion, tuned on generated movements and public clips (docs/accuracy.md, "Counting").
constexpr double kTurnShare = 0.2;      // coming back by this much is a turn
constexpr double kReturnShare = 0.65;   // coming back by this much counts
constexpr double kBounceShare = 0.5;    // turning outwards again after this much begins the next one
constexpr double kRestShare = 0.1;      // nearer to the start than this is rest
constexpr double kCutStart = 0.25;      // an excursion that begins farther out was already under way
constexpr Seconds kRestDriftTime{4.0};  // rest may drift over this time without being a movement
constexpr Seconds kSettling{1.5};       // after this the end is the lowest moment
constexpr Seconds kStartsAtOnce{0.4};
constexpr Seconds kStillFor{0.3};       // no farther for this long: the extreme. Unsourced default
constexpr double kFartherNoises = 0.5;  // the least advance; once still, kFartherAgainNoises
constexpr double kFartherAgainNoises = 1.0;
constexpr Seconds kGlitch{0.25};        // quicker than any person. Unsourced default
constexpr double kQuickestShare = 0.5;  // of `shortest`: quicker never counts. Unsourced default
constexpr int kQuickMoments = 6;        // fewer show no movement there and back. Unsourced default
constexpr int kCountedForTempo = 2;     // one may be another movement. Unsourced default
constexpr double kSameTempo = 0.7;      // of the last counted one's way there, and of its size
constexpr Seconds kFalseStart{3.0};     // still too small after this: a change of stance

}  // namespace

double RepetitionDetector::size() const {
  return peak_.value - (cut_start_ ? 0.0 : left_.value);
}

double RepetitionDetector::turn() const {
  return std::max(options_.noise, kTurnShare * size());
}

// Once some have counted, one like them may be quicker than `shortest`: the tempo is this person's.
bool RepetitionDetector::too_quick(Seconds took) const {
  if (took >= options_.shortest) return false;
  if (took < std::max(kGlitch, kQuickestShare * options_.shortest) || moments_ < kQuickMoments) return true;
  return counted_ < kCountedForTempo || size() < kSameTempo * usual_.size() ||
         peak_.time - left_.time < kSameTempo * (usual_.extreme - usual_.start);
}

void RepetitionDetector::expect(const Excursion& counted) {
  usual_ = counted;
  ++counted_;
}

MovementPart RepetitionDetector::part() const {
  switch (phase_) {
    case Phase::rest: return MovementPart::rest;
    case Phase::out:
      return last_seen_ - advance_.time > kStillFor ? MovementPart::extreme : MovementPart::out;
    case Phase::back:
    case Phase::settling: return MovementPart::back;
  }
  return MovementPart::rest;
}

DetectorEvent RepetitionDetector::step(Seconds time, std::optional<double> progress) {
  new_extreme_ = false;
  if (!progress) {
    if (!begun_seeing_ || time - last_seen_ <= options_.longest_gap) return DetectorEvent::none;
    begun_seeing_ = false;
    const bool lost = under_way();
    phase_ = Phase::rest;
    recent_.clear();
    return lost ? DetectorEvent::abandoned : DetectorEvent::none;
  }
  const Point p{time, *progress};
  const bool long_gap = begun_seeing_ && time - last_seen_ > options_.longest_gap;
  if (!begun_seeing_ || long_gap) {
    const bool lost = long_gap && under_way();
    begun_seeing_ = true;
    seen_since_ = time;
    last_seen_ = time;
    rest_from(p);
    return lost ? DetectorEvent::abandoned : DetectorEvent::none;
  }
  last_seen_ = time;
  ++moments_;
  switch (phase_) {
    case Phase::rest: return at_rest(p);
    case Phase::out: return going_out(p);
    case Phase::back: return coming_back(p);
    case Phase::settling: return settling(p);
  }
  return DetectorEvent::none;
}

DetectorEvent RepetitionDetector::at_rest(Point p) {
  recent_.push_back(p);
  while (p.time - recent_.front().time > kRestDriftTime) recent_.pop_front();
  const auto lowest = std::min_element(recent_.begin(), recent_.end(),
                                       [](const Point& a, const Point& b) { return a.value < b.value; });
  if (p.value - lowest->value < std::max(options_.noise, 0.25 * options_.min_size))
    return DetectorEvent::none;
  begin(p);
  return DetectorEvent::started;
}

void RepetitionDetector::begin(Point p) {
  const auto lowest = std::min_element(recent_.begin(), recent_.end(),
                                       [](const Point& a, const Point& b) { return a.value < b.value; });
  // It left rest at the last moment that was about as low as the lowest.
  const double floor = lowest->value + options_.noise / 2;
  left_ = *lowest;
  for (const Point& q : recent_) {
    if (q.value <= floor) left_ = Point{q.time, std::min(left_.value, q.value)};
  }
  cut_start_ = left_.value > kCutStart && left_.time - seen_since_ < kStartsAtOnce;
  phase_ = Phase::out;
  moments_ = 1 + static_cast<int>(std::count_if(recent_.begin(), recent_.end(),
                                                [&](const Point& q) { return q.time > left_.time; }));
  peak_ = low_ = left_;
  advance_ = p;
  near_peak_.clear();
  extend_peak(p);
  recent_.clear();
}

void RepetitionDetector::extend_peak(Point p) {
  near_peak_.push_back(p);
  if (p.value <= peak_.value) return;
  peak_ = low_ = p;
  new_extreme_ = true;
  const bool still = p.time - advance_.time > kStillFor;
  const double farther = (still ? kFartherAgainNoises : kFartherNoises) * options_.noise;
  if (p.value > advance_.value + farther) advance_ = p;
  const double edge = peak_.value - kRestShare * size();
  near_peak_.erase(
      std::remove_if(near_peak_.begin(), near_peak_.end(), [&](const Point& q) { return q.value < edge; }),
      near_peak_.end());
}

DetectorEvent RepetitionDetector::going_out(Point p) {
  extend_peak(p);
  const Seconds since = p.time - left_.time;
  if (size() < options_.min_size && since > kFalseStart) {
    rest_from(p);
    return DetectorEvent::abandoned;
  }
  if (since > options_.longest) {
    rest_from(p);
    return DetectorEvent::abandoned;
  }
  if (peak_.value - p.value < turn()) return DetectorEvent::none;
  phase_ = Phase::back;
  low_ = p;
  return DetectorEvent::turned;
}

DetectorEvent RepetitionDetector::coming_back(Point p) {
  if (p.time - left_.time > options_.longest) {
    rest_from(p);
    return DetectorEvent::abandoned;
  }
  if (p.value > peak_.value) {  // not over: it goes farther
    phase_ = Phase::out;
    extend_peak(p);
    return DetectorEvent::none;
  }
  near_peak_.push_back(p);
  if (p.value < low_.value) low_ = p;
  const double back = peak_.value - low_.value;
  if (back >= kReturnShare * size()) {
    const Seconds took = p.time - left_.time;
    const bool quick = too_quick(took);
    if (quick || size() < options_.min_size) {
      ended_ = excursion();
      rest_from(low_);
      recent_.push_back(p);
      if (!quick) return DetectorEvent::too_small;
      return took < kGlitch ? DetectorEvent::abandoned : DetectorEvent::too_quick;
    }
    phase_ = Phase::settling;
    settling_since_ = p.time;
    return DetectorEvent::returned;
  }
  const bool again = p.value - low_.value >= turn();
  if (again && back >= kBounceShare * size() && size() >= options_.min_size) return end_at(low_, p);
  return DetectorEvent::none;
}

DetectorEvent RepetitionDetector::settling(Point p) {
  if (p.value < low_.value) low_ = p;
  const double rest = cut_start_ ? 0.0 : left_.value;
  const bool at_rest = low_.value <= rest + kRestShare * size();
  const bool again = p.value - low_.value >= std::max(options_.noise, 0.25 * options_.min_size);
  if (at_rest || again || p.time - settling_since_ > kSettling) return end_at(low_, p);
  return DetectorEvent::none;
}

DetectorEvent RepetitionDetector::end_at(Point end, Point now) {
  low_ = end;
  ended_ = excursion();
  rest_from(end);
  if (now.time > end.time) recent_.push_back(now);
  return DetectorEvent::ended;
}

void RepetitionDetector::rest_from(Point p) {
  phase_ = Phase::rest;
  recent_.assign(1, p);
}

Excursion RepetitionDetector::excursion() const {
  if (phase_ == Phase::rest && ended_) return *ended_;
  Excursion e;
  e.start = left_.time;
  e.extreme = peak_.time;
  e.end = low_.time > peak_.time ? low_.time : last_seen_;
  e.from = left_.value;
  e.peak = peak_.value;
  e.to = low_.value;
  e.cut_start = cut_start_;
  const double edge = peak_.value - kRestShare * size();
  Seconds first = peak_.time;
  Seconds last = peak_.time;
  for (const Point& q : near_peak_) {
    if (q.value < edge) continue;
    first = std::min(first, q.time);
    last = std::max(last, q.time);
  }
  e.at_extreme = last - first;
  return e;
}

}  // namespace reprise::engine
