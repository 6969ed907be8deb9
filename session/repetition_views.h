// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/kinematics/view.h"
#include "session/document.h"

namespace reprise::session {

// From where each repetition was seen: a camera that is moved, a cut or a person who turns changes it within
// a recording.

struct SeenFrom {
  engine::View view = engine::View::front;
  std::optional<Radians> spread;
};

/// Returns the view of each repetition from its facing, in order of time. Neighbors whose directions differ
/// by less than 25 degrees (unsourced default) share the view of their mean, so that a direction between two
/// views does not alternate between them; where that is as near to the direction over all frames, they share
/// that one's view, because the movement itself can turn the trunk. A repetition without a facing has the
/// view over all frames; empty where that is not known either.
[[nodiscard]] std::vector<std::optional<SeenFrom>> seen_from(
    std::span<const std::optional<engine::Facing>> facings,
    const std::optional<engine::Facing>& of_all_frames);

/// Whether one direction describes the whole repetition: a spread of at most 40 degrees. Unsourced default:
/// reached when a quarter of the frames is seen from a quarter turn away.
[[nodiscard]] bool has_one_view(const RecordedRepetition& repetition);

/// Whether the view of the repetition allows to measure it. True also where the view could not be told.
[[nodiscard]] bool is_judged_from(const engine::ExerciseDefinition& definition,
                                  const RecordedRepetition& repetition);

/// Returns the view that all repetitions share; empty where they differ. `of_all_frames` where none is known.
[[nodiscard]] std::optional<engine::View> shared_view(std::span<const RecordedRepetition> repetitions,
                                                      std::optional<engine::View> of_all_frames);

/// The repetitions, counted from 0, that were seen from one view.
struct SeenRepetitions {
  engine::View view;
  std::vector<std::size_t> repetitions;
};
/// Returns them by view, in order of first appearance. Empty for documents that do not say it.
[[nodiscard]] std::vector<SeenRepetitions> seen_repetitions(const ExerciseSection& exercise);

/// The view of a repetition, from the recording's where the document does not say it.
[[nodiscard]] std::optional<engine::View> view_of(const ExerciseSection& exercise,
                                                  const RecordedRepetition& repetition);

}  // namespace reprise::session
