// SPDX-License-Identifier: Apache-2.0
#include "session/repetition_views.h"

#include <algorithm>
#include <complex>

namespace reprise::session {
namespace {

constexpr Degrees kSameDirection{25};
constexpr Degrees kOneView{40};

std::complex<double> direction_of(const engine::Facing& facing) {
  return std::polar(1.0, facing.azimuth.value());
}

}  // namespace

std::vector<std::optional<SeenFrom>> seen_from(std::span<const std::optional<engine::Facing>> facings,
                                               const std::optional<engine::Facing>& of_all_frames) {
  const auto is_near = [](std::complex<double> a, std::complex<double> b) {
    return std::abs(std::arg(a * std::conj(b))) < Radians{kSameDirection}.value();
  };
  std::vector<std::optional<SeenFrom>> out(facings.size());
  for (std::size_t first = 0; first < facings.size();) {
    std::complex<double> sum;
    std::size_t end = first;
    for (; end < facings.size(); ++end) {
      if (!facings[end]) continue;
      const auto direction = direction_of(*facings[end]);
      if (sum != std::complex<double>{} && !is_near(direction, sum)) break;
      sum += direction;
    }
    if (of_all_frames && is_near(direction_of(*of_all_frames), sum)) sum = direction_of(*of_all_frames);
    for (std::size_t i = first; i < end; ++i) {
      if (facings[i]) {
        out[i] = SeenFrom{engine::classify(Radians{std::arg(sum)}), facings[i]->spread};
      } else if (of_all_frames) {
        out[i] = SeenFrom{engine::classify(of_all_frames->azimuth), std::nullopt};
      }
    }
    first = end;
  }
  return out;
}

bool has_one_view(const RecordedRepetition& repetition) {
  return !repetition.view_spread || *repetition.view_spread <= kOneView;
}

bool is_judged_from(const engine::ExerciseDefinition& definition, const RecordedRepetition& repetition) {
  if (definition.views.empty() || !repetition.view) return true;
  return has_one_view(repetition) && std::find(definition.views.begin(), definition.views.end(),
                                               *repetition.view) != definition.views.end();
}

std::optional<engine::View> shared_view(std::span<const RecordedRepetition> repetitions,
                                        std::optional<engine::View> of_all_frames) {
  std::optional<engine::View> shared;
  for (const RecordedRepetition& r : repetitions) {
    if (!r.view) continue;
    if (shared && shared != r.view) return std::nullopt;
    shared = r.view;
  }
  return shared ? shared : of_all_frames;
}

std::vector<SeenRepetitions> seen_repetitions(const ExerciseSection& exercise) {
  std::vector<SeenRepetitions> out;
  for (std::size_t i = 0; i < exercise.repetitions.size(); ++i) {
    const auto view = exercise.repetitions[i].view;
    if (!view) continue;
    auto found = std::find_if(out.begin(), out.end(), [&](const auto& seen) { return seen.view == *view; });
    if (found == out.end()) found = out.insert(out.end(), {*view, {}});
    found->repetitions.push_back(i);
  }
  return out;
}

std::optional<engine::View> view_of(const ExerciseSection& exercise, const RecordedRepetition& repetition) {
  return repetition.view ? repetition.view : exercise.view;
}

}  // namespace reprise::session
