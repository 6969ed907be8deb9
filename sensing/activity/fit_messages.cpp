// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdint>

#include "sensing/activity/activity_points.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingFit = "reading a FIT file";
constexpr double kFitEpochS = 631065600;  // 1989-12-31T00:00:00Z
constexpr std::size_t kMaxMessages = 10'000'000;
constexpr unsigned kRecordMessage = 20, kHrvMessage = 78;
constexpr unsigned kTimestampField = 253;

tl::unexpected<Error> bad_fit(std::string cause) {
  return fail(ErrorCode::corrupt, kReadingFit, std::move(cause), "copy the file again from the device");
}

tl::unexpected<Error> not_fit() {
  return bad_fit("the file does not begin like a FIT file");
}

/// CRC-16 with the reflected polynomial 0xA001, as FIT uses it; 0 over data that end with their checksum.
std::uint16_t crc_of(std::string_view bytes) {
  std::uint32_t crc = 0;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xA001U & (0U - (crc & 1U)));
  }
  return static_cast<std::uint16_t>(crc);
}

struct FitField {
  unsigned number = 0;
  std::size_t size = 0;
};

struct FitDefinition {
  bool defined = false, big_endian = false;
  unsigned message = 0;
  std::size_t size = 0;  // of a data message, developer fields included
  std::vector<FitField> fields;
};

class FitReader {
 public:
  using TakePoint = std::function<Result<void>(const ActivityPoint&)>;

  /// `beats_s`: as in FitActivity; null: not wanted.
  FitReader(std::string_view bytes, const TakePoint& take, std::vector<double>* beats_s)
      : bytes_(bytes), take_(take), beats_s_(beats_s) {}

  [[nodiscard]] Result<void> read() {
    if (auto ok = check_frame(); !ok) return ok;
    for (std::size_t messages = 0; at_ < end_; ++messages) {
      if (messages == kMaxMessages)
        return fail(ErrorCode::unsupported, kReadingFit, "there are more than 10 million messages",
                    "split it");
      if (auto ok = read_message(); !ok) return ok;
    }
    return {};
  }

 private:
  [[nodiscard]] std::uint32_t integer(std::size_t at, std::size_t width, bool big_endian) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
      value = value << 8 | static_cast<unsigned char>(bytes_[big_endian ? at + i : at + width - 1 - i]);
    return value;
  }

  [[nodiscard]] Result<void> check_frame() {
    const std::size_t header = static_cast<unsigned char>(bytes_[0]);
    const std::size_t size = integer(4, 4, false);
    if (header < 12 || header > bytes_.size() || size > bytes_.size() - header ||
        bytes_.size() - header - size < 2)
      return bad_fit("the header declares " + std::to_string(size) +
                     " bytes of data, which the file does not hold");
    at_ = header;
    end_ = header + size;
    if (crc_of(bytes_.substr(0, end_ + 2)) != 0) return bad_fit("the checksum differs from the data");
    return {};
  }

  [[nodiscard]] bool left(std::size_t count) const { return end_ - at_ >= count; }

  [[nodiscard]] Result<void> read_message() {
    const unsigned header = static_cast<unsigned char>(bytes_[at_++]);
    if ((header & 0x80U) != 0) {  // compressed: five bits of the time, two of the definition
      const std::uint32_t offset = header & 0x1FU;
      time_ += (offset - (time_ & 0x1FU)) & 0x1FU;
      return read_data(definitions_[header >> 5 & 3U]);
    }
    if ((header & 0x40U) != 0) return read_definition(definitions_[header & 0xFU], (header & 0x20U) != 0);
    return read_data(definitions_[header & 0xFU]);
  }

  [[nodiscard]] Result<void> read_definition(FitDefinition& out, bool developer) {
    if (!left(5)) return bad_fit("it ends in a definition");
    out = {};
    out.defined = true;
    out.big_endian = bytes_[at_ + 1] != 0;
    out.message = integer(at_ + 2, 2, out.big_endian);
    const std::size_t count = static_cast<unsigned char>(bytes_[at_ + 4]);
    at_ += 5;
    for (const bool of_developer : {false, true}) {
      std::size_t fields = count;
      if (of_developer) {
        if (!developer) break;
        if (!left(1)) return bad_fit("it ends in a definition");
        fields = static_cast<unsigned char>(bytes_[at_++]);
      }
      if (!left(3 * fields)) return bad_fit("it ends in a definition");
      for (std::size_t f = 0; f < fields; ++f, at_ += 3) {
        const std::size_t size = static_cast<unsigned char>(bytes_[at_ + 1]);
        out.size += size;
        if (!of_developer) out.fields.push_back({static_cast<unsigned char>(bytes_[at_]), size});
      }
    }
    return {};
  }

  [[nodiscard]] Result<void> read_data(const FitDefinition& definition) {
    if (!definition.defined) return bad_fit("a message has no definition");
    if (!left(definition.size)) return bad_fit("it ends in a message");
    ActivityPoint point;
    std::size_t at = at_;
    for (const FitField& field : definition.fields) {
      if (beats_s_ != nullptr && definition.message == kHrvMessage && field.number == 0)
        read_intervals(at, field.size, definition);
      if (definition.message == kRecordMessage || field.number == kTimestampField)
        read_field(field, at, definition, point);
      at += field.size;
    }
    at_ += definition.size;
    if (definition.message != kRecordMessage || time_ == 0) return {};
    point.time_s = kFitEpochS + time_;
    return take_(point);
  }

  void read_field(const FitField& field, std::size_t at, const FitDefinition& definition,
                  ActivityPoint& point) {
    if (field.size != 1 && field.size != 2 && field.size != 4) return;
    const std::uint32_t value = integer(at, field.size, definition.big_endian);
    if (value == 0xFFFFFFFFU >> (32 - 8 * field.size)) return;  // not measured
    if (field.number == kTimestampField && field.size == 4) time_ = value;
    if (definition.message != kRecordMessage) return;
    if (field.number == 3 && field.size == 1 && value > 0) point.heart_rate_per_min = value;
    if (field.number == 4 && field.size == 1) point.cadence_per_min = value;
    if (field.number == 6 && field.size == 2 && !point.speed_mps) point.speed_mps = value / 1000.0;
    if (field.number == 73 && field.size == 4) point.speed_mps = value / 1000.0;
  }

  void read_intervals(std::size_t at, std::size_t size, const FitDefinition& definition) {
    for (std::size_t i = 0; i + 2 <= size; i += 2) {
      const std::uint32_t ms = integer(at + i, 2, definition.big_endian);
      if (ms == 0xFFFFU || ms == 0) continue;
      if (beats_s_->empty()) beats_s_->push_back(0);
      beats_s_->push_back(beats_s_->back() + ms / 1000.0);
    }
  }

  std::string_view bytes_;
  const TakePoint& take_;
  std::vector<double>* beats_s_;
  std::size_t at_ = 0, end_ = 0;
  std::array<FitDefinition, 16> definitions_;
  std::uint32_t time_ = 0;
};

}  // namespace

bool looks_like_fit(std::string_view bytes) {
  return bytes.size() >= 14 && bytes.substr(8, 4) == ".FIT";
}

Result<FitActivity> parse_fit_activity(std::string_view bytes) {
  FitActivity out;
  const FitReader::TakePoint keep = [&](const ActivityPoint& point) -> Result<void> {
    out.points.push_back(point);
    return {};
  };
  if (!looks_like_fit(bytes)) return not_fit();
  if (auto ok = FitReader{bytes, keep, &out.beats_s}.read(); !ok) return tl::unexpected(ok.error());
  return out;
}

Result<void> read_fit_points(std::string_view bytes,
                             const std::function<Result<void>(const ActivityPoint&)>& take) {
  if (!looks_like_fit(bytes)) return not_fit();
  return FitReader{bytes, take, nullptr}.read();
}

}  // namespace reprise::sensing
