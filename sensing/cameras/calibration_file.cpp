// SPDX-License-Identifier: Apache-2.0
#include "sensing/cameras/calibration_file.h"

#include <toml++/toml.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

constexpr const char* kStage = "reading the calibration";
constexpr const char* kLayout =
    "write it as docs/reference/cameras.md shows, or make it with reprise calibrate";
constexpr std::size_t kLongestLine = 4000;  // a key of a thousand parts is a deeply nested table
constexpr std::array kKeys = {"size", "matrix", "distortions", "rotation", "translation"};
constexpr double kMostPixels = 20'000;
constexpr double kFarthestM = 1000;

std::string place_of(const std::string& name, const toml::source_region& source) {
  return name + ", line " + std::to_string(source.begin.line);
}

/// A name as errors show it: a terminal must not obey it.
std::string plain(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
      ' ');
  return text;
}

std::optional<std::vector<double>> numbers_of(const toml::node* node) {
  const toml::array* list = node != nullptr ? node->as_array() : nullptr;
  if (list == nullptr) return std::nullopt;
  std::vector<double> out;
  for (const toml::node& one : *list) {
    const auto value = one.value<double>();
    if (!one.is_number() || !value || !std::isfinite(*value)) return std::nullopt;
    out.push_back(*value);
  }
  return out;
}

/// One camera's table; the first fault is kept.
class CameraTable {
 public:
  CameraTable(const toml::table& table, std::string camera, const std::string& file)
      : table_(table), camera_(std::move(camera)), file_(file) {}

  Result<engine::CameraModel> read() {
    engine::CameraModel out;
    out.name = camera_;
    if (const auto* name = table_.get("name"))
      if (const auto* text = name->as_string()) out.name = text->get();
    read_size(out);
    read_matrix(out);
    read_distortions(out);
    const auto turn = exactly("rotation", 3, 1e3);
    const auto place = exactly("translation", 3, kFarthestM);
    if (fault_) return tl::unexpected(*fault_);
    const Eigen::Vector3d axis{turn[0], turn[1], turn[2]};
    const double angle = axis.norm();
    if (angle > 0) out.rotation = Eigen::AngleAxisd(angle, axis / angle).toRotationMatrix();
    out.translation_m = {place[0], place[1], place[2]};
    return out;
  }

 private:
  void refuse(ErrorCode code, const char* key, const std::string& cause, const char* remedy = kLayout) {
    if (fault_) return;
    const toml::node* node = table_.get(key);
    fault_ = Error{code, kStage,
                   place_of(file_, node != nullptr ? node->source() : table_.source()) + ": [" +
                       plain(camera_) + "] " + key + " " + cause,
                   remedy};
  }

  /// So many numbers, none beyond `most`; zeros where there is a fault.
  std::vector<double> exactly(const char* key, std::size_t count, double most) {
    const auto numbers = numbers_of(table_.get(key));
    if (!table_.contains(key)) {
      refuse(ErrorCode::corrupt, key, "is missing");
    } else if (!numbers || numbers->size() != count) {
      refuse(ErrorCode::corrupt, key, "must be " + std::to_string(count) + " numbers");
    } else if (std::any_of(numbers->begin(), numbers->end(), [&](double v) { return std::abs(v) > most; })) {
      refuse(ErrorCode::corrupt, key, "has a number beyond " + std::to_string(static_cast<int>(most)));
    }
    return fault_ ? std::vector<double>(count, 0) : *numbers;
  }

  void read_size(engine::CameraModel& out) {
    const auto size = exactly("size", 2, kMostPixels);
    if (!fault_ && !(size[0] >= 1 && size[1] >= 1)) refuse(ErrorCode::corrupt, "size", "must be positive");
    out.width_px = static_cast<int>(size[0]);
    out.height_px = static_cast<int>(size[1]);
  }

  void read_matrix(engine::CameraModel& out) {
    const toml::node* node = table_.get("matrix");
    if (node == nullptr) return refuse(ErrorCode::corrupt, "matrix", "is missing");
    const toml::array* rows = node->as_array();
    if (rows == nullptr || rows->size() != 3)
      return refuse(ErrorCode::corrupt, "matrix", "must be three rows of three numbers");
    std::vector<double> m;
    for (const toml::node& row : *rows) {
      const auto numbers = numbers_of(&row);
      if (!numbers || numbers->size() != 3)
        return refuse(ErrorCode::corrupt, "matrix", "must be three rows of three numbers");
      m.insert(m.end(), numbers->begin(), numbers->end());
    }
    const bool plausible = m[0] > 0 && m[4] > 0 && m[0] < 1e6 && m[4] < 1e6 && std::abs(m[2]) < 1e6 &&
                           std::abs(m[5]) < 1e6 && m[3] == 0 && m[6] == 0 && m[7] == 0 && m[8] == 1;
    if (!plausible)
      return refuse(ErrorCode::corrupt, "matrix", "must be [[f, 0, cx], [0, f, cy], [0, 0, 1]] in pixels");
    if (std::abs(m[1]) > 1e-6 * m[0])
      return refuse(ErrorCode::unsupported, "matrix", "has skewed pixels", "calibrate without skew");
    out.focal_x_px = m[0];
    out.focal_y_px = m[4];
    out.center_x_px = m[2];
    out.center_y_px = m[5];
  }

  void read_distortions(engine::CameraModel& out) {
    if (const auto* fisheye = table_.get("fisheye")) {
      if (!fisheye->is_boolean()) return refuse(ErrorCode::corrupt, "fisheye", "must be true or false");
      out.distortion.fisheye = fisheye->value_or(false);
    }
    const auto numbers = numbers_of(table_.get("distortions"));
    if (!table_.contains("distortions")) return refuse(ErrorCode::corrupt, "distortions", "is missing");
    if (!numbers) return refuse(ErrorCode::corrupt, "distortions", "must be numbers");
    const std::size_t most = out.distortion.fisheye ? 4 : 5;
    if (numbers->size() > most || numbers->size() < 4)
      return refuse(ErrorCode::unsupported, "distortions",
                    "has " + std::to_string(numbers->size()) + " numbers; 4, or 5 with k3, are known",
                    "calibrate with OpenCV's usual model: k1, k2, p1, p2 and perhaps k3; a fisheye has four");
    for (std::size_t i = 0; i < numbers->size(); ++i) {
      if (std::abs((*numbers)[i]) > 1e3) return refuse(ErrorCode::corrupt, "distortions", "is beyond 1000");
      out.distortion.coefficients[i] = (*numbers)[i];
    }
  }

  const toml::table& table_;
  std::string camera_;
  const std::string& file_;
  std::optional<Error> fault_;
};

Result<void> check_line_lengths(std::string_view toml, const std::string& name) {
  for (std::size_t line = 1; !toml.empty(); ++line) {
    const std::size_t length = std::min(toml.find('\n'), toml.size());
    if (length > kLongestLine) {
      return fail(ErrorCode::unsupported, kStage,
                  name + ", line " + std::to_string(line) + ": longer than " + std::to_string(kLongestLine) +
                      " bytes",
                  "check that it is a calibration file");
    }
    toml.remove_prefix(std::min(length + 1, toml.size()));
  }
  return {};
}

/// A camera's name must not end its table's header early.
std::string as_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  }
  return out + "\"";
}

template <class Numbers>
std::string list_of(const Numbers& numbers, std::size_t count) {
  std::string out = "[ ";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ", ";
    std::string number;
    append_number(number, numbers[i]);
    if (number.find_first_of(".e") == std::string::npos) number += ".0";
    out += number;
  }
  return out + "]";
}

std::string camera_text(const engine::CameraModel& c) {
  const Eigen::AngleAxisd turn(c.rotation);
  const Eigen::Vector3d axis = turn.angle() * turn.axis();
  using Row = std::array<double, 3>;
  return "[" + as_text(c.name) + "]\nname = " + as_text(c.name) + "\nsize = [ " + std::to_string(c.width_px) +
         ", " + std::to_string(c.height_px) + "]\nmatrix = [ " +
         list_of(Row{c.focal_x_px, 0, c.center_x_px}, 3) + ", " +
         list_of(Row{0, c.focal_y_px, c.center_y_px}, 3) + ", " + list_of(Row{0, 0, 1}, 3) +
         "]\ndistortions = " + list_of(c.distortion.coefficients, c.distortion.fisheye ? 4 : 5) +
         "\nrotation = " + list_of(std::array{axis.x(), axis.y(), axis.z()}, 3) + "\ntranslation = " +
         list_of(std::array{c.translation_m.x(), c.translation_m.y(), c.translation_m.z()}, 3) +
         "\nfisheye = " + (c.distortion.fisheye ? "true" : "false") + "\n\n";
}

}  // namespace

Result<std::vector<engine::CameraModel>> parse_calibration(std::string_view toml, const std::string& name) {
  if (auto checked = check_line_lengths(toml, name); !checked) return tl::unexpected(checked.error());
  try {
    const toml::table file = toml::parse(toml);
    std::vector<std::pair<std::string, const toml::table*>> tables;
    for (const auto& [key, node] : file) {
      const toml::table* table = node.as_table();
      if (table == nullptr) continue;
      if (std::any_of(kKeys.begin(), kKeys.end(), [&](const char* k) { return table->contains(k); }))
        tables.emplace_back(std::string{key.str()}, table);
    }
    if (tables.empty()) {
      return fail(ErrorCode::nothing_measured, kStage, name + " holds no camera", kLayout);
    }
    if (tables.size() > kMaxCameras) {
      return fail(ErrorCode::unsupported, kStage,
                  name + " holds " + std::to_string(tables.size()) + " cameras; at most " +
                      std::to_string(kMaxCameras),
                  "leave out those that did not film");
    }
    std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) {
      const auto& x = a.second->source().begin;
      const auto& y = b.second->source().begin;
      return std::pair{x.line, x.column} < std::pair{y.line, y.column};
    });
    std::vector<engine::CameraModel> cameras;
    for (const auto& [key, table] : tables) {
      auto camera = CameraTable{*table, key, name}.read();
      if (!camera) return tl::unexpected(camera.error());
      cameras.push_back(std::move(*camera));
    }
    return cameras;
  } catch (const toml::parse_error& error) {
    // The parser's own message may repeat the input; the location is enough.
    return fail(ErrorCode::corrupt, kStage, place_of(name, error.source()) + ": this is not TOML", kLayout);
  }
}

Result<std::vector<engine::CameraModel>> read_calibration(const std::filesystem::path& path) {
  constexpr std::size_t kMostBytes = 1 << 20;
  return read_file(path, kMostBytes, kStage).and_then([&](const std::string& text) {
    return parse_calibration(text, path.filename().string());
  });
}

std::string to_calibration(std::span<const engine::CameraModel> cameras) {
  std::string out;
  for (const engine::CameraModel& camera : cameras) out += camera_text(camera);
  return out;
}

}  // namespace reprise::sensing
