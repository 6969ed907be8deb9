// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/camera_gait_passes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "engine/camera_gait/followed_walk.h"
#include "engine/camera_gait/picture_point.h"
#include "engine/pose/zero_phase.h"
#include "engine/signal/median.h"

namespace reprise::session {
namespace {

using engine::Landmark;
using engine::PoseFrame;
using engine::View;
using engine::WalkingPass;

constexpr const char* kMeasuringGait = "measuring gait by camera";

// Unsourced defaults.
constexpr double kLeastRateHz = 12;     // below, a contact lies within a tenth of a second only
constexpr double kUsualRateHz = 25;     // below, contacts are coarse
constexpr std::size_t kLeastSteps = 3;  // of a pass: two steps of one foot, one of the other
constexpr double kMostUneven = 2.2;     // the longest step by the shortest
constexpr double kLeastAlternating = 0.7;
constexpr double kLeastStepLength = 0.15;    // leg lengths; less: both feet move as one
constexpr double kMuchTilt = 3 * kPi / 180;  // of the hips over a whole pass
constexpr double kMostBeltTravel = 2;        // of the hips on a treadmill, trunk lengths
constexpr double kWalkingStance = 0.5;       // of the stride; who runs stands for less
constexpr double kEyeHeight = 0.936;         // of the stature: engine/skeleton/shape.h (Winter)

double meters_per_pixel(std::span<const PoseFrame> frames, const CameraGaitOptions& options) {
  if (options.marked)
    return options.marked->distance.value() / std::abs(options.marked->to_px - options.marked->from_px);
  // From the floor, where the lower foot stands, to the eyes.
  std::vector<double> heights;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || !frame.pose->image) continue;
    const engine::Pose& pose = *frame.pose;
    double floor = 0;
    for (const Landmark foot :
         {Landmark::left_heel, Landmark::right_heel, Landmark::left_foot_index, Landmark::right_foot_index})
      floor = std::max(floor, engine::plane_point(pose, foot).y);
    const engine::PlanePoint eyes = engine::middle(engine::plane_point(pose, Landmark::left_eye),
                                                   engine::plane_point(pose, Landmark::right_eye));
    heights.push_back(floor - eyes.y);
  }
  if (heights.empty()) return 0;
  return options.body_height->value() * kEyeHeight / std::max(engine::median(heights), 1.0);
}

// How far the hips come through the picture, in trunk lengths, but for the outermost twentieths.
double travel(std::span<const PoseFrame> frames) {
  std::vector<double> places;
  std::vector<double> trunks;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || !frame.pose->image) continue;
    places.push_back(engine::plane_mid_hips(*frame.pose).x);
    trunks.push_back(engine::plane_trunk(*frame.pose));
  }
  if (places.empty()) return 0;
  std::sort(places.begin(), places.end());
  const std::size_t edge = places.size() / 20;
  return (places[places.size() - 1 - edge] - places[edge]) / std::max(engine::median(trunks), 1e-6);
}

bool by_network(LandmarkOrigin origin) {
  return origin == LandmarkOrigin::heavy_network || origin == LandmarkOrigin::other_network;
}

// Why a pass does not count.
enum class LeftOut : std::uint8_t { oblique, few_contacts, not_by_turns, uneven, feet_together, runs };

struct LeftOutWords {
  const char* code;
  const char* reason;
  const char* remedy;
};

constexpr std::array<LeftOutWords, 6> kLeftOutWords = {{
    {"oblique_passes", "the camera sees the person obliquely",
     "film from the side, square to the way walked, or from in front or behind"},
    {"short_passes", "fewer than three contacts of the feet are in view",
     "film three steps or more with the whole person in view, or give several passes"},
    {"passes_not_by_turns", "the feet do not land by turns",
     "film the person walking past the camera; name another person with --person, or begin later with "
     "--from"},
    {"uneven_passes", "one step takes more than twice as long as another",
     "film the person walking without a halt; begin later with --from"},
    {"feet_together", "both feet move together: the person jumps, or takes tiny steps",
     "film the person walking past the camera; name another person with --person, or begin later with "
     "--from"},
    {"running_passes", "both feet leave the ground between steps: the person runs or jumps",
     "film the person walking"},
}};

class GaitReader {
 public:
  explicit GaitReader(const CameraGaitOptions& options) : options_(options) {
    gait_.scaled = options.body_height || options.marked;
  }

  Result<void> read(const CameraGaitRecording& recording, std::size_t number) {
    const auto rate = engine::median_rate(recording.frames);
    if (rate && rate->value() < kLeastRateHz) {
      return fail(ErrorCode::invalid_argument, kMeasuringGait,
                  "the recording has " + std::to_string(std::lround(rate->value())) +
                      " pictures a second; at least 12",
                  "film with 30 pictures a second or more");
    }
    if (rate && rate->value() < kUsualRateHz) {
      gait_.warnings.push_back({"low_frame_rate",
                                "The recording has fewer than 25 pictures a second: times are coarse.",
                                "Film with 30 pictures a second or more."});
    }
    warn_of(recording.origin);
    if (options_.marked && recording.source.width_px > 0) {
      for (const double mark : {options_.marked->from_px, options_.marked->to_px}) {
        if (mark >= 0 && mark <= recording.source.width_px) continue;
        return fail(ErrorCode::invalid_argument, kMeasuringGait,
                    "a mark at " + std::to_string(std::lround(mark)) + " lies outside the picture of " +
                        std::to_string(recording.source.width_px) + " pixels",
                    "give where both marks lie in the picture, in pixels from its left edge");
      }
    }
    engine::WalkingPassOptions search;
    search.width_px = recording.source.width_px;
    search.height_px = recording.source.height_px;
    search.treadmill = options_.treadmill;
    const auto found = engine::find_walking_passes(recording.frames, search);
    add(found);
    for (const WalkingPass& pass : found.passes) {
      const auto frames = recording.frames.subspan(pass.frames.begin, pass.frames.end - pass.frames.begin);
      if (pass.view == View::side) {
        if (options_.treadmill && travel(frames) > kMostBeltTravel) {
          return fail(ErrorCode::invalid_argument, kMeasuringGait,
                      "the person moves through the picture, which no one does on a treadmill",
                      "leave --treadmill out, or keep the camera still");
        }
        read_side(recording, frames, pass, number);
      } else if (pass.view == View::oblique) {
        leave_out(LeftOut::oblique);
      } else {
        read_front(frames);
      }
    }
    return {};
  }

  Result<CameraGait> take() {
    if (gait_.strides.empty() && gait_.front_step_times_s.empty()) return tl::unexpected(refusal());
    for (std::size_t i = 0; i < kLeftOutWords.size(); ++i) {
      if (left_out_[i] == 0) continue;
      const LeftOutWords& words = kLeftOutWords[i];
      std::string remedy = words.remedy;
      remedy.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(remedy.front())));
      gait_.warnings.push_back(
          {words.code,
           (left_out_[i] == 1 ? "1 pass was" : std::to_string(left_out_[i]) + " passes were") +
               std::string{" left out: "} + words.reason + ".",
           remedy + "."});
    }
    return std::move(gait_);
  }

 private:
  void warn_of(LandmarkOrigin origin) {
    const auto warn_once = [&](Warning warning) {
      for (const Warning& given : gait_.warnings) {
        if (given.code == warning.code) return;
      }
      gait_.warnings.push_back(std::move(warning));
    };
    if (origin == LandmarkOrigin::other_network) {
      gait_.less_accurate = true;
      warn_once({"less_accurate_network",
                 "The landmarks are not of the heavy network alone: values err more than their ± says, and "
                 "deviations were not looked for.",
                 "Measure the video with --model heavy."});
    } else if (origin == LandmarkOrigin::unknown) {
      warn_once({"unknown_network",
                 "The file does not say what found its landmarks: the ± is that of the heavy network.",
                 "Measure the video itself, with --model heavy."});
    }
  }

  void add(const engine::WalkingPasses& found) {
    seen_.with_person += found.with_person;
    seen_.feet_outside += found.feet_outside;
    seen_.head_outside += found.head_outside;
    seen_.feet_hidden += found.feet_hidden;
    seen_.bent += found.bent;
    seen_.standing += found.standing;
  }

  void read_side(const CameraGaitRecording& recording, std::span<const PoseFrame> frames,
                 const WalkingPass& pass, std::size_t number) {
    engine::ContactOptions contact_options;
    contact_options.method = options_.method;
    auto walk = engine::follow_walk(frames, pass.direction, pass.speed > 0, by_network(recording.origin),
                                    contact_options);
    if (!walk) return leave_out(LeftOut::few_contacts);
    const engine::CameraStrides& strides = walk->strides;
    auto shares = engine::double_support_shares(strides, walk->events);
    if (const auto why = no_walk(strides, shares)) return leave_out(*why);
    // Of who walks, less than nothing is an error of the contacts.
    for (double& share : shares) share = std::max(share, 0.0);
    const double scale = gait_.scaled && walk->frames.front().pose->image
                             ? meters_per_pixel(walk->frames, options_) * walk->tracks.leg
                             : 0;
    for (const engine::CameraStep& step : strides.steps) {
      gait_.steps.push_back({number, step.side, step.start, step.end,
                             scale > 0 ? std::optional{scale * step.length} : std::nullopt});
    }
    gait_.contacts += strides.contacts.size();
    gait_.double_support_shares.insert(gait_.double_support_shares.end(), shares.begin(), shares.end());
    read_strides(walk->tracks, strides, pass, number, scale);
    gait_.side_passes.push_back({number, std::move(walk->tracks), std::move(walk->events)});
  }

  void leave_out(LeftOut why) { ++left_out_[static_cast<std::size_t>(why)]; }

  // Walking feet land by turns, one well ahead of the other, and one is always on the ground.
  std::optional<LeftOut> no_walk(const engine::CameraStrides& strides, const std::vector<double>& shares) {
    const auto few = [&] {
      few_ = std::max(few_, strides.contacts.size());
      return LeftOut::few_contacts;
    };
    if (strides.contacts.size() < kLeastSteps) return few();
    double alternating = 0;
    for (std::size_t i = 1; i < strides.contacts.size(); ++i)
      alternating += strides.contacts[i].side != strides.contacts[i - 1].side ? 1 : 0;
    std::vector<double> lengths;
    double shortest = 0;
    double longest = 0;
    for (const engine::CameraStep& step : strides.steps) {
      lengths.push_back(step.length);
      const double time = (step.end - step.start).value();
      shortest = lengths.size() == 1 ? time : std::min(shortest, time);
      longest = std::max(longest, time);
    }
    if (alternating < kLeastAlternating * static_cast<double>(strides.contacts.size() - 1) || lengths.empty())
      return LeftOut::not_by_turns;
    if (engine::median(lengths) < kLeastStepLength) return LeftOut::feet_together;
    if (longest > kMostUneven * shortest) return LeftOut::uneven;
    if (strides.strides.empty()) return few();
    if (runs(strides, shares)) return LeftOut::runs;
    return std::nullopt;
  }

  static bool runs(const engine::CameraStrides& strides, const std::vector<double>& shares) {
    if (!shares.empty()) return engine::median(shares) < 0;
    std::vector<double> stances;
    for (const engine::CameraStride& stride : strides.strides) {
      if (const auto share = stride.stance_share()) stances.push_back(*share);
    }
    return !stances.empty() && engine::median(stances) < kWalkingStance;
  }

  void read_strides(const engine::LegTracks& tracks, const engine::CameraStrides& strides,
                    const WalkingPass& pass, std::size_t number, double scale) {
    const Side near = pass.direction > 0 ? Side::right : Side::left;
    for (const engine::CameraStride& stride : strides.strides) {
      MeasuredStride measured;
      measured.recording = number;
      measured.side = stride.side;
      measured.near = stride.side == near;
      measured.start = stride.start;
      measured.end = stride.end;
      measured.foot_off = stride.foot_off;
      if (stride.length && scale > 0) measured.length_m = scale * *stride.length;
      if (options_.belt_speed_mps) measured.length_m = *options_.belt_speed_mps * stride.duration().value();
      if (stride.foot_angle) measured.contact_angle_rad = stride.foot_angle->value();
      const engine::LegTracks::Leg& leg = tracks.of(stride.side);
      const auto cycle = [&](const std::vector<double>& track) {
        return engine::cycle_of(tracks, track, stride.start, stride.end);
      };
      measured.cycles = {cycle(leg.hip_flexion), cycle(leg.knee_flexion), cycle(leg.ankle_dorsiflexion)};
      if (const auto arm = cycle(leg.arm_ahead)) measured.arm_swing_rad = engine::range_of(*arm);
      gait_.strides.push_back(measured);
    }
  }

  void read_front(std::span<const PoseFrame> frames) {
    const auto swings = engine::find_front_swings(frames);
    if (!swings || swings->size() < kLeastSteps + 1) {
      few_ = std::max(few_, swings ? swings->size() : 0);
      return leave_out(LeftOut::few_contacts);
    }
    const double tilt = engine::hip_tilt(frames).value();
    if (std::abs(tilt) > kMuchTilt && !tilted_) {
      tilted_ = true;
      gait_.warnings.push_back({"picture_tilted",
                                "The hips lie " + std::to_string(std::lround(std::abs(tilt) * 180 / kPi)) +
                                    "° off level all along; drops of the pelvis are measured against that.",
                                "Hold the camera level; if it was, the pelvis itself is oblique."});
    }
    gait_.front_swings += swings->size();
    for (std::size_t i = 1; i < swings->size(); ++i)
      gait_.front_step_times_s.push_back(((*swings)[i].middle - (*swings)[i - 1].middle).value());
    for (const engine::FrontSwing& swing : *swings)
      gait_.pelvic_drops.push_back({engine::other(swing.side), swing.hip_drop.value()});
  }

  [[nodiscard]] Error refusal() const {
    const auto none = [](std::string cause, std::string remedy) {
      return Error{ErrorCode::nothing_measured, kMeasuringGait, std::move(cause), std::move(remedy)};
    };
    if (seen_.with_person == 0) return none("no picture shows a person", "film the whole body of one person");
    const auto share = [&](std::size_t frames) {
      return static_cast<double>(frames) / static_cast<double>(seen_.with_person);
    };
    for (const LeftOut why :
         {LeftOut::runs, LeftOut::feet_together, LeftOut::not_by_turns, LeftOut::uneven}) {
      const LeftOutWords& words = kLeftOutWords[static_cast<std::size_t>(why)];
      if (left_out_[static_cast<std::size_t>(why)] > 0) return none(words.reason, words.remedy);
    }
    if (few_ > 0) {
      return none("only " + std::to_string(few_) +
                      " contacts of the feet are in view; at least three of one walk are needed",
                  "film three steps or more with the whole person in view, or give several passes");
    }
    const LeftOutWords& oblique = kLeftOutWords[static_cast<std::size_t>(LeftOut::oblique)];
    if (left_out_[static_cast<std::size_t>(LeftOut::oblique)] > 0)
      return none(oblique.reason, oblique.remedy);
    constexpr double kMuch = 0.4;
    if (share(seen_.feet_outside) > kMuch) {
      return none("the feet lie outside the picture in " + std::to_string(seen_.feet_outside) + " of " +
                      std::to_string(seen_.with_person) + " pictures",
                  "move the camera back until the whole person stays in view");
    }
    if (share(seen_.head_outside) > kMuch) {
      return none("the head lies outside the picture in " + std::to_string(seen_.head_outside) + " of " +
                      std::to_string(seen_.with_person) + " pictures",
                  "move the camera back until the whole person stays in view");
    }
    if (share(seen_.feet_hidden) > kMuch) {
      return none("the feet cannot be seen in " + std::to_string(seen_.feet_hidden) + " of " +
                      std::to_string(seen_.with_person) + " pictures",
                  "clear what hides the feet, light the floor, and wear shoes that differ from it");
    }
    if (share(seen_.bent) > kMuch) {
      return none("the trunk leans far in " + std::to_string(seen_.bent) + " of " +
                      std::to_string(seen_.with_person) + " pictures",
                  "film the person walking upright, with the camera level");
    }
    return none("no one walks: the person never moves through the picture for a second",
                "film the person walking past; on a treadmill add --treadmill");
  }

  const CameraGaitOptions& options_;
  CameraGait gait_;
  engine::WalkingPasses seen_;
  std::array<std::size_t, kLeftOutWords.size()> left_out_{};
  std::size_t few_ = 0;  ///< most contacts of a pass that has too few
  bool tilted_ = false;
};

Result<void> check_camera_gait(const CameraGaitOptions& options) {
  const auto refuse = [](const char* cause, const char* remedy) {
    return fail(ErrorCode::invalid_argument, kMeasuringGait, cause, remedy);
  };
  if (options.belt_speed_mps && !options.treadmill)
    return refuse("a belt speed without a treadmill", "add --treadmill, or leave --belt-speed out");
  if (options.belt_speed_mps && !(*options.belt_speed_mps > 0 && *options.belt_speed_mps <= 5))
    return refuse("the belt's speed is not from 0 to 5 m/s", "give meters a second, such as 1.1");
  if (options.body_height && !(options.body_height->value() >= 0.8 && options.body_height->value() <= 2.5))
    return refuse("the height is not from 80 to 250 cm", "give the person's height in cm");
  if (options.marked && !(options.marked->distance.value() > 0 && options.marked->distance.value() <= 50))
    return refuse("the marked distance is not from 0 to 50 m", "give meters between the marks");
  if (options.marked && !(std::abs(options.marked->to_px - options.marked->from_px) >= 20))
    return refuse("the two marks are less than 20 pixels apart",
                  "give where both marks lie in the picture, in pixels from its left edge");
  return {};
}

}  // namespace

Result<CameraGait> analyze_camera_gait(std::span<const CameraGaitRecording> recordings,
                                       const CameraGaitOptions& options) {
  if (auto ok = check_camera_gait(options); !ok) return tl::unexpected(ok.error());
  GaitReader reader(options);
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    if (auto read = reader.read(recordings[i], i); !read) return tl::unexpected(read.error());
  }
  return reader.take();
}

}  // namespace reprise::session
