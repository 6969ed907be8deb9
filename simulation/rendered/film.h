// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "simulation/rendered/take.h"

namespace reprise::simulation::rendered {

struct Film {
  std::string view;
  std::string mp4;  ///< the file's bytes
};

/// Films a take from all of its cameras. `drawn` is called after each frame (of all cameras); false stops.
/// The same take gives the same bytes with the same libraries. Errors: cancelled, those of VideoWriter.
[[nodiscard]] Result<std::vector<Film>> film(const Take& take, const std::function<bool(int frames)>& drawn);

/// One picture, RGB, rows from the top. `backdrop`: of `draw_room` with this camera. `buffer`: overwritten;
/// kept by the caller, so that its memory is used again.
[[nodiscard]] std::vector<std::uint8_t> draw_picture(const Take& take, std::size_t frame,
                                                     const std::vector<SkinnedPart>& parts,
                                                     const FilmCamera& camera, const SampleBuffer& backdrop,
                                                     SampleBuffer& buffer);

}  // namespace reprise::simulation::rendered
