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

/// Who was found where a helper was looked for.
enum class FoundBeside : std::uint8_t {
  helper,
  unsure,   ///< no one, or not yet for long enough
  patient,  ///< the patient's own limbs or head, taken for a person: look afresh
};

/// The pictures in which a patient and a helper are looked for. Head, trunk and thighs of each are painted
/// over in the other's picture, so that neither is taken for the other; a limb of the one in front of the
/// other stays in sight, as do hands at a limb. Keeps one picture as memory, overwritten by the next. Calls
/// no network: each person has a PoseTracker of their own.
class TwoPeople {
 public:
  /// The patient's picture: without the helper, where both were seen just before and apart from each other.
  /// Valid until the next call.
  [[nodiscard]] ImageView for_patient(const ImageView& image, Seconds time);

  /// The helper's picture: without the patient. Empty where the patient was not seen, or not in the picture,
  /// and for a second after the patient was found instead: then no helper is looked for. Valid until the next
  /// call.
  [[nodiscard]] std::optional<ImageView> for_helper(const ImageView& image, Seconds time,
                                                    const std::optional<Pose>& patient);
  /// Notes the result of looking in the picture of `for_helper`, and says who it is. A helper is a person
  /// beside the patient for 0.6 s; for 20 s after, also one who is where the patient is. `patient`: the
  /// tracker that found them must begin anew.
  [[nodiscard]] FoundBeside saw_helper(const PoseFrame& frame);
  /// The same, and acts on it: empties `frame` unless it shows the helper; where `tracker` found the patient,
  /// it begins anew.
  template <class Tracker>
  void keep_helper(PoseFrame& frame, Tracker& tracker) {
    const FoundBeside who = saw_helper(frame);
    if (who == FoundBeside::patient) tracker = Tracker{};
    if (who != FoundBeside::helper) frame.pose.reset();
  }

 private:
  [[nodiscard]] bool is_beside(const PoseFrame& frame) const;
  [[nodiscard]] ImageView painted(const ImageView& image, const Pose& hidden, const Pose* shown);

  std::optional<PoseFrame> patient_;
  std::optional<PoseFrame> helper_;
  std::optional<Seconds> beside_from_;  ///< of the stretch in which another person is beside the patient
  std::optional<Seconds> beside_at_;    ///< the newest moment of that stretch
  std::optional<Seconds> helper_known_;
  std::optional<Seconds> found_patient_;
  std::vector<std::uint8_t> painted_;
};

}  // namespace reprise::engine
