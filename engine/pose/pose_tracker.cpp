// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/pose_tracker.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "engine/pose/crop.h"

namespace reprise::engine {
namespace {

// One picture: `begin`, then `answer` to each request, until a frame comes out. Phases:
//
//   begin    the last picture gave a region                            follow
//            otherwise                                                 search
//   search   (detector) a person is chosen                             found
//            otherwise                                                 empty frame
//   found    (landmarks) a person is present: with others about, the   accept
//            chosen one
//            otherwise                                                 lose
//   follow   (landmarks) no person is present                          lose
//            no check for others is due                                accept
//            otherwise                                                 compare
//   compare  (detector) the reading is the followed person, or there   accept
//            are no others
//            the followed person is elsewhere                          found
//            otherwise                                                 lose
//
//   accept   smooths the reading and stores the next region; loses an unusable one
//   lose     drops the region and gives an empty frame; the next picture starts with search

// Two people of similar size whose hips are closer than this (in body radii) cannot be distinguished by
// place.
constexpr double kOverlap = 0.6;
constexpr double kOverlapSizeRatio = 1.5;
// How long an overlap is bridged with the motion before it.
constexpr Seconds kMaxOverlap{3.0};
// A reading and a box within this distance (in body radii) and size ratio are the same person.
constexpr double kSameDistance = 0.5;
constexpr double kSameRatio = 1.5;
constexpr std::size_t kMaxOthers = 8;
// With another person this near (in body radii) the detector checks every picture.
constexpr double kNear = 1.2;
// Others are seen less often, so they may have moved farther. Their places compete with each other only,
// never with the followed person's.
constexpr double kReachOfOthersPerSecond = 5;
// The detector has false positives, but seldom twice in one place: another person counts after this many
// detections, and a doubtful one is dropped soon.
constexpr int kSureDetections = 3;
constexpr Seconds kDoubtfulMemory{0.6};
// A lost person who reappears within this association_cost is accepted if no other fits nearly as well.
constexpr double kFarFit = 2;
constexpr double kClearly = 2;

Eigen::Vector2d center_of(const LandmarkReading& reading) {
  return {reading.center.x_px, reading.center.y_px};
}

bool shows(const LandmarkReading& reading, const Detection2d& detection) {
  const double radius_px = body_radius_px(reading);
  const double larger = std::max(radius_px, detection.radius_px);
  const double smaller = std::min(radius_px, detection.radius_px);
  return (center_of(reading) - detection.center_px).norm() < kSameDistance * larger &&
         larger < kSameRatio * smaller;
}

std::optional<std::size_t> shown_by(const LandmarkReading& reading, const std::vector<Detection2d>& people) {
  std::optional<std::size_t> nearest;
  const auto distance = [&](std::size_t i) { return (center_of(reading) - people[i].center_px).norm(); };
  for (std::size_t i = 0; i < people.size(); ++i)
    if (shows(reading, people[i]) && (!nearest || distance(i) < distance(*nearest))) nearest = i;
  return nearest;
}

bool similar_size(const PersonTrack& a, const PersonTrack& b) {
  return std::max(a.radius_px, b.radius_px) < kOverlapSizeRatio * std::min(a.radius_px, b.radius_px);
}

std::size_t input_size(int side) {
  return static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3;
}

}  // namespace

PoseTracker::PoseTracker(const PoseTrackerOptions& options)
    : options_(options), smoother_(options.smoothing.value_or(LandmarkSmoothingOptions{})) {}

Result<TrackerStep> PoseTracker::begin(const ImageView& image, Seconds time) {
  const auto refuse = [](std::string cause, std::string remedy) {
    return fail(ErrorCode::invalid_argument, "pose tracking", std::move(cause), std::move(remedy));
  };
  if (!is_valid(image))
    return refuse("a picture without pixels, or neither RGB nor RGBA", "decode the picture to RGB or RGBA");
  if (options_.person < 1)
    return refuse("person " + std::to_string(options_.person) + " was asked for", "count people from 1");
  if (!std::isfinite(time.value()) || (last_time_ && !(time > *last_time_)))
    return refuse("a picture's time is not later than that of the one before", "give pictures in order");
  time_ = time;
  detected_ = false;
  chosen_.reset();
  reading_.reset();
  if (next_region_) return ask_landmarks(image, *next_region_, Phase::follow);
  return ask_detector(image, Phase::search);
}

TrackerStep PoseTracker::ask_detector(const ImageView& image, Phase phase) {
  phase_ = phase;
  input_.resize(input_size(kDetectorInputSize));
  crop(image, whole_picture(image.width, image.height), {kDetectorInputSize, CropBorder::black, -1, 1},
       input_);
  return DetectorRequest{input_};
}

TrackerStep PoseTracker::ask_landmarks(const ImageView& image, const RegionOfInterest& region, Phase phase) {
  phase_ = phase;
  region_ = region;
  input_.resize(input_size(kLandmarkInputSize));
  crop(image, region, {kLandmarkInputSize, CropBorder::replicate, 0, 1}, input_);
  return LandmarkRequest{input_};
}

Result<TrackerStep> PoseTracker::answer(const DetectorOutput& output, const ImageView& image) {
  assert(phase_ == Phase::search || phase_ == Phase::compare);
  const auto detections = decode_detections(output, options_.detection);
  if (!detections) {
    phase_ = Phase::idle;
    return tl::unexpected(detections.error());
  }
  const auto people = people_in(*detections, whole_picture(image.width, image.height));
  people_seen_ = static_cast<int>(people.size());
  detected_ = true;
  last_check_ = time_;
  return phase_ == Phase::search ? search_result(people, image) : compare_result(people, image);
}

Result<TrackerStep> PoseTracker::answer(const LandmarkOutput& output, const ImageView& image) {
  assert(phase_ == Phase::found || phase_ == Phase::follow);
  auto reading = decode_landmarks(output, region_, options_.refinement);
  if (!reading) {
    phase_ = Phase::idle;
    return tl::unexpected(reading.error());
  }
  if (!(output.presence > options_.min_presence)) return lose();
  if (phase_ == Phase::found) {
    // Beside a larger person the network may find that one instead.
    if (others_about() && !shows(*reading, *chosen_)) return lose();
    return accept(*reading);
  }
  if (!check_is_due(*reading)) return accept(*reading);
  reading_ = std::move(*reading);
  return ask_detector(image, Phase::compare);
}

TrackerStep PoseTracker::search_result(const std::vector<Detection2d>& people, const ImageView& image) {
  const auto index = choose(people, image);
  note_people(people, index);
  if (!index) return finish(std::nullopt);
  chosen_ = people[*index];
  return ask_landmarks(image, chosen_->region, Phase::found);
}

// A reading is doubted only with evidence of a second person: alone, a person may move freely.
TrackerStep PoseTracker::compare_result(const std::vector<Detection2d>& people, const ImageView& image) {
  const LandmarkReading reading = *reading_;
  const auto shown = shown_by(reading, people);
  if (!others_about()) {
    note_people(people, shown, &reading);
    return accept(reading);
  }

  std::vector<PersonTrack> tracks{*followed_};
  tracks.insert(tracks.end(), others_.begin(), others_.end());
  const auto match = match_people(tracks, people, time_, options_.continuity);
  const auto expected = match.front();
  const bool is_other = shown && std::find(match.begin() + 1, match.end(), shown) != match.end();
  const bool fits = association_cost(*followed_, center_of(reading), body_radius_px(reading), time_,
                                     options_.continuity) <= 1;
  const bool undecidable = overlapping_other() != nullptr;
  // In an overlap the motion before it identifies the people; the reading may be either of them.
  if (undecidable || (fits && !is_other) || (expected && expected == shown)) {
    note_people(people, undecidable ? expected : shown, undecidable ? nullptr : &reading);
    return accept(reading);
  }
  note_people(people, expected);
  if (!expected) return lose();
  smoother_.reset();
  overlap_began_.reset();
  chosen_ = people[*expected];
  return ask_landmarks(image, chosen_->region, Phase::found);
}

TrackerStep PoseTracker::accept(const LandmarkReading& reading) {
  const LandmarkReading smoothed = smoother_.smooth(reading, time_);
  const RegionOfInterest next = region_around(smoothed);
  if (!is_usable(next)) return lose();
  next_region_ = next;
  bool reacquired = false;
  if (!followed_ || lost_) {
    const Eigen::Vector2d center_px = center_of(reading);
    const double radius_px = body_radius_px(reading);
    reacquired =
        followed_ && (time_ - followed_->seen > options_.hold ||
                      association_cost(*followed_, center_px, radius_px, time_, options_.continuity) > 1);
    followed_ = PersonTrack{center_px, radius_px, Eigen::Vector2d::Zero(), time_};
    lost_ = false;
  } else {
    follow_motion(reading);
  }
  TrackerStep step = finish(options_.smoothing ? smoothed.pose : reading.pose);
  std::get<TrackedFrame>(step).reacquired = reacquired;
  std::get<TrackedFrame>(step).unsmoothed = reading.pose;
  return step;
}

// While two people overlap, the reading may already be the other one. If it lies nearer to the other's place,
// the track continues the earlier motion for a while.
void PoseTracker::follow_motion(const LandmarkReading& reading) {
  const auto& continuity = options_.continuity;
  const PersonTrack* const other = overlapping_other();
  if (other == nullptr) overlap_began_.reset();
  if (other != nullptr && !overlap_began_) overlap_began_ = time_;
  const Eigen::Vector2d expected_px = expected_center_px(*followed_, time_, continuity);
  if (other != nullptr && time_ - *overlap_began_ < kMaxOverlap) {
    const double to_other = (center_of(reading) - expected_center_px(*other, time_, continuity)).norm();
    if (to_other < (center_of(reading) - expected_px).norm()) {
      followed_->center_px = expected_px;
      followed_->seen = time_;
      return;
    }
  }
  followed_ =
      updated(*followed_, center_of(reading), body_radius_px(reading), time_, continuity, other != nullptr);
}

TrackerStep PoseTracker::lose() {
  smoother_.reset();
  next_region_.reset();
  overlap_began_.reset();
  lost_ = followed_.has_value();
  return finish(std::nullopt);
}

TrackerStep PoseTracker::finish(std::optional<Pose> pose) {
  phase_ = Phase::idle;
  last_time_ = time_;
  return TrackedFrame{{time_, std::move(pose)}, people_seen_, detected_, false, std::nullopt};
}

// Updates the tracks of the others. `followed`: index of the followed person. If unknown, `reading` is
// trusted, and a person far from it is another one. Without either, no new person is another one, as it may
// be the followed one returning.
void PoseTracker::note_people(const std::vector<Detection2d>& people, std::optional<std::size_t> followed,
                              const LandmarkReading* reading) {
  std::vector<Detection2d> rest;
  for (std::size_t i = 0; i < people.size(); ++i)
    if (i != followed) rest.push_back(people[i]);
  others_.erase(std::remove_if(others_.begin(), others_.end(),
                               [&](const PersonTrack& track) {
                                 const bool sure = track.detections >= kSureDetections;
                                 return time_ - track.seen >
                                        (sure ? options_.others_memory : kDoubtfulMemory);
                               }),
                others_.end());
  ContinuityOptions wide = options_.continuity;
  wide.reach_per_s = std::max(wide.reach_per_s, kReachOfOthersPerSecond);
  const auto match = match_people(others_, rest, time_, wide);
  std::vector<bool> known(rest.size(), false);
  for (std::size_t i = 0; i < others_.size(); ++i) {
    if (!match[i]) continue;
    const Detection2d& detection = rest[*match[i]];
    others_[i] = updated(others_[i], detection.center_px, detection.radius_px, time_, options_.continuity);
    known[*match[i]] = true;
  }
  const auto is_another = [&](const Detection2d& detection) {
    return followed || (reading != nullptr && (center_of(*reading) - detection.center_px).norm() >
                                                  std::max(body_radius_px(*reading), detection.radius_px));
  };
  for (std::size_t i = 0; i < rest.size() && others_.size() < kMaxOthers; ++i)
    if (!known[i] && is_another(rest[i]))
      others_.push_back({rest[i].center_px, rest[i].radius_px, Eigen::Vector2d::Zero(), time_});
}

std::optional<std::size_t> PoseTracker::choose(const std::vector<Detection2d>& people,
                                               const ImageView& image) const {
  if (!followed_) return choose_at_start(people, image);
  if (people.empty()) return std::nullopt;
  std::vector<PersonTrack> tracks{*followed_};
  tracks.insert(tracks.end(), others_.begin(), others_.end());
  const auto match = match_people(tracks, people, time_, options_.continuity);
  if (match.front()) return match.front();

  const bool anybody = !others_about();  // no known person could be confused with the lost one
  const Seconds gone = time_ - followed_->seen;
  std::optional<std::size_t> best;
  double best_cost = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto cost_for = [&](const PersonTrack& track) {
      return association_cost(track, people[i].center_px, people[i].radius_px, time_, options_.continuity);
    };
    const double cost = cost_for(*followed_);
    const bool is_other = std::find(match.begin() + 1, match.end(), std::optional(i)) != match.end();
    // A person a little too far away, whom no other track explains.
    const bool by_elimination =
        cost < kFarFit && std::all_of(others_.begin(), others_.end(), [&](const PersonTrack& other) {
          return cost_for(other) > kClearly * cost;
        });
    const bool may_be_taken = anybody || gone >= options_.patience || (gone >= options_.hold && !is_other);
    if (!may_be_taken && !by_elimination) continue;
    if (!best || cost < best_cost) {
      best = i;
      best_cost = cost;
    }
  }
  return best;
}

std::optional<std::size_t> PoseTracker::choose_at_start(const std::vector<Detection2d>& people,
                                                        const ImageView& image) const {
  const auto rank = static_cast<std::size_t>(options_.person - 1);
  if (rank >= people.size()) return std::nullopt;
  const Eigen::Vector2d middle{0.5 * image.width, 0.5 * image.height};
  const auto key = [&](std::size_t i) {  // smaller comes first
    return options_.order == PersonOrder::largest_first ? -people[i].score * people[i].radius_px
                                                        : (people[i].center_px - middle).norm();
  };
  std::vector<std::size_t> order(people.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order[rank];
}

bool PoseTracker::others_about() const {
  return std::any_of(others_.begin(), others_.end(), [&](const PersonTrack& other) {
    return other.detections >= kSureDetections && time_ - other.seen <= options_.others_memory;
  });
}

// Returns the person whose place and size cannot be distinguished from the followed one's now; null if none.
const PersonTrack* PoseTracker::overlapping_other() const {
  const Eigen::Vector2d center_px = expected_center_px(*followed_, time_, options_.continuity);
  for (const PersonTrack& other : others_) {
    if (time_ - other.seen > kMaxOverlap || !similar_size(other, *followed_)) continue;
    const double larger = std::max(other.radius_px, followed_->radius_px);
    const double distance_px = (expected_center_px(other, time_, options_.continuity) - center_px).norm();
    if (distance_px < kOverlap * larger) return &other;
  }
  return nullptr;
}

bool PoseTracker::check_is_due(const LandmarkReading& reading) const {
  const auto since_check = [&](Seconds interval) { return !last_check_ || time_ - *last_check_ >= interval; };
  if (!options_.check_interval) return false;
  if (association_cost(*followed_, center_of(reading), body_radius_px(reading), time_, options_.continuity) >
      1)
    return true;
  if (others_.empty()) return since_check(*options_.check_interval);
  const bool somebody_near = std::any_of(others_.begin(), others_.end(), [&](const PersonTrack& other) {
    const double near_px = kNear * std::max(other.radius_px, followed_->radius_px);
    return time_ - other.seen < kMaxOverlap && similar_size(other, *followed_) &&
           (expected_center_px(other, time_, options_.continuity) - center_of(reading)).norm() < near_px;
  });
  return somebody_near || overlapping_other() != nullptr || since_check(options_.busy_check_interval);
}

Result<TrackedFrame> track(PoseTracker& tracker, PoseNetworks& networks, const ImageView& image,
                           Seconds time) {
  DetectorOutput boxes;
  LandmarkOutput landmarks;
  auto step = tracker.begin(image, time);
  while (step) {
    if (auto* const done = std::get_if<TrackedFrame>(&*step)) return std::move(*done);
    if (const auto* const request = std::get_if<DetectorRequest>(&*step)) {
      if (auto ran = networks.detect(request->input, boxes); !ran) return tl::unexpected(ran.error());
      step = tracker.answer(boxes, image);
    } else {
      auto ran = networks.find_landmarks(std::get<LandmarkRequest>(*step).input, landmarks);
      if (!ran) return tl::unexpected(ran.error());
      step = tracker.answer(landmarks, image);
    }
  }
  return tl::unexpected(step.error());
}

}  // namespace reprise::engine
