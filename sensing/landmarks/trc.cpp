// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/trc.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/files/text_lines.h"
#include "sensing/landmarks/landmark_builder.h"

namespace reprise::sensing {
namespace {

tl::unexpected<Error> bad_trc(std::string cause, std::string remedy = "export the markers again") {
  return fail(ErrorCode::corrupt, "reading a TRC file", std::move(cause), std::move(remedy));
}

struct TrcHeader {
  char separator = '\t';
  std::optional<double> rate_hz;
  long long frame_count = 0;
  long long marker_count = 0;
  double units_per_m = 1;
  bool simulated = false;
};

constexpr std::size_t kMaxCells = 2 + 3 * engine::kMaxMarkers;

Result<TrcHeader> read_header(std::string_view& rest) {
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  const std::string_view first = take_line(rest);
  if (!trimmed(first).starts_with("PathFileType")) {
    return bad_trc("the first line does not begin with PathFileType", "check that this is a TRC file");
  }
  TrcHeader header;
  header.simulated = first.find(kSimulatedMark) != std::string_view::npos;
  const std::string_view names_line = take_line(rest);
  const std::string_view values_line = take_line(rest);
  header.separator = separator_of(names_line);
  std::vector<std::string_view> names;
  std::vector<std::string_view> values;
  split_cells(names_line, header.separator, kMaxCells, names);
  split_cells(values_line, header.separator, kMaxCells, values);
  const auto value = [&](std::string_view name) -> std::string_view {
    const auto found = std::find(names.begin(), names.end(), name);
    const auto i = static_cast<std::size_t>(found - names.begin());
    return i < values.size() ? values[i] : std::string_view{};
  };

  header.rate_hz = parse_number(value("DataRate"));
  const auto frames = parse_integer(value("NumFrames"));
  if (!frames || *frames < 0) {
    return bad_trc("line 3: NumFrames is '" + shown(value("NumFrames")) + "'; expected a whole number");
  }
  header.frame_count = *frames;
  const std::string_view units = value("Units");
  if (units == "m" || units == "meters") {
    header.units_per_m = 1;
  } else if (units == "cm") {
    header.units_per_m = 100;
  } else if (units == "mm") {
    header.units_per_m = 1000;
  } else {
    return fail(ErrorCode::unsupported, "reading a TRC file",
                "line 3: the unit is '" + shown(units) + "'; m, cm and mm are known", "convert the file");
  }

  const auto markers = parse_integer(value("NumMarkers"));
  if (!markers || *markers < 1) {
    return bad_trc("line 3: NumMarkers is '" + shown(value("NumMarkers")) +
                   "'; expected a whole number above 0");
  }
  if (static_cast<unsigned long long>(*markers) > engine::kMaxMarkers) {
    return fail(ErrorCode::unsupported, "reading a TRC file",
                "line 3: there are " + std::to_string(*markers) + " markers; the limit is " +
                    std::to_string(engine::kMaxMarkers),
                "export fewer markers");
  }
  header.marker_count = *markers;
  return header;
}

/// Reads the marker names. Each stands above the first of its three columns, but some writers leave out the
/// empty cells between, so only the order counts.
Result<std::vector<std::string>> read_marker_names(std::string_view& rest, const TrcHeader& header) {
  std::vector<std::string_view> cells;
  split_cells(take_line(rest), header.separator, kMaxCells + engine::kMaxMarkers, cells);
  if (cells.size() < 3 || !cells[0].starts_with("Frame")) {
    return bad_trc("line 4 does not begin with Frame# and Time, followed by the markers' names");
  }
  std::vector<std::string> names;
  for (std::size_t i = 2; i < cells.size(); ++i) {
    if (!cells[i].empty()) names.emplace_back(cells[i]);
  }
  if (static_cast<long long>(names.size()) != header.marker_count) {
    return bad_trc("line 3 declares " + std::to_string(header.marker_count) + " markers, line 4 names " +
                   std::to_string(names.size()));
  }
  split_cells(take_line(rest), header.separator, kMaxCells, cells);
  const auto label = std::find_if(cells.begin(), cells.end(), [](std::string_view c) { return !c.empty(); });
  if (label == cells.end() || (label->front() != 'X' && label->front() != 'x')) {
    return bad_trc("line 5 does not hold the axis labels X1, Y1, Z1, ...");
  }
  return names;
}

class RowReader {
 public:
  RowReader(const TrcHeader& header, engine::MarkerRecording& out) : header_(header), out_(out) {}

  /// Reads one row. On an error nothing is added.
  [[nodiscard]] Result<void> read(std::string_view line, std::size_t number) {
    line_number_ = number;
    split_cells(line, header_.separator, kMaxCells + 1, cells_);
    while (!cells_.empty() && cells_.back().empty()) cells_.pop_back();
    const std::size_t markers = out_.names.size();
    if (cells_.size() < 2 || cells_.size() > 2 + 3 * markers) {
      return bad_trc(place() + " has " + std::to_string(cells_.size()) +
                     " cells; expected frame, time and 3 for each of " + std::to_string(markers) +
                     " markers");
    }
    if (header_.separator == ' ' && cells_.size() != 2 + 3 * markers) {
      return bad_trc(place() + " lacks cells, and with blanks as separators the missing ones are unknown",
                     "export the markers with tabs");
    }
    if ((out_.times.size() + 1) * markers > engine::kMaxMarkerSamples) {
      return fail(
          ErrorCode::unsupported, "reading a TRC file",
          place() + ": frames times markers is more than " + std::to_string(engine::kMaxMarkerSamples),
          "split the recording into shorter ones");
    }
    const auto time = parse_number(cells_[1]);
    if (!time || !std::isfinite(*time))
      return bad_trc(place() + ": the time '" + shown(cells_[1]) + "' is no number");
    if (!out_.times.empty() && !(*time > out_.times.back().value())) {
      return bad_trc(place() + ": the time '" + shown(cells_[1]) + "' does not rise",
                     "remove the double frames");
    }
    points_.clear();
    for (std::size_t m = 0; m < markers; ++m) {
      auto position = point(m);
      if (!position) return tl::unexpected(position.error());
      points_.push_back(*position);
    }
    out_.times.emplace_back(*time);
    out_.positions_m.insert(out_.positions_m.end(), points_.begin(), points_.end());
    return {};
  }

 private:
  [[nodiscard]] std::string place() const { return "line " + std::to_string(line_number_); }

  [[nodiscard]] Result<std::optional<Vec3<engine::Laboratory>>> point(std::size_t marker) const {
    Vec3<engine::Laboratory> position;
    int present = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::size_t i = 2 + 3 * marker + axis;
      if (i >= cells_.size() || cells_[i].empty()) continue;
      const auto value = parse_number(cells_[i]);
      if (!value || std::isinf(*value)) {
        return bad_trc(place() + ", marker '" + shown(out_.names[marker]) + "': '" + shown(cells_[i]) +
                       "' is no number");
      }
      if (std::isnan(*value)) continue;
      // Dividing by a power of ten rounds once; multiplying by 0.001 would round twice.
      position.v[static_cast<Eigen::Index>(axis)] = *value / header_.units_per_m;
      if (!(std::abs(*value / header_.units_per_m) <= kMaxWorldM)) {
        return bad_trc(place() + ", marker '" + shown(out_.names[marker]) + "': " + shown(cells_[i]) +
                           " is farther than 10 km",
                       "check the unit in line 3");
      }
      ++present;
    }
    if (present == 0) return std::optional<Vec3<engine::Laboratory>>{};
    if (present < 3) {
      return bad_trc(place() + ": marker '" + shown(out_.names[marker]) + "' has " + std::to_string(present) +
                     " of 3 coordinates");
    }
    return std::optional{position};
  }

  const TrcHeader& header_;
  engine::MarkerRecording& out_;
  std::size_t line_number_ = 0;
  std::vector<std::string_view> cells_;
  std::vector<std::optional<Vec3<engine::Laboratory>>> points_;
};

Result<void> read_rows(std::string_view rest, const TrcHeader& header, engine::MarkerRecording& out) {
  RowReader rows{header, out};
  const auto declared = static_cast<unsigned long long>(header.frame_count);
  for (std::size_t number = 6; !rest.empty(); ++number) {
    const bool unended = rest.find('\n') == std::string_view::npos;
    const std::string_view line = take_line(rest);
    if (is_blank(line)) continue;
    // The last line of a truncated file may end within a number without a sign of it.
    const bool torn = unended && out.times.size() + 1 < declared;
    auto read = rows.read(line, number);
    if (torn) {
      if (read) {
        out.times.pop_back();
        out.positions_m.resize(out.positions_m.size() - out.names.size());
      }
      out.warnings.push_back("The last row (line " + std::to_string(number) +
                             ") has no end and was left out; the file seems to be cut off.");
    } else if (!read) {
      return read;
    }
  }
  if (out.times.empty()) {
    return fail(ErrorCode::nothing_measured, "reading a TRC file",
                "there are no rows; the header declares " + std::to_string(declared) + " frames",
                "export the markers again");
  }
  if (out.times.size() != declared) {
    out.warnings.push_back("The header declares " + std::to_string(declared) + " frames, the file holds " +
                           std::to_string(out.times.size()) + ".");
  }
  return {};
}

}  // namespace

Result<engine::MarkerRecording> parse_trc(std::string_view text) {
  const auto header = read_header(text);
  if (!header) return tl::unexpected(header.error());
  engine::MarkerRecording out;
  auto names = read_marker_names(text, *header);
  if (!names) return tl::unexpected(names.error());
  out.names = std::move(*names);
  out.simulated = header->simulated;
  if (header->rate_hz && *header->rate_hz > 0 && std::isfinite(*header->rate_hz))
    out.rate = Hertz{*header->rate_hz};
  if (std::set<std::string_view>(out.names.begin(), out.names.end()).size() != out.names.size()) {
    out.warnings.emplace_back("Two or more markers have the same name.");
  }
  if (auto read = read_rows(text, *header, out); !read) return tl::unexpected(read.error());
  return out;
}

Result<engine::MarkerRecording> read_trc(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto text = read_file(path, max_bytes, "reading a TRC file");
  if (!text) return tl::unexpected(text.error());
  return parse_trc(*text);
}

}  // namespace reprise::sensing
