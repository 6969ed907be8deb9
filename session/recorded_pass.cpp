// SPDX-License-Identifier: Apache-2.0
#include "session/recorded_pass.h"

#include <algorithm>
#include <cmath>

#include "engine/inverse_kinematics/body_fit.h"
#include "engine/pose/zero_phase.h"
#include "engine/signal/differentiate.h"
#include "engine/signal/sparc.h"
#include "session/misfit.h"
#include "session/repetition_views.h"

namespace reprise::session {
namespace {

constexpr double kRestShare = 0.05;    // of the excursion: nearer to rest than this, it has not begun
constexpr double kExtremeShare = 0.1;  // nearer to the extreme than this, it is held
constexpr Seconds kSearchAround{0.7};  // how far the live pass's causal boundaries may be off
constexpr Seconds kBeforeHold{5.0};    // rest longer ago than this is no baseline
// As of a limb that is not seen at all: for a value whose deviation none of the ends tells.
constexpr double kAway = -1;
constexpr double kHidden = 0;
constexpr Hertz kMinRateForSpeed{20};
constexpr Seconds kLongHold{1.5};  // longer than this, the hold is left out of the smoothness

struct Window {
  std::size_t start = 0;
  std::size_t extreme = 0;
  std::size_t end = 0;
  std::size_t near_first = 0;  ///< first and last frame near the extreme
  std::size_t near_last = 0;
};

class RepetitionMeasurer {
 public:
  RepetitionMeasurer(const engine::ExerciseDefinition& definition, const Recorded& recorded,
                     const RecordedPassOptions& options)
      : definition_(definition), recorded_(recorded), options_(options) {}

  /// The frames of a repetition; empty where its movement is not found again.
  [[nodiscard]] std::optional<Window> window_of(const engine::Repetition& live, Seconds not_before,
                                                Seconds not_after) const {
    return find_window(live, working_side(live), not_before, not_after);
  }
  [[nodiscard]] std::optional<engine::Facing> facing(const Window& w) const {
    return engine::facing_over(std::span{recorded_.frames}.subspan(w.start, w.end - w.start + 1));
  }

  [[nodiscard]] RecordedRepetition measure(const engine::Repetition& live,
                                           const std::optional<Window>& window,
                                           const std::optional<SeenFrom>& seen) const {
    RecordedRepetition r;
    r.outcome = live.outcome;
    r.side = live.side;
    r.start = live.start;
    r.extreme = live.extreme;
    r.end = live.end;
    if (seen) {
      r.view = seen->view;
      r.view_spread = seen->spread;
    }
    const auto side = working_side(live);
    if (!window) return r;
    r.start = time(window->start);
    r.extreme = time(window->extreme);
    r.end = time(window->end);
    r.tempo = tempo(*window);
    r.figure = figure(window->extreme);
    if (!is_judged_from(definition_, r)) return r;
    r.range = primary_range(*window, side);
    r.ranges = all_ranges(*window);
    if (definition_.kind == engine::Kind::repetitions) measure_speed(*window, side, r);
    r.faults = faults(*window, side, r.view);
    r.quality = quality(r, *window, side);
    return r;
  }

 private:
  [[nodiscard]] Seconds time(std::size_t i) const { return recorded_.frames[i].time; }
  [[nodiscard]] std::optional<engine::SignalValue> primary(std::size_t i,
                                                           std::optional<engine::Side> side) const {
    return engine::primary_value(definition_, recorded_.measures[i], side);
  }
  [[nodiscard]] std::optional<double> progress_at(std::size_t i, std::optional<engine::Side> side) const {
    const auto value = primary(i, side);
    if (!value) return std::nullopt;
    return engine::progress(definition_, value->value);
  }
  [[nodiscard]] std::optional<engine::Side> working_side(const engine::Repetition& live) const {
    return engine::swap_named_and_working(definition_, options_.side ? options_.side : live.side);
  }

  [[nodiscard]] std::optional<Window> find_window(const engine::Repetition& live,
                                                  std::optional<engine::Side> side, Seconds not_before,
                                                  Seconds not_after) const {
    const Seconds from = std::max(not_before, live.start - kSearchAround);
    const Seconds to = std::min(not_after, live.end + kSearchAround);
    std::optional<std::size_t> extreme;
    std::size_t first = recorded_.frames.size();
    std::size_t last = 0;
    for (std::size_t i = 0; i < recorded_.frames.size(); ++i) {
      if (time(i) < from || time(i) > to) continue;
      const auto p = progress_at(i, side);
      if (!p) continue;
      first = std::min(first, i);
      last = i;
      const bool inside = time(i) >= live.start && time(i) <= live.end;
      if (inside && (!extreme || *p > *progress_at(*extreme, side))) extreme = i;
    }
    if (!extreme) return std::nullopt;
    if (definition_.kind == engine::Kind::hold) return hold_window(live, first, last, *extreme);
    Window w;
    w.extreme = *extreme;
    w.start = rest_before(w.extreme, first, side);
    w.end = rest_after(w.extreme, last, side);
    const double peak = *progress_at(w.extreme, side);
    const double rest =
        std::min(progress_at(w.start, side).value_or(peak), progress_at(w.end, side).value_or(peak));
    const double edge = peak - kExtremeShare * (peak - rest);
    w.near_first = w.near_last = w.extreme;
    for (std::size_t i = w.start; i <= w.end; ++i) {
      const auto p = progress_at(i, side);
      if (!p || *p < edge) continue;
      w.near_first = std::min(w.near_first, i);
      w.near_last = std::max(w.near_last, i);
    }
    return w;
  }

  [[nodiscard]] Window hold_window(const engine::Repetition& live, std::size_t first, std::size_t last,
                                   std::size_t extreme) const {
    Window w{first, extreme, last, first, last};
    for (std::size_t i = first; i <= last; ++i) {
      if (time(i) <= live.start) w.start = w.near_first = i;
      if (time(i) <= live.end) w.end = w.near_last = i;
    }
    return w;
  }

  // The last frame before the extreme that is as good as the lowest of the way out; and the first one after
  // it.
  [[nodiscard]] std::size_t rest_before(std::size_t extreme, std::size_t first,
                                        std::optional<engine::Side> side) const {
    const double edge = rest_edge(first, extreme, extreme, side);
    for (std::size_t i = extreme; i > first; --i) {
      const auto p = progress_at(i, side);
      if (p && *p <= edge) return i;
    }
    return first;
  }
  [[nodiscard]] std::size_t rest_after(std::size_t extreme, std::size_t last,
                                       std::optional<engine::Side> side) const {
    const double edge = rest_edge(extreme, last, extreme, side);
    for (std::size_t i = extreme; i < last; ++i) {
      const auto p = progress_at(i, side);
      if (p && *p <= edge) return i;
    }
    return last;
  }
  [[nodiscard]] double rest_edge(std::size_t from, std::size_t to, std::size_t extreme,
                                 std::optional<engine::Side> side) const {
    const double peak = *progress_at(extreme, side);
    double lowest = peak;
    for (std::size_t i = from; i <= to; ++i) lowest = std::min(lowest, progress_at(i, side).value_or(peak));
    return lowest + kRestShare * (peak - lowest);
  }

  // Where no hold is asked for, the way back begins in the middle of the time near the extreme.
  [[nodiscard]] TempoMeasured tempo(const Window& w) const {
    const Seconds first = time(w.near_first);
    const Seconds last = time(w.near_last);
    if (definition_.kind == engine::Kind::hold || definition_.tempo.hold || last - first > kLongHold) {
      return {first - time(w.start), last - first, time(w.end) - last};
    }
    const Seconds middle = 0.5 * (first + last);
    return {middle - time(w.start), Seconds{0}, time(w.end) - middle};
  }

  [[nodiscard]] MeasuredRange primary_range(const Window& w, std::optional<engine::Side> side) const {
    MeasuredRange range{definition_.primary.measure, side, 0, 0, 0, 0};
    bool any = false;
    int count = 0;
    for (std::size_t i = w.start; i <= w.end; ++i) {
      const auto value = primary(i, side);
      if (!value) continue;
      range.min = any ? std::min(range.min, value->value) : value->value;
      range.max = any ? std::max(range.max, value->value) : value->value;
      range.confidence += value->confidence;
      ++count;
      any = true;
    }
    if (count > 0) range.confidence /= count;
    std::vector<engine::Side> sides = {engine::Side::left, engine::Side::right};
    if (side) sides = {*side};
    range.uncertainty = half_width(range.measure, sides, w);
    return range;
  }

  /// Of the value that is known least well at the ends of the range, at rest or at the extreme. Of several
  /// sides that make one value the one that is seen best, which decides it.
  [[nodiscard]] double half_width(engine::Measure measure, std::span<const engine::Side> sides,
                                  const Window& w) const {
    std::optional<double> worst;
    for (const std::size_t i : {w.start, w.extreme, w.end}) {
      std::optional<double> here;
      double seen = 0;
      for (const engine::Side side : sides) {
        const auto& sample = recorded_.measures[i].at(measure, side);
        const auto deviation = recorded_.deviations[i].at(measure, side);
        if (!sample || !deviation || sample->confidence <= seen) continue;
        seen = sample->confidence;
        here = half_width_90(*deviation);
      }
      if (here) worst = std::max(worst.value_or(0), *here);
    }
    return worst ? *worst : half_width_90(calibrated(measure, 0, kAway, kHidden));
  }

  [[nodiscard]] std::vector<MeasuredRange> all_ranges(const Window& w) const {
    std::vector<MeasuredRange> ranges;
    for (const engine::Measure m : reported_measures(definition_)) {
      for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
        if (!engine::info(m).sided && side == engine::Side::right) continue;
        MeasuredRange range{m, engine::info(m).sided ? std::optional{side} : std::nullopt, 0, 0, 0, 0};
        int count = 0;
        for (std::size_t i = w.start; i <= w.end; ++i) {
          const auto& sample = recorded_.measures[i].at(m, side);
          if (!sample) continue;
          range.min = count > 0 ? std::min(range.min, sample->value) : sample->value;
          range.max = count > 0 ? std::max(range.max, sample->value) : sample->value;
          range.confidence += sample->confidence;
          ++count;
        }
        if (count == 0) continue;
        range.confidence /= count;
        range.uncertainty = half_width(m, {&side, 1}, w);
        ranges.push_back(range);
      }
    }
    return ranges;
  }

  void measure_speed(const Window& w, std::optional<engine::Side> side, RecordedRepetition& r) const {
    if (!recorded_.rate || *recorded_.rate < kMinRateForSpeed) return;
    std::vector<double> times_s;
    std::vector<double> values;
    for (std::size_t i = w.start; i <= w.end; ++i) {
      const auto value = primary(i, side);
      if (!value) return;  // a hole in the movement: its speed is not measured
      times_s.push_back(time(i).value());
      values.push_back(value->value);
    }
    const auto speed = engine::differentiate(times_s, values);
    if (!speed) return;
    std::vector<double> magnitude(speed->size());
    std::transform(speed->begin(), speed->end(), magnitude.begin(), [](double v) { return std::abs(v); });
    r.peak_speed = *std::max_element(magnitude.begin(), magnitude.end());

    const bool long_hold = r.tempo.hold > kLongHold;
    const std::size_t out_end = (long_hold ? w.near_first : w.extreme) - w.start;
    const std::size_t back_begin = (long_hold ? w.near_last : w.extreme) - w.start;
    const std::span<const double> all{magnitude};
    const auto out = engine::sparc(all.subspan(0, out_end + 1), *recorded_.rate);
    const auto back = engine::sparc(all.subspan(back_begin), *recorded_.rate);
    if (out && back) r.smoothness_sparc = std::min(*out, *back);
  }

  // Rules that look at change compare with the posture before a hold: the quietest of the last moments before
  // it.
  [[nodiscard]] std::size_t before_hold(std::size_t start, std::optional<engine::Side> side) const {
    std::size_t quietest = start;
    for (std::size_t i = start; i > 0 && time(start) - time(i - 1) < kBeforeHold; --i) {
      const auto p = progress_at(i - 1, side);
      const auto best = progress_at(quietest, side);
      if (p && (!best || *p < *best)) quietest = i - 1;
    }
    return quietest;
  }

  [[nodiscard]] std::vector<engine::Fault> faults(const Window& w, std::optional<engine::Side> side,
                                                  std::optional<engine::View> view) const {
    engine::FormMonitor watch{definition_};
    const bool hold = definition_.kind == engine::Kind::hold;
    watch.begin(recorded_.measures[hold ? before_hold(w.start, side) : w.start], side);
    for (std::size_t i = hold ? w.start : w.start + 1; i <= w.end; ++i) {
      watch.add(recorded_.measures[i], side, i == w.extreme);
    }
    return watch.faults(side, view ? view : recorded_.view);
  }

  [[nodiscard]] engine::Quality quality(const RecordedRepetition& r, const Window& w,
                                        std::optional<engine::Side> side) const {
    engine::QualityInput input;
    input.range_progress =
        definition_.kind == engine::Kind::hold ? 1.0 : progress_at(w.extreme, side).value_or(0);
    if (options_.ceiling) input.ceiling = engine::progress(definition_, *options_.ceiling);
    input.out = r.tempo.out;
    input.hold = r.tempo.hold;
    input.back = r.tempo.back;
    input.sparc = r.smoothness_sparc;
    if (!definition_.form.empty()) input.faults = r.faults;
    return engine::assess_quality(definition_, input);
  }

  [[nodiscard]] std::optional<Figure> figure(std::size_t i) const {
    const auto& pose = recorded_.frames[i].pose;
    if (!pose) return std::nullopt;
    return Figure{recorded_.frames[i].time, pose->world_m, pose->visibility};
  }

  const engine::ExerciseDefinition& definition_;
  const Recorded& recorded_;
  const RecordedPassOptions& options_;
};

}  // namespace

std::optional<engine::Pinhole> usual_pinhole(const Source& source) {
  constexpr double kFocalOfLongSide = 0.785;
  if (source.width_px <= 0 || source.height_px <= 0) return std::nullopt;
  const double width = source.width_px;
  const double height = source.height_px;
  return engine::Pinhole{kFocalOfLongSide * std::max(width, height), width / 2, height / 2};
}

void add_fit_warnings(const Recorded& recorded, std::vector<Warning>& warnings) {
  if (recorded.not_fitted) {
    warnings.push_back({"no_body_fitted",
                        "The body model could not be fitted (" + recorded.not_fitted->cause +
                            "); angles come from the landmarks one by one.",
                        recorded.not_fitted->remedy});
  }
  if (recorded.misfit) warnings.push_back(*recorded.misfit);
}

Recorded record(std::span<const engine::PoseFrame> frames, std::span<const engine::Measure> reported,
                const std::optional<engine::Pinhole>& pinhole, bool network_landmarks,
                const engine::RigRays* rig) {
  Recorded recorded;
  auto fitted = engine::fit_body(
      frames, {.frame = {.pinhole = pinhole}, .network_landmarks = network_landmarks, .rig = rig});
  if (!fitted) {
    recorded.not_fitted = std::move(fitted.error());
    fitted.emplace();
    fitted->frames = engine::smooth_zero_phase(frames);
  } else {
    recorded.shape = fitted->measured;
  }
  recorded.misfit = misfit_warning(*fitted);
  recorded.deviations = measure_deviations(*fitted, reported);
  recorded.frames = std::move(fitted->frames);
  recorded.states = std::move(fitted->states);
  recorded.rate = engine::median_rate(frames);
  recorded.measures.reserve(frames.size());
  for (const engine::PoseFrame& frame : recorded.frames) {
    recorded.measures.push_back(frame.pose ? engine::MeasureSet{*frame.pose} : engine::MeasureSet{});
  }
  recorded.facing = engine::facing_over(recorded.frames);
  if (recorded.facing) recorded.view = engine::classify(recorded.facing->azimuth);
  return recorded;
}

std::vector<RecordedRepetition> measure_repetitions(const engine::ExerciseDefinition& definition,
                                                    const Recorded& recorded,
                                                    std::span<const engine::Repetition> live,
                                                    const RecordedPassOptions& options) {
  const RepetitionMeasurer measurer{definition, recorded, options};
  std::vector<std::optional<Window>> windows;
  std::vector<std::optional<engine::Facing>> facings;
  for (std::size_t i = 0; i < live.size(); ++i) {
    const Seconds not_before = i > 0 ? live[i - 1].extreme : Seconds{-1};
    const Seconds not_after = i + 1 < live.size() ? live[i + 1].extreme : live[i].end + kSearchAround;
    windows.push_back(measurer.window_of(live[i], not_before, not_after));
    facings.push_back(windows[i] ? measurer.facing(*windows[i]) : std::nullopt);
  }
  const auto seen = seen_from(facings, recorded.facing);
  std::vector<RecordedRepetition> out;
  for (std::size_t i = 0; i < live.size(); ++i) out.push_back(measurer.measure(live[i], windows[i], seen[i]));
  return out;
}

std::vector<engine::Measure> reported_measures(const engine::ExerciseDefinition& definition) {
  std::vector<engine::Measure> measures = {definition.primary.measure};
  for (const engine::FormRule& rule : definition.form) {
    if (std::find(measures.begin(), measures.end(), rule.signal.measure) == measures.end()) {
      measures.push_back(rule.signal.measure);
    }
  }
  return measures;
}

}  // namespace reprise::session
