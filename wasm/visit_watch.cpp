// SPDX-License-Identifier: Apache-2.0
#include "wasm/visit_watch.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/pose/zero_phase.h"
#include "json/reader.h"
#include "session/measurements/filmed_test.h"
#include "session/measurements/visit_json.h"
#include "wasm/measured_result.h"

namespace reprise::wasm {
namespace {

constexpr const char* kWatchingVisit = "watching a visit";
constexpr std::size_t kMostAccepted = 1000;
constexpr int kMostYears = 130;
constexpr std::array<std::string_view, 2> kMannerWords = {"active", "passive"};
constexpr std::array<std::string_view, 2> kPatientSexWords = {"female", "male"};

bool shows_someone(std::span<const engine::PoseFrame> frames) {
  return std::any_of(frames.begin(), frames.end(),
                     [](const engine::PoseFrame& frame) { return frame.pose.has_value(); });
}

Seconds length_of(std::span<const engine::PoseFrame> frames) {
  return frames.empty() ? Seconds{0} : frames.back().time - frames.front().time;
}

}  // namespace

VisitWatch::VisitWatch(int person, std::vector<exercises::RangeTest> tests,
                       std::vector<exercises::CatalogExercise> catalog)
    : options_(engine::patient_tracking(person)),
      tests_(std::move(tests)),
      catalog_(std::move(catalog)),
      patient_(options_) {}

Result<std::span<std::uint8_t>> VisitWatch::picture(int width_px, int height_px) {
  under_way_ = false;
  return picture_.resize(width_px, height_px);
}

Result<Wanted> VisitWatch::begin(Seconds time) {
  under_way_ = false;
  if (pictures() >= kMostVisitPictures) {
    return fail(ErrorCode::unsupported, kWatchingVisit, "the visit has too many pictures",
                "end it, review it, and begin another");
  }
  if (last_ && !(time > *last_)) {
    return fail(ErrorCode::invalid_argument, kWatchingVisit, "the time of a picture does not rise",
                "give pictures in the order in which they were taken");
  }
  helping_ = false;
  under_way_ = true;
  reacquired_ = false;
  helper_pose_.reset();
  time_ = time;
  const engine::ImageView& image = picture_.view();
  if (engine::is_valid(image)) light_ = light_of(image);
  return take(patient_.begin(engine::is_valid(image) ? people_.for_patient(image, time) : image, time));
}

Result<Wanted> VisitWatch::answer() {
  if (!under_way_) {
    return fail(ErrorCode::invalid_argument, kWatchingVisit, "no network output was requested",
                "begin a picture, and answer its requests only");
  }
  return take(pass().answer());
}

/// On to the helper, and to the end of the picture.
Result<Wanted> VisitWatch::take(Result<Wanted> wanted) {
  if (!wanted) under_way_ = false;
  if (!wanted || *wanted != Wanted::nothing) return wanted;
  if (!helping_) {
    const auto without = people_.for_helper(picture_.view(), time_, patient_.seen().frame.pose);
    if (without) {
      helping_ = true;
      return take(helper_.begin(*without, time_));
    }
  }
  end_picture();
  return Wanted::nothing;
}

void VisitWatch::end_picture() {
  Stretch& stretch = stretches_.back();
  engine::PoseFrame helper{time_, std::nullopt};
  if (helping_) {
    helper = helper_.seen().frame;
    people_.keep_helper(helper, helper_);
  }
  helper_pose_ = helper.pose;
  const engine::TrackedFrame& seen = patient_.seen();
  reacquired_ = seen.reacquired || (anew_ && seen.frame.pose);
  if (seen.frame.pose) anew_ = false;
  if (seen.reacquired) stretch.reacquired.push_back(time_);
  stretch.patient.push_back(seen.frame);
  stretch.helper.push_back(std::move(helper));
  session::note_others(seen, &stretch.helper.back(), stretch.others);
  last_ = time_;
  under_way_ = helping_ = false;
}

std::size_t VisitWatch::pictures() const {
  std::size_t sum = 0;
  for (const Stretch& stretch : stretches_) sum += stretch.patient.size();
  return sum;
}

Seconds VisitWatch::watched() const {
  Seconds sum{0};
  for (const Stretch& stretch : stretches_) sum += length_of(stretch.patient);
  return sum;
}

void VisitWatch::pause() {
  under_way_ = helping_ = false;
  helper_pose_.reset();
  patient_ = PoseSession{options_};
  helper_ = PoseSession{};
  people_ = {};
  anew_ = true;
  if (!stretches_.back().patient.empty()) stretches_.emplace_back();
}

session::Source VisitWatch::source_of(const SetFacts& facts) const {
  session::Source source = facts.source;
  source.duration = watched();
  const auto longest =
      std::max_element(stretches_.begin(), stretches_.end(),
                       [](const auto& a, const auto& b) { return a.patient.size() < b.patient.size(); });
  if (longest->patient.size() > 1) source.frame_rate = engine::median_rate(longest->patient);
  return source;
}

Result<session::VisitFindings> VisitWatch::movements_of(const Stretch& stretch, const SetFacts& facts,
                                                        std::optional<Seconds> last) const {
  std::size_t first = 0;
  if (last && !stretch.patient.empty()) {
    const Seconds from = stretch.patient.back().time - *last;
    while (stretch.patient[first].time < from) ++first;
  }
  session::FilmedVisit visit;
  visit.source = source_of(facts);
  visit.models = facts.models;
  visit.patient = std::span{stretch.patient}.subspan(first);
  visit.helper = std::span{stretch.helper}.subspan(first);
  visit.others = stretch.others;
  visit.looked_for_others = true;
  visit.reacquired = stretch.reacquired;
  return session::find_movements(visit, tests_, catalog_);
}

Result<std::string> VisitWatch::findings_text(const SetFacts& facts, std::optional<Seconds> last) {
  session::VisitFindings all;
  bool seen = false;
  for (const Stretch& stretch : stretches_) {
    if (last && &stretch != &stretches_.back()) continue;
    if (!shows_someone(stretch.patient)) continue;
    seen = true;
    auto found = movements_of(stretch, facts, last);
    if (!found && found.error().code == ErrorCode::nothing_measured) continue;
    if (!found) return tl::unexpected(std::move(found).error());
    std::move(found->proposals.begin(), found->proposals.end(), std::back_inserter(all.proposals));
    std::move(found->left_out.begin(), found->left_out.end(), std::back_inserter(all.left_out));
  }
  if (!seen) {
    return fail(ErrorCode::nothing_measured, kWatchingVisit, "no picture shows a person",
                "put the camera so that it sees all of the patient, and light the room");
  }
  const std::string text = session::visit_json(all, source_of(facts));
  if (!last) found_ = std::move(all);
  return text;
}

Result<std::string> VisitWatch::accepted_text(std::string_view request, const SetFacts& facts) const {
  json::Document page{request, "accepting movements of a visit"};
  json::Reader input = page.root();
  std::vector<session::AcceptedProposal> accepted;
  for (json::Reader& item : input.items("accepted", kMostAccepted)) {
    session::AcceptedProposal& one = accepted.emplace_back();
    one.number = static_cast<std::size_t>(item.whole("number", 0, static_cast<int>(kMostAccepted)));
    if (const auto manner = item.choice_or_null("manner", kMannerWords))
      one.manner = *manner == 0 ? session::Manner::active : session::Manner::passive;
  }
  session::FilmedClip clip;
  clip.source = source_of(facts);
  clip.source.recorded_at = input.text("startedAt");
  clip.models = facts.models;
  clip.frames.reacquired = facts.reacquired;
  clip.frames.most_people = facts.most_people;
  clip.landmarks = stretches_.front().patient;
  session::RangePerson person;
  person.age = input.whole_or_null("age", 0, kMostYears);
  if (const auto sex = input.choice_or_null("sex", kPatientSexWords))
    person.sex = *sex == 0 ? exercises::NormSex::female : exercises::NormSex::male;
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto document = session::accept_proposals(session::camera_input(clip), found_, accepted, person);
  if (!document) return tl::unexpected(document.error());
  return measured_result_text(*document);
}

}  // namespace reprise::wasm
