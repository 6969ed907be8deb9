// SPDX-License-Identifier: Apache-2.0
#include "session/sanitize.h"

#include <algorithm>
#include <cmath>

namespace reprise::session {
namespace {

bool finite(const MeasuredRange& r) {
  return std::isfinite(r.min) && std::isfinite(r.max) && std::isfinite(r.uncertainty) &&
         std::isfinite(r.confidence);
}
bool finite(const SymmetryRow& s) {
  return std::isfinite(s.left) && std::isfinite(s.right) && std::isfinite(s.difference_percent);
}
bool finite(const Figure& f) {
  return std::isfinite(f.time.value()) &&
         std::all_of(f.world_m.begin(), f.world_m.end(), [](const auto& p) { return p.v.allFinite(); }) &&
         std::all_of(f.visibility.begin(), f.visibility.end(), [](double v) { return std::isfinite(v); });
}
bool finite(double value) {
  return std::isfinite(value);
}

template <class T>
void keep_finite(std::optional<T>& value) {
  if (value && !finite(*value)) value.reset();
}
template <class T>
void keep_finite(std::vector<T>& values) {
  values.erase(std::remove_if(values.begin(), values.end(), [](const T& v) { return !finite(v); }),
               values.end());
}

void clean(RecordedRepetition& r) {
  keep_finite(r.range);
  keep_finite(r.ranges);
  keep_finite(r.smoothness_sparc);
  keep_finite(r.peak_speed);
  keep_finite(r.figure);
  keep_finite(r.quality.score);
  for (engine::QualityPart& part : r.quality.parts) keep_finite(part.points);
  const TempoMeasured& t = r.tempo;
  if (!finite(t.out.value()) || !finite(t.hold.value()) || !finite(t.back.value())) r.tempo = {};
}

}  // namespace

SessionDocument sanitize(SessionDocument d) {
  if (d.source.frame_rate && !finite(d.source.frame_rate->value())) d.source.frame_rate.reset();
  keep_finite(d.exercise.ceiling);
  keep_finite(d.exercise.summary.mean_quality);
  keep_finite(d.exercise.summary.best_range);
  keep_finite(d.exercise.summary.symmetry);
  d.exercise.visibility.erase(std::remove_if(d.exercise.visibility.begin(), d.exercise.visibility.end(),
                                             [](const LandmarkVisibility& v) { return !finite(v.mean); }),
                              d.exercise.visibility.end());
  for (MeasureSeries& series : d.exercise.series) {
    if (!finite(series.mean_confidence)) series.mean_confidence = 0;
    for (auto& value : series.values) keep_finite(value);
  }
  for (RecordedRepetition& r : d.exercise.repetitions) clean(r);
  return d;
}

}  // namespace reprise::session
