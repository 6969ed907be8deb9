// SPDX-License-Identifier: Apache-2.0
#include "wasm/filmed_clips.h"

#include <array>
#include <cmath>

#include "engine/pose/zero_phase.h"
#include "json/reader.h"
#include "json/write.h"
#include "session/assessments/work_answers_json.h"
#include "session/assessments/work_answers_text.h"
#include "session/measurements/filmed_test.h"
#include "wasm/measured_result.h"
#include "wasm/work_load_result.h"

namespace reprise::wasm {
namespace {

constexpr const char* kReading = "reading a clip";
constexpr int kYoungestReferenceYears = 2;
constexpr int kOldestReferenceYears = 120;
constexpr double kLeastHeightCm = 80;
constexpr double kMostHeightCm = 250;
constexpr double kLeastBeltMps = 0.05;
constexpr double kMostBeltMps = 5;
constexpr double kLongestClipS = 1800;
constexpr std::array<std::string_view, 2> kLegWords = {"left", "right"};
constexpr std::array<std::string_view, engine::kWorkMethodCount> kWorkMethodWords = {"rula", "reba", "owas"};
constexpr std::array<std::string_view, 2> kReferenceSexWords = {"female", "male"};

/// Of every request.
struct Recorded {
  std::string at;  ///< with its zone
  bool simulated = false;
};

Recorded read_recorded(json::Reader& input) {
  return {input.text("startedAt"), input.truth("simulated")};
}

std::optional<double> number_within(json::Reader& input, std::string_view field, double least, double most,
                                    const char* wanted) {
  const auto number = input.number_or_null(field);
  if (number && !(*number >= least && *number <= most)) input.refuse(field, wanted);
  return number;
}

std::optional<Meters> read_height(json::Reader& input) {
  constexpr double kCmPerM = 100;
  const auto cm = number_within(input, "height_cm", kLeastHeightCm, kMostHeightCm, "80 to 250 cm");
  return cm ? std::optional{Meters{*cm / kCmPerM}} : std::nullopt;
}

session::TestedPerson read_person(json::Reader& input) {
  session::TestedPerson person;
  person.age_years = input.whole_or_null("age", kYoungestReferenceYears, kOldestReferenceYears);
  if (const auto sex = input.choice_or_null("sex", kReferenceSexWords))
    person.sex = *sex == 0 ? session::ReferenceSex::female : session::ReferenceSex::male;
  return person;
}

Result<engine::WorkAnswers> read_answers(json::Reader& input) {
  const json::Json* answers = input.value("answers");
  return session::parse_work_answers(answers != nullptr ? json::write(*answers) : "{}");
}

session::FilmedClip filmed_clip(std::span<const engine::PoseFrame> frames, const SetFacts& facts,
                                const Recorded& recorded) {
  session::FilmedClip clip;
  clip.source = facts.source;
  clip.source.recorded_at = recorded.at;
  if (recorded.simulated) clip.source.kind = session::SourceKind::simulated;
  clip.source.duration = frames.back().time - frames.front().time;
  clip.source.frame_rate = engine::median_rate(frames);
  clip.models = facts.models;
  clip.frames.reacquired = facts.reacquired;
  clip.frames.most_people = facts.most_people;
  clip.landmarks = frames;
  return clip;
}

}  // namespace

Result<std::string> exercise_of_test(std::string_view test) {
  const auto known = session::function_test_from_name(test);
  if (!known || !session::is_measured_by(*known, session::FunctionMethod::camera)) {
    return fail(ErrorCode::invalid_argument, "choosing a test of function",
                "no test by camera is called '" + std::string{test} + "'",
                "take one of those that reprise.d.mts lists");
  }
  return std::string{session::exercise_of(*known)};
}

Result<void> FilmedClips::step(Seconds time, Seen seen) {
  if (!std::isfinite(time.value())) {
    return fail(ErrorCode::invalid_argument, kReading, "the time of a frame is not a finite number",
                "give the seconds since the start of the clip");
  }
  if (!frames_.empty() && !(time > frames_.back().time)) return {};
  std::size_t all = frames_.size();
  for (const Clip& clip : clips_) all += clip.frames.size();
  if (all >= kMostSetFrames) {
    return fail(ErrorCode::unsupported, kReading, "the clips have too many pictures together",
                "take fewer or shorter ones: half an hour at most");
  }
  frames_.push_back({time, pose_from(next_, seen)});
  return {};
}

void FilmedClips::end_clip(const SetFacts& facts) {
  fitted_.reset();
  if (!frames_.empty()) clips_.push_back({std::move(frames_), facts});
  frames_ = {};
}

Result<std::string> FilmedClips::function_test(std::string_view request,
                                               const exercises::CatalogExercise* exercise) const {
  json::Document page{request, "measuring a test of function by camera"};
  json::Reader input = page.root();
  session::FunctionTestOptions options;
  if (const auto test = session::function_test_from_name(input.text("test"))) {
    options.test = *test;
  } else {
    input.refuse("test", "the name of a test");
  }
  const Recorded recorded = read_recorded(input);
  const auto side = input.choice_or_null("side", kLegWords);
  options.body_height = read_height(input);
  options.person = read_person(input);
  if (const auto start = number_within(input, "start_s", 0, kLongestClipS, "0 to 1800 s"))
    options.start = Seconds{*start};
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  if (clips_.empty()) {
    return fail(ErrorCode::nothing_measured, kReading, "there is no clip", "film the test first");
  }
  const Clip& last = clips_.back();
  const auto document =
      session::measure_filmed_test(filmed_clip(last.frames, last.facts, recorded), exercise, options,
                                   side ? std::optional{static_cast<Side>(*side)} : std::nullopt);
  if (!document) return tl::unexpected(document.error());
  return measured_result_text(*document);
}

Result<std::string> FilmedClips::gait(std::string_view request) const {
  json::Document page{request, "measuring gait by camera"};
  json::Reader input = page.root();
  session::CameraGaitOptions options;
  const Recorded recorded = read_recorded(input);
  options.body_height = read_height(input);
  options.person = read_person(input);
  options.treadmill = input.truth("treadmill");
  options.belt_speed_mps =
      number_within(input, "beltSpeed_mps", kLeastBeltMps, kMostBeltMps, "0.05 to 5 m/s, on a treadmill");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  std::vector<session::FilmedClip> filmed;
  filmed.reserve(clips_.size());
  for (const Clip& clip : clips_) filmed.push_back(filmed_clip(clip.frames, clip.facts, recorded));
  const auto document = session::measure_filmed_gait(filmed, options);
  if (!document) return tl::unexpected(document.error());
  return measured_result_text(*document);
}

Result<std::string> FilmedClips::work_load(std::string_view request) {
  json::Document page{request, "scoring load at work"};
  json::Reader input = page.root();
  session::WorkLoadInput work;
  if (const auto method = input.choice("method", kWorkMethodWords))
    work.method = static_cast<engine::WorkMethod>(*method);
  if (const auto side = input.choice_or_null("side", kLegWords)) work.side = static_cast<Side>(*side);
  const Recorded recorded = read_recorded(input);
  const auto answers = read_answers(input);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  if (!answers) return tl::unexpected(answers.error());
  if (clips_.empty())
    return fail(ErrorCode::nothing_measured, kReading, "there is no clip", "film the work first");
  const Clip& last = clips_.back();
  const session::FilmedClip clip = filmed_clip(last.frames, last.facts, recorded);
  if (!fitted_) {
    auto fitted = session::fit_work(clip.source, clip.models, clip.landmarks);
    if (!fitted) return tl::unexpected(fitted.error());
    fitted_ = std::move(*fitted);
  }
  work.answers = *answers;
  work.source = clip.source;
  // The record keeps what counted: an answer about an arm wants the arm named.
  const engine::WorkAnswers counted = work.side ? work.answers : engine::without_arm(work.answers);
  work.source.options = session::work_options_text(work.method, work.side, counted);
  work.models = clip.models;
  work.frames = clip.frames;
  work.scene = clip.scene;
  return work_load_result_text(session::assess_work_load(work, *fitted_));
}

}  // namespace reprise::wasm
