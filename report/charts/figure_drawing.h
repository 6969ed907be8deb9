// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "report/html/html.h"
#include "session/document.h"

namespace reprise::report {

/// From where a figure is drawn.
enum class Looking : std::uint8_t {
  as_filmed,  ///< x to the right, y down
  turned,  ///< straight across the body, toes to the right: depth, which one camera only estimates, is drawn
};

/// The frame around several figures, so that all are drawn to the same scale. Across from the hips, heights
/// from the lowest point seen (up is negative, as in the picture).
struct FigureFrame {
  double left_m = 0;
  double top_m = 0;
  double right_m = 0;
  double bottom_m = 0;
};

struct FigureOptions {
  Looking looking = Looking::as_filmed;
  FigureFrame frame;
  engine::Measure measure = engine::Measure::knee_flexion;  ///< marked on the figure
  std::optional<engine::Side> side;                         ///< empty: the side that is seen better
  std::string label;                                        ///< beside the mark, e.g. "102°"; empty: no mark
  std::string description;                                  ///< what a person who cannot see it should know
};

/// Room for a figure's visible points, with a margin.
[[nodiscard]] FigureFrame room_for(const session::Figure& figure, Looking looking);
[[nodiscard]] FigureFrame joined(const FigureFrame& a, const FigureFrame& b);

/// Draws a stick figure as SVG: seen parts in full lines, parts estimated behind the body dotted, unseen
/// parts not at all; the farther side in a lighter tone.
void draw_figure(Html& html, const session::Figure& figure, const FigureOptions& options);

}  // namespace reprise::report
