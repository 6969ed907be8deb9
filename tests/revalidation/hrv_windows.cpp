// SPDX-License-Identifier: Apache-2.0
// Prints heart rate variability as the published references have it. Of annotated beats: windows of five
// minutes, as CSV: from_s, normal (all beats labeled normal, no noise mark), sdnn_ms, rmssd_ms. Time 0 is the
// first beat. Of a list of intervals, STEP_S 0: all measures of the whole list, one a line, none of its
// intervals judged.
//
//   reprise_hrv_windows RECORD RATE_HZ STEP_S
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/heart/heart_rate_variability.h"
#include "engine/heart/rr_intervals.h"
#include "sensing/signals/read_signals.h"
#include "sensing/signals/typed_signals.h"

namespace {

using namespace reprise;

constexpr double kWindowS = 300;

void print_windows(const sensing::SignalRecording& recording, double step_s) {
  const auto beats = sensing::beat_intervals(recording);
  const double first = (beats.front().end - beats.front().interval).value();
  std::vector<double> times = {first};
  std::vector<engine::BeatLabel> labels = {engine::BeatLabel::normal};
  for (const sensing::BeatInterval& beat : beats) {
    times.push_back(beat.end.value());
    labels.push_back(beat.to == "N" ? engine::BeatLabel::normal : engine::BeatLabel::ectopic);
  }
  const auto rr = engine::rr_from_labeled_beats(times, labels);
  if (!rr) return;
  for (double from = 0; first + from + kWindowS <= times.back(); from += step_s) {
    const double to = from + kWindowS;
    std::vector<engine::RrInterval> inside;
    for (const engine::RrInterval& interval : *rr) {
      const double end = interval.end.value() - first;
      if (end >= from && end < to) inside.push_back(interval);
    }
    bool normal = true;
    for (const sensing::SignalAnnotation& mark : recording.annotations) {
      const double t = mark.time.value() - first;
      if (t >= from && t <= to && mark.label != "N") normal = false;
    }
    const auto hrv = engine::hrv_time_domain(engine::nn_intervals(inside));
    if (hrv) {
      std::printf("%g,%d,%.6f,%.6f\n", from, normal ? 1 : 0, hrv->sdnn.value() * 1000,
                  hrv->rmssd.value() * 1000);
    }
  }
}

void print_whole(const sensing::SignalRecording& recording) {
  std::vector<engine::NnInterval> nn;
  for (const sensing::BeatInterval& beat : sensing::beat_intervals(recording)) {
    if (beat.interval > Seconds{0}) nn.push_back({beat.end, beat.interval, false, nn.empty()});
  }
  const auto print = [](const char* name, double value) { std::printf("%s,%.6f\n", name, value); };
  if (const auto t = engine::hrv_time_domain(nn)) {
    print("mean", t->mean_nn.value() * 1000);
    print("sdnn", t->sdnn.value() * 1000);
    print("rmssd", t->rmssd.value() * 1000);
    print("nn50", static_cast<double>(t->nn50));
    print("triangular", t->triangular_index);
  }
  if (const auto f = engine::hrv_frequency_domain(nn)) {
    print("vlf", f->vlf_s2 * 1e6);
    print("lf", f->lf_s2 * 1e6);
    print("hf", f->hf_s2 * 1e6);
    if (f->lf_to_hf) print("lf_hf", *f->lf_to_hf);
  }
  if (const auto n = engine::hrv_nonlinear(nn)) {
    print("sd1", n->sd1.value() * 1000);
    print("sd2", n->sd2.value() * 1000);
    if (n->csi) print("csi", *n->csi);
    if (n->cvi) print("cvi", *n->cvi);
    if (n->sample_entropy) print("sampen", *n->sample_entropy);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  sensing::SignalReadOptions options;
  if (const double rate_hz = std::atof(argv[2]); rate_hz > 0) options.rate = Hertz{rate_hz};
  const auto recording = sensing::read_signals(argv[1], options);
  if (!recording) {
    std::fprintf(stderr, "%s\n", to_string(recording.error()).c_str());
    return 4;
  }
  const double step_s = std::atof(argv[3]);
  if (step_s > 0) {
    print_windows(*recording, step_s);
  } else {
    print_whole(*recording);
  }
  return 0;
}
