#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/exercise/coach.h"
#include "engine/exercise/quality.h"

namespace reprise {

// What one recorded exercise became: the value that the report, the files and later the record are made from.
// Written as session.json (session/document_json.h, docs/session-document.md). Angles are radians here,
// degrees in the file.

inline constexpr int kSessionDocumentVersion = 1;

enum class SourceKind : std::uint8_t {
  video,
  landmarks,  ///< somebody else's pose estimate, read from a file
  simulated,  ///< made by the body model; never to be mistaken for a person
};

struct Source {
  SourceKind kind = SourceKind::video;
  std::string name;  ///< file name without its folder
  int width_px = 0;  ///< 0 where there are no pictures
  int height_px = 0;
  Seconds duration{0};
  std::optional<Hertz> frame_rate;  ///< median over the file's own timestamps; empty for fewer than 2 frames
  std::string recorded_at;          ///< "2024-05-03T10:12:30Z", as the file says; empty where it does not
  std::string sha256;               ///< of the file's bytes; empty where there was no file
  std::string options;  ///< those that change the result, as typed: "--side left --ceiling 90"; may be empty
};

/// A network or other model that took part.
struct ModelUsed {
  std::string name;
  std::string sha256;
};

struct FrameCounts {
  int total = 0;
  int with_person = 0;
  int reacquired = 0;   ///< times the person was lost and found again
  int most_people = 0;  ///< most that any one look at the whole picture saw
};

/// Mean visibility, 0 to 1, of a landmark over the frames with a person.
struct LandmarkVisibility {
  Landmark landmark;
  double mean = 0;
};

/// A measure over time, zero-phase filtered. One value a frame, empty where it was not measured.
struct MeasureSeries {
  Measure measure;
  std::optional<Side> side;                   ///< empty for midline measures
  std::vector<std::optional<double>> values;  ///< rad or ratio
  double mean_confidence = 0;
};

/// What a measure did within one repetition.
struct MeasuredRange {
  Measure measure;
  std::optional<Side> side;
  double min = 0;  ///< rad or ratio
  double max = 0;
  double uncertainty = 0;  ///< half width, same unit; docs/accuracy.md says where it comes from
  double confidence = 0;
};

struct TempoMeasured {
  Seconds out{0};
  Seconds hold{0};
  Seconds back{0};
};

/// The figure of one instant, for drawing.
struct Figure {
  Seconds time;
  PerLandmark<Vec3<Camera>> world_m;
  PerLandmark<double> visibility;
};

/// One repetition as the recorded pass measured it; that it counted was decided by the live pass.
struct RecordedRepetition {
  Outcome outcome = Outcome::complete;
  std::optional<Side> side;
  Seconds start;
  Seconds extreme;
  Seconds end;
  /// Of the primary measure (both sides combined as the exercise says). Empty where the view does not allow
  /// it.
  std::optional<MeasuredRange> range;
  std::vector<MeasuredRange> ranges;  ///< of all measures that could be measured
  TempoMeasured tempo;
  std::optional<double> smoothness_sparc;  ///< empty below 20 frames a second
  std::optional<double> peak_speed;        ///< of the primary measure, rad/s or 1/s
  std::vector<Fault> faults;
  Quality quality;
  std::optional<Figure> figure;  ///< at the extreme
};

/// The same measure on both sides, means over the complete repetitions of each side.
struct SymmetryRow {
  Measure measure;
  double left = 0;  ///< rad or ratio
  double right = 0;
  double difference_percent = 0;  ///< of the larger side; positive: left is larger
};

/// What a reader should know before believing a number.
struct Warning {
  std::string code;    ///< stable, e.g. "other_view"
  std::string text;    ///< plain words
  std::string remedy;  ///< what to change next time; may be empty
};

struct Summary {
  int repetitions_complete = 0;
  int repetitions_partial = 0;
  int repetitions_open = 0;
  int other_movements = 0;                  ///< movements that were seen but are not this exercise
  std::optional<double> mean_quality;       ///< of the complete ones
  std::optional<MeasuredRange> best_range;  ///< of the complete ones; stays empty where a ceiling is set
  std::vector<SymmetryRow> symmetry;
};

struct ExerciseFacts {
  std::string id;
  int version = 1;
  std::string name;                       ///< in the report's language
  std::string review_status;              ///< "not clinically reviewed" until a named professional signed
  std::vector<std::string> not_measured;  ///< what this exercise and one camera cannot show, plain words
  std::vector<std::pair<std::string, std::string>> rule_words;  ///< form rule id -> its words
  std::vector<View> views;                                      ///< from where it is judged
};

struct SessionDocument {
  std::string engine_version;
  Source source;
  std::vector<ModelUsed> models;
  ExerciseFacts exercise;
  ExerciseDefinition definition;  ///< as used, so that a target in the report is the target that was judged
  Prescribed prescribed_side;
  std::optional<double> ceiling;  ///< rad or ratio, the stricter of catalog and programme
  FrameCounts frames;
  std::vector<LandmarkVisibility> visibility;
  std::optional<View> view;
  std::vector<Seconds> times;  ///< one a frame
  std::vector<MeasureSeries> series;
  std::vector<RecordedRepetition> repetitions;
  std::vector<CoachEvent> events;  ///< what the live coach said, in order
  Summary summary;
  std::vector<Warning> warnings;
};

}  // namespace reprise
