// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/marker_set.h"

#include <algorithm>

#include "base/nearest_names.h"
#include "base/text.h"

namespace reprise::engine {
namespace {

using P = BodyPoint;

/// One point and its names on both sides; equal if the body has only one. Of several rows the
/// first one found counts.
struct Alias {
  P point;
  std::string_view right;
  std::string_view left;
};

// Names as in OpenCap's augmented .trc (after its 43-marker set for OpenSim).
constexpr Alias kOpencap[] = {
    {P::front_iliac_spine, "r.ASIS_study", "L.ASIS_study"},
    {P::back_iliac_spine, "r.PSIS_study", "L.PSIS_study"},
    {P::hip_center, "RHJC_study", "LHJC_study"},
    {P::knee_lateral, "r_knee_study", "L_knee_study"},
    {P::knee_medial, "r_mknee_study", "L_mknee_study"},
    {P::ankle_lateral, "r_ankle_study", "L_ankle_study"},
    {P::ankle_medial, "r_mankle_study", "L_mankle_study"},
    {P::heel, "r_calc_study", "L_calc_study"},
    {P::fifth_metatarsal, "r_5meta_study", "L_5meta_study"},
    {P::toe, "r_toe_study", "L_toe_study"},
    {P::shoulder, "r_shoulder_study", "L_shoulder_study"},
    {P::elbow_lateral, "r_lelbow_study", "L_lelbow_study"},
    {P::elbow_medial, "r_melbow_study", "L_melbow_study"},
    {P::wrist_lateral, "r_lwrist_study", "L_lwrist_study"},
    {P::wrist_medial, "r_mwrist_study", "L_mwrist_study"},
    {P::neck, "C7_study", "C7_study"},
};

// OpenPose's keypoints as OpenCap names them, triangulated from several cameras.
constexpr Alias kVideo[] = {
    {P::hip_center, "RHip", "LHip"},         {P::knee_center, "RKnee", "LKnee"},
    {P::ankle_center, "RAnkle", "LAnkle"},   {P::heel, "RHeel", "LHeel"},
    {P::toe, "RBigToe", "LBigToe"},          {P::small_toe, "RSmallToe", "LSmallToe"},
    {P::shoulder, "RShoulder", "LShoulder"}, {P::elbow_center, "RElbow", "LElbow"},
    {P::wrist_center, "RWrist", "LWrist"},   {P::neck, "Neck", "Neck"},
};

// Common in gait laboratories (conventional gait model), with the medial markers that some add.
constexpr Alias kClinical[] = {
    {P::front_iliac_spine, "RASI", "LASI"},
    {P::front_iliac_spine, "RASIS", "LASIS"},
    {P::back_iliac_spine, "RPSI", "LPSI"},
    {P::back_iliac_spine, "RPSIS", "LPSIS"},
    {P::sacrum, "SACR", "SACR"},
    {P::sacrum, "SACRUM", "SACRUM"},
    {P::hip_center, "RHJC", "LHJC"},
    {P::knee_lateral, "RKNE", "LKNE"},
    {P::knee_medial, "RKNM", "LKNM"},
    {P::knee_medial, "RMKN", "LMKN"},
    {P::knee_medial, "RKNEM", "LKNEM"},
    {P::knee_center, "RKJC", "LKJC"},
    {P::ankle_lateral, "RANK", "LANK"},
    {P::ankle_medial, "RANM", "LANM"},
    {P::ankle_medial, "RMED", "LMED"},
    {P::ankle_medial, "RANKM", "LANKM"},
    {P::ankle_center, "RAJC", "LAJC"},
    {P::heel, "RHEE", "LHEE"},
    {P::fifth_metatarsal, "RMT5", "LMT5"},
    {P::toe, "RTOE", "LTOE"},
    {P::shoulder, "RSHO", "LSHO"},
    {P::elbow_lateral, "RELB", "LELB"},
    {P::elbow_medial, "RELBM", "LELBM"},
    {P::wrist_lateral, "RWRA", "LWRA"},
    {P::wrist_medial, "RWRB", "LWRB"},
    {P::neck, "C7", "C7"},
};

// OpenSim's gait2354 example; its thighs and shanks carry clusters that lie on no joint.
constexpr Alias kGait2354[] = {
    {P::front_iliac_spine, "R.ASIS", "L.ASIS"},
    {P::sacrum, "V.Sacral", "V.Sacral"},
    {P::knee_lateral, "R.Knee.Lat", "L.Knee.Lat"},
    {P::knee_medial, "R.Knee.Med", "L.Knee.Med"},
    {P::ankle_lateral, "R.Ankle.Lat", "L.Ankle.Lat"},
    {P::ankle_medial, "R.Ankle.Med", "L.Ankle.Med"},
    {P::heel, "R.Heel", "L.Heel"},
    {P::fifth_metatarsal, "R.Toe.Lat", "L.Toe.Lat"},
    {P::toe, "R.Toe.Tip", "L.Toe.Tip"},
    {P::shoulder, "R.Acromium", "L.Acromium"},
};

// Our own landmarks.trc (engine/pose/landmarks.h).
constexpr Alias kLandmarks[] = {
    {P::hip_center, "right_hip", "left_hip"},        {P::knee_center, "right_knee", "left_knee"},
    {P::ankle_center, "right_ankle", "left_ankle"},  {P::heel, "right_heel", "left_heel"},
    {P::toe, "right_foot_index", "left_foot_index"}, {P::shoulder, "right_shoulder", "left_shoulder"},
    {P::elbow_center, "right_elbow", "left_elbow"},  {P::wrist_center, "right_wrist", "left_wrist"},
};

// Pelvis and neck of a set made for the shoulder; its arm does not say which side it is on.
constexpr Alias kUpperBody[] = {
    {P::front_iliac_spine, "ASISr", "ASISl"},
    {P::back_iliac_spine, "PSISr", "PSISl"},
    {P::neck, "T1", "T1"},
};

constexpr std::array<std::string_view, 6> kSetNames = {"opencap",  "video",     "clinical",
                                                       "gait2354", "landmarks", "upper_body"};
constexpr std::array<std::span<const Alias>, 6> kSets = {kOpencap,  kVideo,     kClinical,
                                                         kGait2354, kLandmarks, kUpperBody};

constexpr std::array<std::string_view, kBodyPointCount> kPointNames = {"front iliac spine",
                                                                       "back iliac spine",
                                                                       "hip center",
                                                                       "lateral knee",
                                                                       "medial knee",
                                                                       "knee center",
                                                                       "lateral ankle",
                                                                       "medial ankle",
                                                                       "ankle center",
                                                                       "heel",
                                                                       "fifth metatarsal",
                                                                       "toe",
                                                                       "small toe",
                                                                       "shoulder",
                                                                       "lateral elbow",
                                                                       "medial elbow",
                                                                       "elbow center",
                                                                       "lateral wrist",
                                                                       "medial wrist",
                                                                       "wrist center",
                                                                       "sacrum",
                                                                       "neck"};

std::string_view without_person(std::string_view marker) {
  return marker.substr(marker.rfind(':') + 1);  // npos + 1 is 0
}

/// Returns the first marker of that name; sets `more` if there are others.
std::optional<std::size_t> find_marker(std::span<const std::string> names, std::string_view wanted,
                                       bool& more) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!same_word(without_person(names[i]), wanted)) continue;
    if (found) {
      more = true;
    } else {
      found = i;
    }
  }
  return found;
}

RecognisedMarkers match(std::size_t set, std::span<const std::string> names) {
  RecognisedMarkers result;
  result.set = kSetNames[set];
  for (const Alias& alias : kSets[set]) {
    auto& of_point = result.marker[static_cast<std::size_t>(alias.point)];
    for (const Side side : {Side::left, Side::right}) {
      auto& marker = of_point[static_cast<std::size_t>(side)];
      if (marker) continue;
      const std::string_view wanted = side == Side::left ? alias.left : alias.right;
      bool more = false;
      marker = find_marker(names, wanted, more);
      if (more) {
        result.warnings.push_back("Several markers are called " + std::string{wanted} +
                                  ": the first one is used.");
      }
    }
  }
  return result;
}

std::size_t count(const RecognisedMarkers& markers) {
  std::size_t found = 0;
  for (const auto& point : markers.marker) found += (point[0] ? 1U : 0U) + (point[1] ? 1U : 0U);
  return found;
}

std::string listed(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < 12; ++i)
    text += (i > 0 ? ", " : "") + std::string{without_person(names[i]).substr(0, 40)};
  if (names.size() > 12) text += ", ...";
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = '?';
  }
  return text;
}

}  // namespace

std::string_view name(BodyPoint point) {
  return kPointNames[static_cast<std::size_t>(point)];
}

std::span<const std::string_view> marker_set_names() {
  return kSetNames;
}

Result<RecognisedMarkers> recognise_markers(std::span<const std::string> names, std::string_view wanted) {
  if (!wanted.empty() && std::find(kSetNames.begin(), kSetNames.end(), wanted) == kSetNames.end()) {
    const std::vector<std::string> known(kSetNames.begin(), kSetNames.end());
    return fail(ErrorCode::not_found, "finding markers", "there is no marker set " + std::string{wanted},
                "use one of " + any_of(known));
  }
  RecognisedMarkers best;
  for (std::size_t set = 0; set < kSets.size(); ++set) {
    if (!wanted.empty() && kSetNames[set] != wanted) continue;
    RecognisedMarkers one = match(set, names);
    if (count(one) > count(best)) best = std::move(one);
  }
  if (count(best) == 0) {
    return fail(ErrorCode::unsupported, "finding markers",
                "none of the markers has a known name" +
                    (wanted.empty() ? std::string{} : " of the set " + std::string{wanted}) +
                    "; there are: " + listed(names),
                "rename them as in one of the known sets (docs/guide/command.md)");
  }
  return best;
}

}  // namespace reprise::engine
