// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pose/two_people.h"
#include "exercises/catalog.h"
#include "exercises/range_of_motion.h"
#include "session/measurements/visit.h"
#include "wasm/live_set.h"
#include "wasm/pose_session.h"

namespace reprise::wasm {

/// More pictures are refused: they would fill a tablet's memory. An hour at 15 a second. Unsourced default.
inline constexpr std::size_t kMostVisitPictures = 54'000;

/// A treatment before a browser's camera: each picture goes through the networks for the patient, then for
/// the helper. It is used as a PoseSession, whose results are the patient's.
class VisitWatch {
 public:
  /// `person`: 1 is nearest to the middle of the picture at the beginning, and after each pause. `tests`: all
  /// that are looked for; `catalog`: their exercises.
  VisitWatch(int person, std::vector<exercises::RangeTest> tests,
             std::vector<exercises::CatalogExercise> catalog);

  /// As those of PoseSession; errors as well, and unsupported (too many pictures).
  [[nodiscard]] Result<std::span<std::uint8_t>> picture(int width_px, int height_px);
  [[nodiscard]] Result<Wanted> begin(Seconds time);
  [[nodiscard]] Result<Wanted> answer();
  /// Of the pass under way.
  [[nodiscard]] std::span<const float> input() const { return pass().input(); }
  [[nodiscard]] engine::DetectorOutput& detector_output() { return pass().detector_output(); }
  [[nodiscard]] engine::LandmarkOutput& landmark_output() { return pass().landmark_output(); }

  /// The patient in the last picture.
  [[nodiscard]] const engine::TrackedFrame& seen() const { return patient_.seen(); }
  /// Whether `seen` may be another person than before: after a loss, or in the first picture with a person
  /// after a pause.
  [[nodiscard]] bool reacquired() const { return reacquired_; }
  /// The helper in the last picture; empty: not seen.
  [[nodiscard]] const std::optional<engine::Pose>& helper() const { return helper_pose_; }
  [[nodiscard]] double light() const { return light_; }

  /// Pictures so far, and the time that they cover without pauses.
  [[nodiscard]] std::size_t pictures() const;
  [[nodiscard]] Seconds watched() const;

  /// Drops a picture under way. The next one begins anew: the patient is chosen again, and no movement, rest
  /// or loss counts across the pause.
  void pause();

  /// Finds the movements; `last`: of the last seconds alone, since the last pause. Returns a VisitDocument
  /// (reprise.d.mts) as text. Errors: nothing_measured, where no person was seen; those of find_movements.
  [[nodiscard]] Result<std::string> findings_text(const SetFacts& facts, std::optional<Seconds> last);
  /// Measures accepted proposals of the last `findings_text` of the whole visit. `request`: the accepted
  /// numbers, start and person of AcceptedProposals as text. Returns a MeasuredResult. Errors:
  /// invalid_argument with the field, those of session::accept_proposals.
  [[nodiscard]] Result<std::string> accepted_text(std::string_view request, const SetFacts& facts) const;

 private:
  /// From one pause to the next.
  struct Stretch {
    std::vector<engine::PoseFrame> patient;
    std::vector<engine::PoseFrame> helper;  ///< with the same times
    std::vector<engine::TimeRange> others;
    std::vector<Seconds> reacquired;
  };

  [[nodiscard]] const PoseSession& pass() const { return helping_ ? helper_ : patient_; }
  [[nodiscard]] PoseSession& pass() { return helping_ ? helper_ : patient_; }
  [[nodiscard]] Result<Wanted> take(Result<Wanted> wanted);
  void end_picture();
  [[nodiscard]] session::Source source_of(const SetFacts& facts) const;
  [[nodiscard]] Result<session::VisitFindings> movements_of(const Stretch& stretch, const SetFacts& facts,
                                                            std::optional<Seconds> last) const;

  engine::PoseTrackerOptions options_;
  std::vector<exercises::RangeTest> tests_;
  std::vector<exercises::CatalogExercise> catalog_;
  PoseSession patient_;
  PoseSession helper_;
  engine::TwoPeople people_;
  RgbaPicture picture_;
  Seconds time_{0};  ///< of the picture under way
  std::optional<Seconds> last_;
  bool helping_ = false;  ///< the pass under way is the helper's
  bool under_way_ = false;
  bool reacquired_ = false;
  bool anew_ = false;  ///< no one was seen since the pause
  std::optional<engine::Pose> helper_pose_;
  double light_ = 0;
  std::vector<Stretch> stretches_ = std::vector<Stretch>(1);
  session::VisitFindings found_;
};

}  // namespace reprise::wasm
