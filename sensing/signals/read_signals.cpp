// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/read_signals.h"

#include <algorithm>

#include "base/text.h"
#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/signals/activity_files.h"
#include "sensing/signals/c3d_signals.h"
#include "sensing/signals/edf.h"
#include "sensing/signals/inflate.h"
#include "sensing/signals/mat_value.h"
#include "sensing/signals/matlab_signals.h"
#include "sensing/signals/opensim_forces.h"
#include "sensing/signals/rr_intervals_text.h"
#include "sensing/signals/signal_csv.h"
#include "sensing/signals/wfdb.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReading = "reading signals";

bool is_wfdb(const std::filesystem::path& path, const std::string& extension) {
  if (extension == ".hea") return true;
  for (const char* other : {".dat", ".atr", ".ecg", ".qrs", ".ari", ".ann"}) {
    if (extension == other && std::filesystem::exists(std::filesystem::path{path}.replace_extension(".hea")))
      return true;
  }
  return false;
}

bool looks_like_text(std::string_view bytes) {
  bytes = bytes.substr(0, 4096);
  const auto strange = std::count_if(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  return !bytes.empty() && strange == 0;
}

/// "NAME.columns.json" beside "NAME.csv"; empty: there is none.
Result<std::optional<ColumnDescription>> description_of(std::filesystem::path path) {
  path.replace_extension(".columns.json");
  if (!std::filesystem::exists(path)) return std::optional<ColumnDescription>{};
  const auto text = read_file(path, 1 << 18, kReading);
  if (!text) return tl::unexpected(text.error());
  auto description = parse_column_description(*text);
  if (!description) return tl::unexpected(description.error());
  return std::optional{std::move(*description)};
}

}  // namespace

Result<SignalRecording> read_signal_text(std::string_view text, const std::filesystem::path& path,
                                         const SignalReadOptions& options) {
  auto description = description_of(path);
  if (!description) return tl::unexpected(description.error());
  const std::string_view opensim = table_of_opensim(text);
  if (!opensim.empty()) text = opensim;
  if (!*description && !options.rate && looks_like_rr_intervals(text)) return parse_rr_intervals(text);
  SignalTextOptions as_table;
  as_table.rate = options.rate;
  as_table.description = std::move(*description);
  as_table.grid.max_gap = options.max_gap;
  auto recording = parse_signal_text(text, as_table);
  if (recording && !opensim.empty()) describe_opensim_forces(*recording);
  return recording;
}

bool looks_like_signal_text(std::string_view bytes) {
  return !looks_like_edf(bytes) && !looks_like_c3d(bytes) && !looks_like_mat(bytes) &&
         !looks_like_fit(bytes) && !looks_like_tcx(bytes) && !looks_like_apple_health(bytes) &&
         looks_like_text(bytes);
}

Result<SignalRecording> read_signals(const std::filesystem::path& path, const SignalReadOptions& options) {
  std::filesystem::path name = path;
  if (is_wfdb(path, lower_case(path.extension().string())))
    return read_wfdb(path, {options.rate, options.annotator});
  auto bytes = read_file(path, options.max_bytes, kReading);
  if (!bytes) return tl::unexpected(bytes.error());
  if (bytes->starts_with("\x1f\x8b")) {
    bytes = inflate(*bytes, options.max_bytes, kReading);
    if (!bytes) return tl::unexpected(bytes.error());
    name.replace_extension();
  }
  if (looks_like_edf(*bytes)) return parse_edf(*bytes);
  if (looks_like_c3d(*bytes)) {
    const auto file = parse_c3d(*bytes);
    if (!file) return tl::unexpected(file.error());
    bytes->clear();
    return signals_from_c3d(*file);
  }
  if (looks_like_mat(*bytes)) {
    const auto file = parse_mat(*bytes);
    if (!file) return tl::unexpected(file.error());
    bytes->clear();
    return signals_from_mat(*file, {options.rate, options.part});
  }
  if (looks_like_fit(*bytes)) return parse_fit(*bytes);
  if (looks_like_tcx(*bytes)) return parse_tcx(*bytes);
  if (looks_like_apple_health(*bytes)) return parse_apple_health(*bytes);
  if (looks_like_text(*bytes)) return read_signal_text(*bytes, name, options);
  return fail(
      ErrorCode::unsupported, kReading,
      "'" + shown(path.filename().string(), 80) + "' is of no format that is read as signals",
      "give a table of text (CSV, TSV, MOT), RR intervals, Polar .hrm, WFDB (.hea with .dat in format 16 or "
      "212), MATLAB up to version 7, EDF, EDF+, BDF, C3D, TCX, FIT or Apple Health's export.xml");
}

}  // namespace reprise::sensing
