// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "engine/cameras/board_finder.h"

namespace reprise::sensing {

enum class Paper { a4, letter };

/// A chequerboard on one sheet of paper.
struct BoardSheet {
  engine::BoardSize size = {};  ///< inner corners
  double square_mm = 25;
  Paper paper = Paper::a4;
};

/// Draws the board at its true size in the middle of a page, upright or across, whichever it fits, with half
/// a square of white or more around it, a title, and a line of 100 mm by which to check the print. Returns a
/// PDF 1.4; the same sheet gives the same bytes. Errors: invalid_argument (a size that cannot be told,
/// squares below 1 mm, a board that does not fit; the cause names the largest square that does).
[[nodiscard]] Result<std::string> board_sheet_pdf(const BoardSheet& sheet);

/// The side of the largest square with which the board fits on the paper, rounded down to 0.1 mm.
[[nodiscard]] double largest_square_mm(const engine::BoardSize& size, Paper paper);

}  // namespace reprise::sensing
