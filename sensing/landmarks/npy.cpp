// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/npy.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "sensing/files/number_text.h"
#include "sensing/landmarks/bare_landmarks.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingNpy = "reading a NumPy file (.npy)";
constexpr std::size_t kMaxDimensions = 8;
constexpr std::size_t kColumnsWithAngles = 104;  // 33 points and 5 angles

tl::unexpected<Error> bad_npy(std::string cause) {
  return fail(ErrorCode::corrupt, kReadingNpy, std::move(cause), "save the array again with numpy.save");
}

tl::unexpected<Error> other_npy(std::string cause, std::string remedy) {
  return fail(ErrorCode::unsupported, kReadingNpy, std::move(cause), std::move(remedy));
}

struct NpyHeader {
  std::string_view type;   // e.g. "<f4"
  std::string_view order;  // "True" or "False"
  std::string_view shape;  // between the brackets
};

/// What stands after "'key':" in the header's dictionary, up to one of `ends`.
std::optional<std::string_view> value_of(std::string_view text, std::string_view key, std::string_view ends) {
  const std::size_t at = text.find("'" + std::string{key} + "':");
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + key.size() + 3);
  const std::size_t end = text.find_first_of(ends);
  if (end == std::string_view::npos) return std::nullopt;
  return trimmed(text.substr(0, end));
}

Result<NpyHeader> parse_header(std::string_view text) {
  const auto type = value_of(text, "descr", ",}");
  const auto order = value_of(text, "fortran_order", ",}");
  const auto shape = value_of(text, "shape", ")");
  if (!type || !order || !shape || !shape->starts_with('(')) {
    return bad_npy("the header has no descr, fortran_order and shape");
  }
  std::string_view name = *type;
  if (name.size() < 2 || (name.front() != '\'' && name.front() != '"')) {
    return other_npy("the array holds records, not numbers", "save an array of float32 or float64");
  }
  name = name.substr(1, name.size() - 2);
  return NpyHeader{name, *order, shape->substr(1)};
}

Result<std::vector<std::size_t>> parse_shape(std::string_view text) {
  std::vector<std::size_t> shape;
  std::size_t count = 1;
  while (!trimmed(text).empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const auto length = parse_integer(text.substr(0, end));
    if (!length || *length < 0 || shape.size() == kMaxDimensions)
      return bad_npy("the shape is '" + shown(text) + "'");
    shape.push_back(static_cast<std::size_t>(*length));
    if (shape.back() > kMaxNpyValues) {
      return other_npy("a dimension has " + std::to_string(*length) + " entries; the limit is " +
                           std::to_string(kMaxNpyValues),
                       "split the array");
    }
    count *= shape.back();
    if (count > kMaxNpyValues) {
      return other_npy("there are more than " + std::to_string(kMaxNpyValues) + " numbers",
                       "split the array");
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return shape;
}

template <class Float, class Bits>
double number_at(const char* bytes, bool big_endian) {
  Bits bits = 0;
  for (std::size_t i = 0; i < sizeof bits; ++i) {
    const std::size_t from = big_endian ? i : sizeof bits - 1 - i;
    bits = static_cast<Bits>(bits << 8 | static_cast<unsigned char>(bytes[from]));
  }
  return std::bit_cast<Float>(bits);
}

/// Each frame reaches exactly from 0 to 1 along every axis.
bool stretched(const std::vector<std::optional<BarePoints>>& frames) {
  bool any = false;
  for (const auto& points : frames) {
    if (!points) continue;
    Eigen::Vector3d least = Eigen::Vector3d::Constant(2);
    Eigen::Vector3d most = Eigen::Vector3d::Constant(-2);
    for (const auto& point : *points) {
      if (!point) continue;
      least = least.cwiseMin(*point);
      most = most.cwiseMax(*point);
    }
    if (least != Eigen::Vector3d::Zero() || most != Eigen::Vector3d::Ones()) return false;
    any = true;
  }
  return any;
}

std::optional<BarePoints> frame_of(const double* values) {
  const std::size_t count = 3 * engine::kLandmarkCount;
  if (std::all_of(values, values + count, [](double v) { return v == 0; })) return std::nullopt;
  BarePoints points;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    const Eigen::Vector3d p{values[3 * i], values[3 * i + 1], values[3 * i + 2]};
    if (!p.hasNaN()) points[i] = p;
  }
  return points;
}

/// One row a frame of the 33 points.
Result<void> check_shape(const std::vector<std::size_t>& shape) {
  const bool points = shape.size() == 3 && shape[1] == engine::kLandmarkCount && shape[2] == 3;
  const bool flat = shape.size() == 2 && shape[1] == 3 * engine::kLandmarkCount;
  if (!points && !flat) {
    std::string text;
    for (const std::size_t n : shape) text += (text.empty() ? "" : ", ") + std::to_string(n);
    return other_npy("the array's shape is [" + text + "]",
                     "save an array of [frames, 33, 3] or [frames, 99]");
  }
  if (shape[0] > kMaxLandmarkFrames) {
    return other_npy("there are more than " + std::to_string(kMaxLandmarkFrames) + " frames",
                     "split the recording into shorter ones");
  }
  return {};
}

}  // namespace

Result<NpyArray> parse_npy(std::string_view bytes) {
  constexpr std::string_view kMagic = "\x93NUMPY";
  if (bytes.size() < 10 || !bytes.starts_with(kMagic))
    return bad_npy("the file does not begin like a .npy file");
  const auto byte = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at]));
  };
  const std::size_t version = byte(6);
  if (version < 1 || version > 3)
    return other_npy("the format version is " + std::to_string(version), "save the array again");
  const std::size_t length_bytes = version == 1 ? 2 : 4;
  const std::size_t header_at = 8 + length_bytes;
  if (bytes.size() < header_at) return bad_npy("the file ends in its header");
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) length |= byte(8 + i) << (8 * i);
  if (length > bytes.size() - header_at) return bad_npy("the file ends in its header");
  const auto header = parse_header(bytes.substr(header_at, length));
  if (!header) return tl::unexpected(header.error());
  const bool wide = header->type.ends_with("f8");
  const bool big_endian = header->type.starts_with('>');
  if (header->type.size() != 3 || (!wide && !header->type.ends_with("f4")) ||
      (!big_endian && header->type[0] != '<')) {
    return other_npy("the numbers are of type '" + shown(header->type) + "'; float32 and float64 are read",
                     "save array.astype('float32')");
  }
  if (header->order != "False") {
    return other_npy("the array is in Fortran order", "save numpy.ascontiguousarray(array)");
  }
  NpyArray array;
  auto shape = parse_shape(header->shape);
  if (!shape) return tl::unexpected(shape.error());
  array.shape = std::move(*shape);
  std::size_t count = 1;
  for (const std::size_t n : array.shape) count *= n;
  const std::size_t width = wide ? 8 : 4;
  const std::string_view data = bytes.substr(header_at + length);
  if (data.size() != count * width) {
    return bad_npy("the shape needs " + std::to_string(count * width) + " bytes, the file holds " +
                   std::to_string(data.size()));
  }
  array.values.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* at = data.data() + i * width;
    array.values.push_back(wide ? number_at<double, std::uint64_t>(at, big_endian)
                                : number_at<float, std::uint32_t>(at, big_endian));
  }
  return array;
}

Result<LandmarkRecording> landmarks_from_npy(const NpyArray& array, const LandmarkReadOptions& options) {
  const auto& shape = array.shape;
  const auto refuse_stretched = [](const std::string& what) {
    return other_npy(what +
                         ": each frame was stretched to reach from 0 to 1 along each axis, which loses "
                         "proportions and so every angle",
                     "save the landmarks in pixels or meters, before they are scaled");
  };
  if (shape.size() == 2 && shape[1] == kColumnsWithAngles)
    return refuse_stretched("the array has 104 columns, 33 points and 5 angles");
  if (auto ok = check_shape(shape); !ok) return tl::unexpected(ok.error());
  std::vector<std::optional<BarePoints>> frames;
  for (std::size_t f = 0; f < shape[0]; ++f)
    frames.push_back(frame_of(array.values.data() + f * 3 * engine::kLandmarkCount));
  if (stretched(frames)) return refuse_stretched("the positions have no size");
  return landmarks_from_bare(LandmarkFormat::npy, frames, options);
}

Result<std::vector<std::optional<engine::PerLandmark<Eigen::Vector3d>>>> points_from_npy(
    const NpyArray& array) {
  std::vector<std::size_t> shape = array.shape;
  const bool with_angles = shape.size() == 2 && shape[1] == kColumnsWithAngles;
  if (with_angles) shape[1] = 3 * engine::kLandmarkCount;
  if (auto ok = check_shape(shape); !ok) return tl::unexpected(ok.error());
  const std::size_t columns = with_angles ? kColumnsWithAngles : 3 * engine::kLandmarkCount;
  std::vector<std::optional<engine::PerLandmark<Eigen::Vector3d>>> frames(shape[0]);
  for (std::size_t f = 0; f < shape[0]; ++f) {
    const auto seen = frame_of(array.values.data() + f * columns);
    if (!seen || !std::all_of(seen->begin(), seen->end(), [](const auto& p) { return p.has_value(); }))
      continue;
    frames[f].emplace();
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) (*frames[f])[i] = *(*seen)[i];
  }
  return frames;
}

}  // namespace reprise::sensing
