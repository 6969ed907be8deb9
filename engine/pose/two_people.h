// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/pose/image.h"
#include "engine/pose/pose_tracker.h"

namespace reprise::engine {

/// For following a patient who stays about in place beside a helper. `person`: 1 is nearest to the middle of
/// the picture at the beginning. No one elsewhere is taken for a lost patient.
[[nodiscard]] PoseTrackerOptions patient_tracking(int person);

/// The pictures in which a patient and a helper are looked for. Head, trunk and thighs of each are painted
/// over in the other's picture, so that neither is taken for the other; a limb of the one in front of the
/// other stays in sight, as do hands at a limb. Keeps one picture as memory, overwritten by the next. Calls
/// no network: each person has a PoseTracker of their own.
class TwoPeople {
 public:
  /// The patient's picture: without the helper, where both were seen just before and apart from each other.
  /// Valid until the next call.
  [[nodiscard]] ImageView for_patient(const ImageView& image, Seconds time);

  /// The helper's picture: without the patient. Empty where the patient was not seen, or not in the picture;
  /// then no helper is looked for. Valid until the next call.
  [[nodiscard]] std::optional<ImageView> for_helper(const ImageView& image, Seconds time,
                                                    const std::optional<Pose>& patient);
  /// Notes the result of looking in the picture of `for_helper`.
  void saw_helper(const PoseFrame& frame);

 private:
  [[nodiscard]] ImageView painted(const ImageView& image, const Pose& hidden, const Pose* shown);

  std::optional<PoseFrame> patient_;
  std::optional<PoseFrame> helper_;
  std::vector<std::uint8_t> painted_;
};

}  // namespace reprise::engine
