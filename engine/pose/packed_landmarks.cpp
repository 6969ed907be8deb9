// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/packed_landmarks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

namespace reprise::engine {
namespace {

constexpr std::string_view kMagic = "RPLM";
constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kSimulated = 1;
constexpr std::uint64_t kWithImage = 2;
constexpr std::uint64_t kMostFrames = 200'000;
constexpr std::uint64_t kMostPixels = 100'000;

constexpr double kTimeSteps = 1e4;              // a second
constexpr double kWorldSteps = 1e3;             // a meter
constexpr double kImageSteps = 4;               // a pixel
constexpr double kVisibleSteps = 100;           // all of it
constexpr std::int64_t kFarthest = 10'000'000;  // 10 km, or 2.5 million pixels
constexpr std::int64_t kLongest = 864'000'000;  // a day

constexpr std::size_t kPerLandmark = 6;
using Steps = std::array<std::int64_t, kLandmarkCount * kPerLandmark>;

std::int64_t stepped(double value, double steps, std::int64_t most) {
  const double whole = std::round(value * steps);
  return static_cast<std::int64_t>(std::clamp(whole, -static_cast<double>(most), static_cast<double>(most)));
}

Steps steps_of(const Pose& pose) {
  Steps all{};
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    std::int64_t* const one = &all[kPerLandmark * l];
    const Eigen::Vector3d& meters = pose.world_m[l].v;
    one[0] = stepped(meters.x(), kWorldSteps, kFarthest);
    one[1] = stepped(meters.y(), kWorldSteps, kFarthest);
    one[2] = stepped(meters.z(), kWorldSteps, kFarthest);
    if (pose.image) {
      one[3] = stepped((*pose.image)[l].x_px, kImageSteps, kFarthest);
      one[4] = stepped((*pose.image)[l].y_px, kImageSteps, kFarthest);
    }
    one[5] = stepped(pose.visibility[l], kVisibleSteps, 100);
  }
  return all;
}

Pose pose_from(const Steps& steps, bool with_image) {
  Pose pose;
  if (with_image) pose.image.emplace();
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const auto number = [&](std::size_t i, double each) {
      return static_cast<double>(steps[kPerLandmark * l + i]) / each;
    };
    pose.world_m[l] = {number(0, kWorldSteps), number(1, kWorldSteps), number(2, kWorldSteps)};
    if (pose.image) (*pose.image)[l] = {number(3, kImageSteps), number(4, kImageSteps), 0};
    pose.visibility[l] = std::clamp(number(5, kVisibleSteps), 0.0, 1.0);
  }
  return pose;
}

// Image positions of each landmark stand between the others, so that all frames have the same shape.
bool is_kept(std::size_t i, bool with_image) {
  const std::size_t part = i % kPerLandmark;
  return with_image || (part != 3 && part != 4);
}

void put_whole(std::string& out, std::uint64_t number) {
  while (number >= 0x80U) {
    out += static_cast<char>(0x80U | (number & 0x7FU));
    number >>= 7U;
  }
  out += static_cast<char>(number);
}

void put_difference(std::string& out, std::int64_t number) {
  const auto doubled = static_cast<std::uint64_t>(number) << 1U;
  put_whole(out, number < 0 ? ~doubled : doubled);
}

/// Reads numbers in sequence; from the first missing one on, all are 0 and `broken` is set.
class NumberReader {
 public:
  explicit NumberReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t whole() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return number;
    }
    broken_ = true;
    bytes_ = {};
    return 0;
  }

  std::int64_t difference() {
    const std::uint64_t doubled = whole();
    const auto half = static_cast<std::int64_t>(doubled >> 1U);
    return (doubled & 1U) != 0 ? -half - 1 : half;
  }

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool broken_ = false;
};

tl::unexpected<Error> no_recording(ErrorCode code, std::string cause) {
  return fail(code, "reading recorded movement", std::move(cause),
              "read the complete recorded bytes, with a version of Reprise that supports them");
}

struct Header {
  std::uint64_t flags = 0;
  std::uint64_t width_px = 0;
  std::uint64_t height_px = 0;
  std::uint64_t frames = 0;
};

Result<Header> read_header(NumberReader& reader) {
  if (reader.whole() != kVersion) return no_recording(ErrorCode::unsupported, "its version is not 1");
  Header header{reader.whole(), reader.whole(), reader.whole(), reader.whole()};
  if (reader.broken()) return no_recording(ErrorCode::corrupt, "it ends in its first bytes");
  if (header.flags > (kSimulated | kWithImage) || header.width_px > kMostPixels ||
      header.height_px > kMostPixels) {
    return no_recording(ErrorCode::corrupt, "its first bytes contradict themselves");
  }
  if (header.frames > kMostFrames)
    return no_recording(ErrorCode::unsupported, "it has more than 200,000 frames");
  return header;
}

/// Empty if the bytes are damaged.
std::optional<Pose> read_pose(NumberReader& reader, bool with_image, Steps& last) {
  for (std::size_t i = 0; i < last.size(); ++i) {
    if (!is_kept(i, with_image)) continue;
    const std::int64_t difference = reader.difference();
    if (difference < -2 * kFarthest || difference > 2 * kFarthest) return std::nullopt;
    last[i] += difference;
    if (last[i] < -kFarthest || last[i] > kFarthest) return std::nullopt;
  }
  if (reader.broken()) return std::nullopt;
  return pose_from(last, with_image);
}

}  // namespace

std::string pack_landmarks(const PackedLandmarks& recording) {
  const bool with_image =
      std::all_of(recording.frames.begin(), recording.frames.end(),
                  [](const PoseFrame& frame) { return !frame.pose || frame.pose->image; });
  std::string out{kMagic};
  put_whole(out, kVersion);
  put_whole(out, (recording.simulated ? kSimulated : 0) | (with_image ? kWithImage : 0));
  put_whole(out,
            static_cast<std::uint64_t>(std::clamp(recording.width_px, 0, static_cast<int>(kMostPixels))));
  put_whole(out,
            static_cast<std::uint64_t>(std::clamp(recording.height_px, 0, static_cast<int>(kMostPixels))));
  put_whole(out, recording.frames.size());
  std::int64_t time = 0;
  Steps last{};
  for (const PoseFrame& frame : recording.frames) {
    const std::int64_t next = stepped(frame.time.value(), kTimeSteps, kLongest);
    put_difference(out, next - time);
    time = next;
    put_whole(out, frame.pose ? 1 : 0);
    if (!frame.pose) continue;
    const Steps now = steps_of(*frame.pose);
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (is_kept(i, with_image)) put_difference(out, now[i] - last[i]);
    }
    last = now;
  }
  return out;
}

Result<PackedLandmarks> unpack_landmarks(std::string_view bytes) {
  if (bytes.substr(0, kMagic.size()) != kMagic)
    return no_recording(ErrorCode::corrupt, "it does not begin with RPLM");
  NumberReader reader{bytes.substr(kMagic.size())};
  const auto header = read_header(reader);
  if (!header) return tl::unexpected(header.error());
  PackedLandmarks recording{{},
                            (header->flags & kSimulated) != 0,
                            static_cast<int>(header->width_px),
                            static_cast<int>(header->height_px)};
  const bool with_image = (header->flags & kWithImage) != 0;
  // A frame takes two bytes at least: a number that was made up reserves no memory.
  recording.frames.reserve(std::min(static_cast<std::size_t>(header->frames), bytes.size() / 2));
  std::int64_t time = 0;
  Steps last{};
  for (std::uint64_t f = 0; f < header->frames; ++f) {
    const std::int64_t step = reader.difference();
    const std::uint64_t seen = reader.whole();
    if (reader.broken() || seen > 1) return no_recording(ErrorCode::corrupt, "it ends before its last frame");
    if ((f > 0 && step <= 0) || step < -kLongest || step > kLongest)
      return no_recording(ErrorCode::corrupt, "its times do not rise");
    time += step;
    if (time > kLongest) return no_recording(ErrorCode::unsupported, "it is longer than a day");
    PoseFrame frame{Seconds{static_cast<double>(time) / kTimeSteps}, {}};
    if (seen == 1) {
      frame.pose = read_pose(reader, with_image, last);
      if (!frame.pose) return no_recording(ErrorCode::corrupt, "one of its frames is damaged");
    }
    recording.frames.push_back(std::move(frame));
  }
  if (!reader.at_end()) return no_recording(ErrorCode::corrupt, "data follows its last frame");
  return recording;
}

}  // namespace reprise::engine
