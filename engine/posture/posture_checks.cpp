// SPDX-License-Identifier: Apache-2.0
#include "engine/posture/posture_checks.h"

#include <cmath>
#include <set>

namespace reprise::engine {
namespace {

constexpr const char* kCheckingPosture = "checking the picture of a posture";
constexpr Meters kSmallestPerson{0.5};
constexpr Meters kTallestPerson{2.5};
constexpr Meters kShortestMarks{0.05};
constexpr Meters kLongestMarks{3.0};
constexpr double kShortestMarksPx = 10;

tl::unexpected<Error> wrong(std::string cause, std::string remedy) {
  return fail(ErrorCode::invalid_argument, kCheckingPosture, std::move(cause), std::move(remedy));
}

bool is_inside(const PosturePicture& picture, PosturePixel at) {
  return at.x_px >= 0 && at.x_px <= picture.width_px && at.y_px >= 0 && at.y_px <= picture.height_px;
}

std::string of_view(PostureView view) {
  switch (view) {
    case PostureView::front: return "from the front";
    case PostureView::back: return "from behind";
    case PostureView::left_side: return "of the left side";
    case PostureView::right_side: return "of the right side";
  }
  return {};
}

Result<void> check_points(const PosturePicture& picture) {
  std::set<PosturePoint> seen;
  for (const PlacedPoint& one : picture.points) {
    const std::string text{words(one.point)};
    if (!seen.insert(one.point).second) return wrong(text + " is there twice", "keep one of them");
    if (!is_inside(picture, one.at))
      return wrong(text + " lies outside of the picture", "place it in the picture, or leave it out");
    if (!is_seen(one.point, picture.view)) {
      return wrong(text + " cannot be seen in a picture " + of_view(picture.view),
                   "take a picture from where it can be seen, or correct the view");
    }
    if (one.origin != PointOrigin::placed && !is_automatic(one.point))
      return wrong(text + " is never found by itself", "let a person place it");
    if (one.origin == PointOrigin::moved && !one.automatic)
      return wrong(text + " was moved, but from where is missing", "give where it was before");
  }
  return {};
}

Result<void> check_scale(const PosturePicture& picture) {
  if (picture.body_height &&
      !(*picture.body_height >= kSmallestPerson && *picture.body_height <= kTallestPerson))
    return wrong("the person's height is not from 50 to 250 cm", "correct it");
  if (!picture.marks) return {};
  const auto& [from, to, length] = *picture.marks;
  if (!(length >= kShortestMarks && length <= kLongestMarks))
    return wrong("the marked distance is not from 5 to 300 cm", "correct it");
  if (!is_inside(picture, from) || !is_inside(picture, to) ||
      std::hypot(to.x_px - from.x_px, to.y_px - from.y_px) < kShortestMarksPx)
    return wrong("the marks lie outside of the picture or closer than 10 pixels", "mark both ends again");
  return {};
}

tl::unexpected<Error> other_way(const std::string& cause) {
  return fail(ErrorCode::unsupported, kCheckingPosture, cause,
              "correct the view; for a mirrored picture say so, or take it again with a camera that does not "
              "mirror");
}

}  // namespace

Result<void> check_posture_picture(const PosturePicture& picture) {
  const auto is_size = [](double px) { return px >= 1 && px <= kLargestPicturePx; };
  if (!is_size(picture.width_px) || !is_size(picture.height_px))
    return wrong("the picture has no size, or one above 100000 pixels",
                 "give its width and height in pixels");
  if (picture.points.empty()) return wrong("there is no point", "place points, or let them be found");
  if (picture.roll && !(std::abs(picture.roll->value()) <= Radians{kMostCameraRoll}.value()))
    return wrong("the camera was turned by more than 20 degrees",
                 "hold it upright, and take the picture again");
  if (auto right = check_points(picture); !right) return right;
  return check_scale(picture);
}

Result<void> check_posture_order(const PosturePicture& picture, const UprightPoints& points) {
  using enum PosturePoint;
  const auto x = [&](PosturePoint point) { return points[static_cast<std::size_t>(point)].x; };
  const auto have = [&](PosturePoint a, PosturePoint b) {
    return find_point(picture, a) != nullptr && find_point(picture, b) != nullptr;
  };
  if (!is_side(picture.view)) {
    constexpr std::pair<PosturePoint, PosturePoint> kPairs[] = {
        {left_eye, right_eye},   {left_ear, right_ear},       {left_shoulder, right_shoulder},
        {left_hip, right_hip},   {left_axilla, right_axilla}, {left_waist, right_waist},
        {left_asis, right_asis}, {left_psis, right_psis}};
    for (const auto& [left, right] : kPairs) {
      if (have(left, right) && x(left) <= x(right))
        return other_way(std::string{words(left)} + " and " + std::string{words(right)} +
                         " are not where a picture " + of_view(picture.view) + " shows them");
    }
    return {};
  }
  const bool left = picture.view == PostureView::left_side;
  const PosturePoint ear = left ? left_ear : right_ear, eye = left ? left_eye : right_eye;
  const PosturePoint ankle = left ? left_ankle : right_ankle, heel = left ? left_heel : right_heel;
  if ((have(ear, eye) && x(eye) <= x(ear)) || (have(ankle, heel) && x(heel) >= x(ankle)))
    return other_way("the person does not face as in a picture " + of_view(picture.view));
  return {};
}

}  // namespace reprise::engine
