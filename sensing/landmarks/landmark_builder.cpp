// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/landmark_builder.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/median.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

bool within(double value, double limit) {
  return std::abs(value) <= limit;  // false for NaN
}

std::string number(double value) {
  if (std::isnan(value)) return "not a number (NaN)";
  if (std::isinf(value)) return "infinite";
  std::string text;
  append_number(text, value);
  return text;
}

std::string landmark_name(std::size_t i) {
  return std::string{engine::name(static_cast<engine::Landmark>(i))};
}

Eigen::Vector3d vector_px(const engine::ImagePoint& p) {
  return {p.x_px, p.y_px, p.z_px};
}

/// Mid-shoulders to mid-hips, thigh and shank (mean of both sides), pixels; empty where a point is missing.
std::optional<double> body_length_px(const engine::PerLandmark<engine::ImagePoint>& image,
                                     const LandmarkMask& seen) {
  using L = engine::Landmark;
  for (const L needed : {L::left_shoulder, L::right_shoulder, L::left_hip, L::right_hip, L::left_knee,
                         L::right_knee, L::left_ankle, L::right_ankle}) {
    if (!seen[static_cast<std::size_t>(needed)]) return std::nullopt;
  }
  const auto p = [&](L l) { return vector_px(image[l]); };
  const double trunk =
      ((p(L::left_shoulder) + p(L::right_shoulder)) / 2 - (p(L::left_hip) + p(L::right_hip)) / 2).norm();
  const double thighs =
      (p(L::left_hip) - p(L::left_knee)).norm() + (p(L::right_hip) - p(L::right_knee)).norm();
  const double shanks =
      (p(L::left_knee) - p(L::left_ankle)).norm() + (p(L::right_knee) - p(L::right_ankle)).norm();
  return trunk + (thighs + shanks) / 2;
}

/// Fills the frames where `seen` is false from the nearest ones where it is true. `get` gives a reference to
/// the vector in a frame that has a pose.
template <class Seen, class Get>
void interpolate(std::vector<engine::PoseFrame>& frames, const Seen& seen, const Get& get) {
  std::optional<std::size_t> before;
  const auto fill = [&](std::size_t from, std::size_t to, std::optional<std::size_t> after) {
    for (std::size_t i = from; i < to; ++i) {
      if (!frames[i].pose) continue;
      if (before && after) {
        const double share =
            (frames[i].time - frames[*before].time) / (frames[*after].time - frames[*before].time);
        get(i, get(*before, {}) * (1 - share) + get(*after, {}) * share);
      } else if (before || after) {
        get(i, get(before ? *before : *after, {}));
      }
    }
  };
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (!seen(i)) continue;
    fill(before ? *before + 1 : 0, i, i);
    before = i;
  }
  if (before) fill(*before + 1, frames.size(), std::nullopt);
}

}  // namespace

tl::unexpected<Error> bad_landmarks(std::string cause, std::string remedy) {
  return fail(ErrorCode::corrupt, "reading landmarks", std::move(cause), std::move(remedy));
}

Result<void> LandmarkBuilder::check(const LandmarkRow& row, const std::string& place) const {
  const auto wrong = [&](std::size_t landmark, const std::string& what, double value) {
    return bad_landmarks(
        place + ": " + what + " of " + landmark_name(landmark) + " is " + number(value),
        "export the landmarks again; leave a point that was not seen empty (CSV, TRC) or null (JSON)");
  };
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    if (row.has_image[i]) {
      for (const double v : {row.image[i].x_px, row.image[i].y_px, row.image[i].z_px}) {
        if (!within(v, kMaxImagePx)) return wrong(i, "the picture position", v);
      }
    }
    if (row.has_world[i]) {
      for (const double v : row.world_m[i].v) {
        if (!within(v, kMaxWorldM)) return wrong(i, "the position in meters", v);
      }
    }
    const double v = row.visibility[i];
    if (row.has_visibility[i] && !(v >= 0 && v <= 1)) return wrong(i, "the visibility (0 to 1)", v);
  }
  if (!std::isfinite(row.time.value())) {
    return bad_landmarks(place + ": the time is " + number(row.time.value()),
                         "give every frame its time in seconds");
  }
  if (frames_.empty()) return {};
  if (!(row.time > frames_.back().time)) {
    return bad_landmarks(place + ": the time does not rise: " + number(row.time.value()) + " s after " +
                             number(frames_.back().time.value()) + " s",
                         "sort the frames by time and remove doubles");
  }
  if (!within((row.time - frames_.front().time).value(), kMaxRecordingS)) {
    return fail(ErrorCode::unsupported, "reading landmarks",
                place + ": the times span " + number((row.time - frames_.front().time).value()) +
                    " s; the limit is " + number(kMaxRecordingS),
                "give times in seconds (are these milliseconds?)");
  }
  return {};
}

Result<void> LandmarkBuilder::add(const LandmarkRow& row, const std::string& place) {
  if (frames_.size() == kMaxLandmarkFrames) {
    return fail(ErrorCode::unsupported, "reading landmarks",
                "there are more than " + std::to_string(kMaxLandmarkFrames) + " frames",
                "split the recording into shorter ones");
  }
  if (auto checked = check(row, place); !checked) return checked;
  engine::PoseFrame frame{row.time, std::nullopt};
  if (row.has_image.any() || row.has_world.any()) {
    frame.pose.emplace();
    frame.pose->world_m = row.world_m;
    frame.pose->visibility = row.visibility;
    if (row.has_image.any()) frame.pose->image = row.image;
  }
  ever_.image |= row.has_image;
  ever_.world |= row.has_world;
  ever_.visibility |= row.has_visibility;
  frames_.push_back(std::move(frame));
  masks_.push_back({row.has_image, row.has_world, row.has_visibility});
  return {};
}

Result<void> LandmarkBuilder::make_world_from_image() {
  std::vector<double> lengths_px;
  for (std::size_t f = 0; f < frames_.size(); ++f) {
    if (!frames_[f].pose) continue;
    const auto length = body_length_px(*frames_[f].pose->image, masks_[f].image);
    if (length && *length > 1e-3) lengths_px.push_back(*length);
  }
  if (lengths_px.empty()) {
    return fail(
        ErrorCode::nothing_measured, "reading landmarks",
        "there are only pixels, and no frame shows shoulders, hips, knees and ankles of both sides, so "
        "nothing gives their scale",
        "give the positions in meters as well");
  }
  const double m_per_px = kAssumedTrunkThighShankM / engine::median(std::move(lengths_px));
  for (std::size_t f = 0; f < frames_.size(); ++f) {
    const auto hip = [&](engine::Landmark l) { return masks_[f].image[static_cast<std::size_t>(l)]; };
    if (!frames_[f].pose || !hip(engine::Landmark::left_hip) || !hip(engine::Landmark::right_hip)) continue;
    const auto& image = *frames_[f].pose->image;
    const Eigen::Vector3d middle =
        (vector_px(image[engine::Landmark::left_hip]) + vector_px(image[engine::Landmark::right_hip])) / 2;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      if (masks_[f].image[i]) frames_[f].pose->world_m[i].v = (vector_px(image[i]) - middle) * m_per_px;
    }
    masks_[f].world = masks_[f].image;
  }
  ever_.world = ever_.image;
  source_.warnings.emplace_back(
      "The file holds picture positions only. Meters are pixels times an assumed body size: angles may be "
      "read, "
      "lengths and speeds in meters not.");
  return {};
}

void LandmarkBuilder::fill_gaps() {
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    interpolate(
        frames_, [&](std::size_t f) { return masks_[f].world[i]; },
        [&](std::size_t f, std::optional<Eigen::Vector3d> value) -> Eigen::Vector3d {
          auto& point = frames_[f].pose->world_m[i].v;
          if (value) point = *value;
          return point;
        });
    interpolate(
        frames_, [&](std::size_t f) { return masks_[f].image[i]; },
        [&](std::size_t f, std::optional<Eigen::Vector3d> value) -> Eigen::Vector3d {
          auto& image = frames_[f].pose->image;
          if (!image) return Eigen::Vector3d::Zero();  // no point of this frame was seen in the picture
          if (value) (*image)[i] = {value->x(), value->y(), value->z()};
          return vector_px((*image)[i]);
        });
  }
  const auto left = static_cast<std::size_t>(engine::Landmark::left_hip);
  const auto right = static_cast<std::size_t>(engine::Landmark::right_hip);
  if (!ever_.image[left] || !ever_.image[right]) return;
  for (engine::PoseFrame& frame : frames_) {
    if (!frame.pose || !frame.pose->image) continue;
    auto& image = *frame.pose->image;
    const Eigen::Vector3d middle = (vector_px(image[left]) + vector_px(image[right])) / 2;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      if (!ever_.image[i]) image[i] = {middle.x(), middle.y(), middle.z()};
    }
  }
}

void LandmarkBuilder::settle_visibility() {
  std::size_t without = 0;
  for (std::size_t f = 0; f < frames_.size(); ++f) {
    if (!frames_[f].pose) continue;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      const bool measured = masks_[f].world[i];
      double& visibility = frames_[f].pose->visibility[i];
      if (!source_.has_visibility) {
        visibility = measured ? 1 : 0;
      } else if (!measured || !masks_[f].visibility[i]) {
        without += measured ? 1 : 0;
        visibility = 0;
      }
    }
  }
  if (without > 0) {
    source_.warnings.push_back(std::to_string(without) +
                               " positions came without their visibility and count as not seen.");
  }
  if (!source_.has_visibility) {
    source_.warnings.emplace_back("The file does not say how well each point was seen; all count as seen.");
  }
}

void LandmarkBuilder::describe_missing() {
  std::string names;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    source_.never_measured[i] = !ever_.world[i];
    if (!ever_.world[i]) names += (names.empty() ? "" : ", ") + landmark_name(i);
  }
  if (!names.empty()) source_.warnings.push_back("Never measured: " + names + ".");
  std::size_t gaps = 0;
  for (std::size_t f = 0; f < frames_.size(); ++f) {
    if (frames_[f].pose) gaps += (ever_.world & ~masks_[f].world).count();
  }
  if (gaps > 0) {
    source_.warnings.push_back(std::to_string(gaps) +
                               " missing positions were filled from neighboring frames, with visibility 0.");
  }
}

Result<LandmarkRecording> LandmarkBuilder::finish() && {
  source_.has_image = ever_.image.any();
  source_.has_visibility = ever_.visibility.any();
  if (ever_.world.none()) {
    if (!source_.has_image) {
      return fail(ErrorCode::nothing_measured, "reading landmarks",
                  frames_.empty()
                      ? "there are no frames"
                      : "none of the " + std::to_string(frames_.size()) + " frames holds a position",
                  "check that the recording shows a person");
    }
    source_.world_from_image = true;
    if (auto made = make_world_from_image(); !made) return tl::unexpected(made.error());
  }
  source_.has_world = !source_.world_from_image;
  settle_visibility();
  describe_missing();
  fill_gaps();
  if (!source_.rate && frames_.size() > 1) {
    std::vector<double> steps_s;
    for (std::size_t f = 1; f < frames_.size(); ++f) {
      steps_s.push_back((frames_[f].time - frames_[f - 1].time).value());
    }
    source_.rate = rate(Seconds{engine::median(std::move(steps_s))});
  }
  return LandmarkRecording{std::move(frames_), std::move(source_)};
}

}  // namespace reprise::sensing
