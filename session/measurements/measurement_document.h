// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/document.h"
#include "session/measurements/device_used.h"
#include "session/measurements/signal_measure.h"

namespace reprise::session {

// What sensors or a camera measured, whichever they are: values, events and plots, so that report, files and
// record show a new kind of measurement without learning its name (adr/0032). Written as measurement.json
// (session/measurements/measurement_json.h). Values are in the engine's units here (meters, seconds, radians,
// volts, shares of 1), in those of `info(measure)` in the file.

inline constexpr int kMeasurementVersion = 1;

enum class MeasurementKind : std::uint8_t {
  gait,
  daily_walking,  ///< walking and wear over days
  sit_to_stand,
  timed_up_and_go,
  walk_test,
  balance,
  muscle,
  heart,
  endurance,
  balance_programme,
  range_of_motion,
  function_test,  ///< other than those with a kind of their own
  posture,        ///< in photos
  work_load,      ///< of postures at work in a clip, or of a lift
};
inline constexpr std::array<std::string_view, 14> kMeasurementKindNames = {
    "gait",    "daily_walking", "sit_to_stand", "timed_up_and_go",   "walk_test",       "balance",
    "muscle",  "heart",         "endurance",    "balance_programme", "range_of_motion", "function_test",
    "posture", "work_load"};

[[nodiscard]] constexpr std::string_view name(MeasurementKind kind) {
  return kMeasurementKindNames[static_cast<std::size_t>(kind)];
}

enum class SignalSourceKind : std::uint8_t {
  sensors,
  simulated,  ///< virtual sensors or a drawn person; never mistaken for a person
  camera,
  entered,  ///< read off by a person: a goniometer, a stopwatch, a tape
};

struct SignalSource {
  SignalSourceKind kind = SignalSourceKind::sensors;
  std::vector<std::string> files;  ///< names without their folders; empty: measured live
  std::string sha256;              ///< of the first file's bytes; empty where there was no file
  std::string recorded_at;         ///< "2024-05-03T10:12:30Z", as the file says; empty where it does not
  std::string options;             ///< those that change the result, as typed; may be empty
  Seconds duration{0};
};

/// A sensor or channel that was measured with.
struct SensorUsed {
  std::string position;  ///< where it was worn or what it recorded: "left_foot", "force_plate", "ecg"
  std::string channels;  ///< as the file names them
  Hertz rate{1};
  Seconds measured{0};  ///< without gaps
};

/// The part of values that were measured live: of whatever the person did, so they compare with each other
/// only.
inline constexpr std::string_view kLivePart = "live";

/// What a value is held against: a group of people, as a source gives it. Never a diagnosis.
struct Reference {
  std::optional<double> low = std::nullopt;   ///< the least that is within, in the value's unit; empty: none
  std::optional<double> high = std::nullopt;  ///< the most that is within
  std::string population;                     ///< whom it holds for, plain words: "women of 70 to 74 years"
  std::string source;                         ///< its row in docs/sources.md, "FT1", or "unsourced default"
  std::optional<double> mean = std::nullopt;  ///< of these people; always there where there is no limit
};

struct MeasuredValue {
  SignalMeasure measure;
  std::optional<Side> side;
  std::string part;  ///< of several, e.g. a muscle or "eyes_closed"; empty for the whole
  double value = 0;
  /// Half width of the interval that holds nine of ten, same unit: of the method and of the spread over
  /// `count`. Empty: not known.
  std::optional<double> uncertainty;
  std::optional<double> spread;  ///< standard deviation over `count`, same unit
  int count = 0;                 ///< strides, windows, … it is the mean over; 0: one value of the whole
  bool primary = false;          ///< of the few that are shown first
  /// A person rated it, or read it off and typed it in: no device of ours measured it.
  bool entered = false;
  /// The kind of the device that sent it, one of the document's; empty: the engine measured it.
  std::optional<DeviceKind> device = std::nullopt;
  std::optional<Reference> reference = std::nullopt;
};

/// Where a value lies. `unsure`: a limit lies within the value's uncertainty; `mean_only`: the source gives
/// no limits.
enum class AgainstReference : std::uint8_t { below, within, above, unsure, mean_only };
inline constexpr std::array<std::string_view, 5> kAgainstReferenceNames = {"below", "within", "above",
                                                                           "unsure", "mean_only"};

/// Compares a value with its reference; empty: it has none.
[[nodiscard]] std::optional<AgainstReference> against_reference(const MeasuredValue& value);

/// One stride, repetition, contraction, window.
struct MeasuredEvent {
  Seconds start{0};
  Seconds end{0};
  std::optional<Side> side;
  std::string part;                           ///< as in MeasuredValue
  std::string note;                           ///< why it does not count, e.g. "turn"; empty: it does
  std::vector<std::optional<double>> values;  ///< one for each column
};

struct EventTable {
  std::string events;  ///< "strides", "repetitions", "contractions", "windows", "bouts", "phases", "holds"
  std::vector<SignalMeasure> columns;
  std::vector<MeasuredEvent> rows;
};

/// A line of a plot: at most kPlotPoints points. Over time, x rises.
struct PlotLine {
  std::string name;
  std::optional<Side> side;
  std::vector<double> x;
  std::vector<double> y;
  bool breaks_allowed = false;  ///< where x steps by much more than usual, nothing was measured
};

struct PlotMark {
  std::string name;  ///< "initial_contact", "onset", "beat"
  double x = 0;
  double y = 0;
  std::optional<Side> side;
};

struct PlotSpan {
  std::string name;  ///< "turn", "contraction", "phase.rise"
  double from = 0;
  double to = 0;
};

/// What a group of people showed, behind the lines: from low to high at each x.
struct PlotBand {
  std::string of;      ///< whom, at what speed, and which part of them, in plain words
  std::string source;  ///< its row of docs/sources.md
  std::vector<double> x;
  std::vector<double> low;
  std::vector<double> high;
};

struct SignalPlot {
  std::string name;    ///< "foot_angular_velocity", "sway_path", "tachogram": its title in the translations
  std::string x_unit;  ///< "s", "mm"
  std::string y_unit;
  bool over_time = true;  ///< else a path: x and y on one scale
  std::vector<PlotLine> lines;
  std::vector<PlotMark> marks;
  std::vector<PlotSpan> spans;
  std::string part = {};  ///< as in MeasuredValue
  std::vector<PlotBand> bands = {};
};

inline constexpr std::size_t kPlotPoints = 4000;

/// A deviation from how people usually move that the measurement shows, never a diagnosis.
struct Finding {
  std::string code;          ///< stable, e.g. "stiff_knee"
  std::optional<Side> side;  ///< empty: the body
  std::string text;          ///< plain words
  std::string evidence;      ///< the measured values behind it, with their ±
  std::string limit;         ///< from which value on it counts, and the source, or "unsourced default"
  bool certain = false;      ///< the entire interval of nine of ten lies beyond the limit
};

struct MeasurementDocument {
  std::string engine_version;
  MeasurementKind kind = MeasurementKind::gait;
  std::string method;       ///< how it was measured, plain words
  std::string method_code;  ///< code_of(MeasurementMethod); empty: has none, as older documents
  SignalSource source;
  std::vector<SensorUsed> sensors;
  std::vector<DeviceUsed> devices;  ///< that sent values of their own; of each kind at most one
  std::vector<MeasuredValue> values;
  std::vector<EventTable> tables;
  std::vector<SignalPlot> plots;
  std::vector<Warning> warnings;
  std::vector<Finding> findings;
  std::vector<std::string> not_measured;  ///< what these sensors cannot show, plain words
};

/// A line of samples at an even rate, thinned to kPlotPoints: of each column its lowest and highest sample.
[[nodiscard]] PlotLine plot_line(std::string name, std::optional<Side> side, Seconds start, Hertz rate,
                                 const std::vector<double>& values);

/// The document's devices, or where it has none each of its sensors as one.
[[nodiscard]] std::vector<DeviceUsed> all_devices(const MeasurementDocument& document);

/// The value of a measure; null where it was not measured.
[[nodiscard]] const MeasuredValue* find_value(const MeasurementDocument& document, SignalMeasure measure,
                                              std::optional<Side> side = std::nullopt);

}  // namespace reprise::session
