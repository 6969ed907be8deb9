// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "cli/exit_code.h"
#include "engine/cameras/board_calibration.h"
#include "pipeline/sound_lags.h"

namespace reprise::cli {

struct CalibratedByBoard {
  engine::BoardCalibration calibration;
  std::vector<session::Warning> warnings = {};
};

/// `reprise calibrate --board`: looks for the board in each video, with a progress bar, then finds the
/// cameras. `square_mm`: 0 where it was not given. Errors: those of `pipeline::track_board` and
/// `engine::calibrate_by_board`; invalid_argument (size of the board or of its squares, equal names).
[[nodiscard]] Result<CalibratedByBoard> calibrate_by_board(std::span<const std::filesystem::path> videos,
                                                           const std::string& board, double square_mm,
                                                           std::span<const Seconds> lags,
                                                           const pipeline::SoundLags& sound);

/// What `reprise calibrate --board` prints.
void print_board_calibration(const CalibratedByBoard& calibrated, const pipeline::SoundLags& sound,
                             bool lags_given, const std::filesystem::path& out, bool json);

/// `reprise calibrate --print-board`: writes a board as PDF. `board`: empty for 9x6; `square_mm`: 0 for 25;
/// `paper`: "a4" or "letter". Returns how to print it. Errors: those of `pipeline::parse_board_size`,
/// `sensing::board_sheet_pdf` and of writing; invalid_argument (a file whose name does not end in .pdf).
[[nodiscard]] Result<std::string> print_board(const std::filesystem::path& file, const std::string& board,
                                              double square_mm, const std::string& paper);

}  // namespace reprise::cli
