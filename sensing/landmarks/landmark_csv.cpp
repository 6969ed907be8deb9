// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/landmark_csv.h"

#include <array>
#include <vector>

#include "sensing/files/csv.h"
#include "sensing/files/number_text.h"
#include "sensing/landmarks/landmark_builder.h"

namespace reprise::sensing {
namespace {

enum class Kind { x_m, y_m, z_m, x_px, y_px, z_px, visibility };
constexpr std::array<std::string_view, 7> kEndings = {"_x_m",  "_y_m",  "_z_m",       "_x_px",
                                                      "_y_px", "_z_px", "_visibility"};
constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

struct Columns {
  std::size_t time = kAbsent;
  std::size_t simulated = kAbsent;
  std::array<engine::PerLandmark<std::size_t>, 7> of;  // [kind][landmark]: column, or kAbsent
  std::size_t count = 0;
  std::vector<std::string> ignored;

  Columns() {
    for (auto& kind : of) {
      for (auto& column : kind) column = kAbsent;
    }
  }
  [[nodiscard]] std::size_t at(Kind kind, std::size_t landmark) const {
    return of[static_cast<std::size_t>(kind)][landmark];
  }
};

Result<void> place_column(Columns& columns, std::string_view name, std::size_t index) {
  const auto twice = [&] {
    return bad_landmarks("column '" + shown(name) + "' occurs twice", "remove one of the two columns");
  };
  if (name == "time_s") {
    if (columns.time != kAbsent) return twice();
    columns.time = index;
    return {};
  }
  if (name == "simulated") {
    if (columns.simulated != kAbsent) return twice();
    columns.simulated = index;
    return {};
  }
  for (std::size_t kind = 0; kind < kEndings.size(); ++kind) {
    if (!name.ends_with(kEndings[kind])) continue;
    const std::string_view stem = name.substr(0, name.size() - kEndings[kind].size());
    const auto landmark = engine::landmark_from_name(stem);
    if (!landmark) {
      return bad_landmarks("column '" + shown(name, 60) + "': '" + shown(stem) + "' is no landmark",
                           "use the 33 names of BlazePose, e.g. left_knee_x_m");
    }
    std::size_t& column = columns.of[kind][*landmark];
    if (column != kAbsent) return twice();
    column = index;
    return {};
  }
  if (!name.empty() && columns.ignored.size() < 20) columns.ignored.push_back(shown(name));
  return {};
}

Result<Columns> read_header(const std::vector<std::string_view>& fields) {
  Columns columns;
  columns.count = fields.size();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (auto placed = place_column(columns, trimmed(fields[i]), i); !placed)
      return tl::unexpected(placed.error());
  }
  if (columns.time == kAbsent) {
    return bad_landmarks("the first line names no column 'time_s' (its first column is '" +
                             shown(fields.empty() ? "" : fields.front()) + "')",
                         "name the columns time_s, nose_x_m, nose_y_m, ...");
  }
  bool any = false;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    for (const Kind first : {Kind::x_m, Kind::x_px}) {
      const auto k = static_cast<std::size_t>(first);
      const int present = int{columns.of[k][i] != kAbsent} + int{columns.of[k + 1][i] != kAbsent} +
                          int{columns.of[k + 2][i] != kAbsent};
      any = any || present == 3;
      if (present == 0 || present == 3) continue;
      return bad_landmarks("landmark '" + std::string{name(static_cast<engine::Landmark>(i))} + "' has " +
                               std::to_string(present) + " of its 3 columns " +
                               (k == 0 ? "in meters" : "in pixels"),
                           "give x, y and z");
    }
  }
  if (!any)
    return bad_landmarks("no column holds a landmark", "name the columns time_s, nose_x_m, nose_y_m, ...");
  return columns;
}

/// Empty for a missing cell.
Result<std::optional<double>> cell(const std::vector<std::string_view>& fields, std::size_t column,
                                   const std::string& place, const std::vector<std::string>& header) {
  const std::string_view text = column < fields.size() ? trimmed(fields[column]) : std::string_view{};
  if (text.empty()) return std::optional<double>{};
  const auto value = parse_number(text);
  if (!value) {
    const bool comma = text.find(',') != std::string_view::npos;
    return bad_landmarks(place + ", column '" + header[column] + "': '" + shown(text) + "' is no number",
                         comma ? "write numbers with a decimal point" : "leave a missing value empty");
  }
  return value;
}

/// All three cells of a point, or none. True where the point is there.
Result<bool> point(const std::vector<std::string_view>& fields, const Columns& columns, Kind first,
                   std::size_t i, const std::string& place, const std::vector<std::string>& header,
                   Eigen::Vector3d& out) {
  int present = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const std::size_t column =
        columns.of[static_cast<std::size_t>(first) + static_cast<std::size_t>(axis)][i];
    if (column == kAbsent) return false;
    const auto value = cell(fields, column, place, header);
    if (!value) return tl::unexpected(value.error());
    if (*value) out[axis] = **value;
    present += *value ? 1 : 0;
  }
  if (present != 0 && present != 3) {
    return bad_landmarks(place + ": '" + std::string{name(static_cast<engine::Landmark>(i))} + "' has " +
                             std::to_string(present) + " of 3 coordinates",
                         "give x, y and z, or leave all three empty");
  }
  return present == 3;
}

Result<LandmarkRow> read_row(const std::vector<std::string_view>& fields, const Columns& columns,
                             const std::string& place, const std::vector<std::string>& header) {
  LandmarkRow row;
  const auto time = cell(fields, columns.time, place, header);
  if (!time) return tl::unexpected(time.error());
  if (!*time) return bad_landmarks(place + ": the time is missing", "give every row its time_s");
  row.time = Seconds{**time};
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    Eigen::Vector3d p;
    const auto world = point(fields, columns, Kind::x_m, i, place, header, p);
    if (!world) return tl::unexpected(world.error());
    if (*world) row.world_m[i].v = p;
    row.has_world[i] = *world;
    const auto image = point(fields, columns, Kind::x_px, i, place, header, p);
    if (!image) return tl::unexpected(image.error());
    if (*image) row.image[i] = {p.x(), p.y(), p.z()};
    row.has_image[i] = *image;
    if (columns.at(Kind::visibility, i) == kAbsent) continue;
    const auto visibility = cell(fields, columns.at(Kind::visibility, i), place, header);
    if (!visibility) return tl::unexpected(visibility.error());
    row.visibility[i] = visibility->value_or(0);
    row.has_visibility[i] = visibility->has_value();
  }
  return row;
}

void append_cells(std::string& out, bool present, double x, double y, double z) {
  for (const double value : {x, y, z}) {
    out += ',';
    if (present) append_number(out, value);
  }
}

}  // namespace

Result<LandmarkRecording> parse_landmark_csv(std::string_view text) {
  CsvReader reader{text};
  std::vector<std::string_view> fields;
  const auto first = reader.next(fields);
  if (!first) return tl::unexpected(first.error());
  if (!*first) return bad_landmarks("the file is empty", "export the landmarks again");
  auto columns = read_header(fields);
  if (!columns) return tl::unexpected(columns.error());
  std::vector<std::string> header;
  for (const std::string_view f : fields) header.push_back(shown(f, 60));

  LandmarkBuilder builder{LandmarkFormat::csv};
  while (true) {
    const auto more = reader.next(fields);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    const bool blank = fields.size() == 1 && trimmed(fields[0]).empty();
    if (blank && columns->count > 1) continue;
    const std::string place = "line " + std::to_string(reader.line());
    // A short row is a torn one: a spreadsheet writes the separators of empty cells.
    if (fields.size() != columns->count) {
      return bad_landmarks(place + " has " + std::to_string(fields.size()) + " cells, the header " +
                               std::to_string(columns->count),
                           "export the table again");
    }
    const auto row = read_row(fields, *columns, place, header);
    if (!row) return tl::unexpected(row.error());
    const auto simulated = cell(fields, columns->simulated, place, header);
    if (!simulated) return tl::unexpected(simulated.error());
    if (simulated->value_or(0) != 0) builder.source().simulated = true;
    if (auto added = builder.add(*row, place); !added) return tl::unexpected(added.error());
  }
  if (!columns->ignored.empty()) {
    std::string names;
    for (const std::string& name : columns->ignored) names += (names.empty() ? "" : ", ") + name;
    builder.source().warnings.push_back("Columns that are no landmarks were left out: " + names + ".");
  }
  return std::move(builder).finish();
}

std::string to_landmark_csv(const LandmarkRecording& recording, const LandmarkCsvOptions& options) {
  const LandmarkSource& source = recording.source;
  const bool world = !source.world_from_image;
  const bool image = source.has_image && (options.image || !world);
  std::string out = source.simulated ? "time_s,simulated" : "time_s";
  const auto add_names = [&out](std::size_t i, std::size_t from, std::size_t to) {
    for (std::size_t kind = from; kind < to; ++kind) {
      out += ',';
      out += name(static_cast<engine::Landmark>(i));
      out += kEndings[kind];
    }
  };
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    if (source.never_measured[i]) continue;
    if (world) add_names(i, 0, 3);
    if (source.has_visibility) add_names(i, 6, 7);
    if (image) add_names(i, 3, 6);
  }
  out += '\n';
  for (const engine::PoseFrame& frame : recording.frames) {
    append_number(out, frame.time.value());
    if (source.simulated) out += ",1";
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      if (source.never_measured[i]) continue;
      const bool there = frame.pose && was_measured(*frame.pose, i, source);
      const Eigen::Vector3d p = there ? frame.pose->world_m[i].v : Eigen::Vector3d::Zero();
      if (world) append_cells(out, there, p.x(), p.y(), p.z());
      if (source.has_visibility) {
        out += ',';
        if (there) append_number(out, frame.pose->visibility[i]);
      }
      const bool pictured = there && frame.pose->image;
      const engine::ImagePoint q = pictured ? (*frame.pose->image)[i] : engine::ImagePoint{};
      if (image) append_cells(out, pictured, q.x_px, q.y_px, q.z_px);
    }
    out += '\n';
  }
  return out;
}

}  // namespace reprise::sensing
