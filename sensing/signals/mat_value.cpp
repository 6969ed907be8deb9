// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/mat_value.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "sensing/files/number_text.h"
#include "sensing/signals/inflate.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingMat = "reading a MATLAB file";
constexpr std::size_t kMatHeader = 128;
constexpr std::size_t kMaxNumbers = 50'000'000;
constexpr std::size_t kMaxValues = 200'000;
constexpr std::size_t kMaxMatDepth = 32;
constexpr std::size_t kMaxUnpacked = std::size_t{1} << 30;
constexpr std::size_t kMaxDimensions = 16;

// Data types (mi...) and array classes (mx...) of the format.
enum : std::uint32_t {
  kInt8 = 1,
  kUint8 = 2,
  kInt16 = 3,
  kUint16 = 4,
  kInt32 = 5,
  kUint32 = 6,
  kSingle = 7,
  kDouble = 9,
  kInt64 = 12,
  kUint64 = 13,
  kMatrix = 14,
  kCompressed = 15,
  kUtf8 = 16,
  kUtf16 = 17,
  kUtf32 = 18
};
enum : std::uint32_t {
  kCells = 1,
  kStructure = 2,
  kObject = 3,
  kText = 4,
  kSparse = 5,
  kFirstNumeric = 6,
  kLastNumeric = 15,
  kOpaque = 17
};

tl::unexpected<Error> bad_mat(std::string cause) {
  return fail(ErrorCode::corrupt, kReadingMat, std::move(cause), "save the file again, or copy it again");
}

tl::unexpected<Error> large_mat(std::string cause) {
  return fail(ErrorCode::unsupported, kReadingMat, std::move(cause), "save fewer variables into the file");
}

std::size_t width_of(std::uint32_t type) {
  switch (type) {
    case kInt8:
    case kUint8:
    case kUtf8: return 1;
    case kInt16:
    case kUint16:
    case kUtf16: return 2;
    case kInt32:
    case kUint32:
    case kSingle:
    case kUtf32: return 4;
    case kDouble:
    case kInt64:
    case kUint64: return 8;
    default: return 0;
  }
}

struct Element {
  std::uint32_t type = 0;
  std::string_view data;
};

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0U | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12);
    put(0x80U | (code >> 6 & 0x3FU));
  } else {
    put(0xF0U | (code >> 18 & 7U));
    put(0x80U | (code >> 12 & 0x3FU));
    put(0x80U | (code >> 6 & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

class MatReader {
 public:
  MatReader(std::string_view bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  [[nodiscard]] Result<MatValue> read() {
    MatValue file;
    file.kind = MatValue::Kind::structure;
    file.shape = {1, 1};
    if (auto ok = read_variables(bytes_.substr(kMatHeader), file, false); !ok)
      return tl::unexpected(ok.error());
    return file;
  }

 private:
  [[nodiscard]] std::uint64_t integer(std::string_view data, std::size_t at, std::size_t width) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t from = big_endian_ ? i : width - 1 - i;
      value = value << 8 | static_cast<unsigned char>(data[at + from]);
    }
    return value;
  }
  [[nodiscard]] std::uint32_t word(std::string_view data, std::size_t at) const {
    return static_cast<std::uint32_t>(integer(data, at, 4));
  }

  [[nodiscard]] double number(const Element& element, std::size_t i) const {
    const std::size_t width = width_of(element.type);
    if (!big_endian_ && element.type == kDouble) {
      double value = 0;
      std::memcpy(&value, element.data.data() + 8 * i, 8);  // this machine's byte order
      return value;
    }
    const std::uint64_t bits = integer(element.data, i * width, width);
    switch (element.type) {
      case kInt8: return static_cast<std::int8_t>(bits);
      case kInt16: return static_cast<std::int16_t>(bits);
      case kInt32: return static_cast<std::int32_t>(bits);
      case kInt64: return static_cast<double>(static_cast<std::int64_t>(bits));
      case kSingle: return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
      case kDouble: return std::bit_cast<double>(bits);
      default: return static_cast<double>(bits);
    }
  }

  /// The next element, taken off `rest`. The data of a small element lie inside its tag.
  [[nodiscard]] Result<Element> take(std::string_view& rest, bool padded = true) const {
    if (rest.size() < 8) return bad_mat("the file ends in the tag of an element");
    const std::uint32_t first = word(rest, 0);
    if (const std::uint32_t small = first >> 16; small != 0) {
      if (small > 4) return bad_mat("a small element has " + std::to_string(small) + " bytes; at most 4");
      const Element element{first & 0xFFFFU, rest.substr(4, small)};
      rest.remove_prefix(8);
      return element;
    }
    const std::size_t size = word(rest, 4);
    rest.remove_prefix(8);
    if (size > rest.size()) {
      return bad_mat("an element has " + std::to_string(size) + " bytes, but " + std::to_string(rest.size()) +
                     " are left");
    }
    const Element element{first, rest.substr(0, size)};
    rest.remove_prefix(padded ? std::min(rest.size(), (size + 7) / 8 * 8) : size);
    return element;
  }

  [[nodiscard]] Result<void> read_variables(std::string_view rest, MatValue& file, bool unpacked) {
    while (rest.size() >= 8) {
      auto element = take(rest, word(rest, 0) != kCompressed);
      if (!element) return tl::unexpected(element.error());
      if (element->type == kCompressed && !unpacked) {
        auto content = inflate(element->data, kMaxUnpacked - unpacked_, kReadingMat);
        if (!content) return tl::unexpected(content.error());
        unpacked_ += content->size();
        if (auto ok = read_variables(*content, file, true); !ok) return ok;
      } else if (element->type == kMatrix) {
        std::string name;
        auto value = read_matrix(element->data, name, 1);
        if (!value) return tl::unexpected(value.error());
        file.field_names.push_back(std::move(name));
        file.children.push_back(std::move(*value));
      }
    }
    return {};
  }

  [[nodiscard]] Result<MatValue> read_matrix(std::string_view rest, std::string& name, std::size_t depth) {
    if (depth > kMaxMatDepth) return large_mat("values are nested deeper than 32 levels");
    if (++values_ > kMaxValues) return large_mat("there are more than 200000 values");
    MatValue value;
    if (rest.empty()) {  // how MATLAB writes a field that was never set
      value.kind = MatValue::Kind::numbers;
      value.shape = {0, 0};
      return value;
    }
    const auto flags = take(rest);
    if (!flags) return tl::unexpected(flags.error());
    if (flags->type != kUint32 || flags->data.size() != 8) return bad_mat("an array has no flags");
    const std::uint32_t array_class = word(flags->data, 0) & 0xFFU;
    if (array_class == kOpaque) return value;
    std::size_t count = 1;
    if (auto ok = read_shape(rest, value, count); !ok) return tl::unexpected(ok.error());
    const auto name_element = take(rest);
    if (!name_element) return tl::unexpected(name_element.error());
    name = std::string{name_element->data.substr(0, 200)};
    if (array_class == kStructure) return read_structure(rest, std::move(value), count, depth);
    if (array_class == kCells) return read_cells(rest, std::move(value), count, depth);
    const bool numeric = array_class >= kFirstNumeric && array_class <= kLastNumeric;
    if (!numeric && array_class != kText) return value;
    return read_numbers(rest, std::move(value), count, array_class == kText);
  }

  [[nodiscard]] Result<void> read_shape(std::string_view& rest, MatValue& value, std::size_t& count) const {
    const auto shape = take(rest);
    if (!shape) return tl::unexpected(shape.error());
    const std::size_t dimensions = shape->data.size() / 4;
    if (shape->type != kInt32 || dimensions < 2 || dimensions > kMaxDimensions)
      return bad_mat("an array has " + std::to_string(dimensions) + " dimensions; 2 to 16 are read");
    for (std::size_t d = 0; d < dimensions; ++d) {
      const std::size_t length = word(shape->data, 4 * d);
      if (length > kMaxNumbers || (length > 0 && count > kMaxNumbers / length))
        return large_mat("an array has more than 50 million elements");
      count *= length;
      value.shape.push_back(length);
    }
    return {};
  }

  [[nodiscard]] Result<MatValue> read_numbers(std::string_view rest, MatValue value, std::size_t count,
                                              bool text) {
    const auto data = take(rest);
    if (!data) return tl::unexpected(data.error());
    const std::size_t width = width_of(data->type);
    if (width == 0) return bad_mat("numbers are stored as type " + std::to_string(data->type));
    if (text) {
      value.kind = MatValue::Kind::text;
      if (data->type == kUtf8 || width == 1) {
        value.text = std::string{data->data};
      } else {
        for (std::size_t i = 0; i + width <= data->data.size(); i += width)
          append_utf8(value.text, static_cast<std::uint32_t>(integer(data->data, i, width)) & 0x1FFFFFU);
      }
      return value;
    }
    value.kind = MatValue::Kind::numbers;
    if (data->data.size() < count * width) {
      return bad_mat("an array of " + std::to_string(count) + " numbers holds " +
                     std::to_string(data->data.size()) + " bytes");
    }
    numbers_ += count;
    if (numbers_ > kMaxNumbers) return large_mat("there are more than 50 million numbers");
    value.numbers.reserve(count);
    for (std::size_t i = 0; i < count; ++i) value.numbers.push_back(number(*data, i));
    return value;
  }

  [[nodiscard]] Result<void> read_children(std::string_view& rest, MatValue& value, std::size_t count,
                                           std::size_t depth) {
    // Each takes 8 bytes at least, which bounds the memory.
    if (count > rest.size() / 8) return bad_mat("there are fewer values than the shape says");
    value.children.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto element = take(rest);
      if (!element) return tl::unexpected(element.error());
      if (element->type != kMatrix) return bad_mat("a value is of type " + std::to_string(element->type));
      std::string unused;
      auto child = read_matrix(element->data, unused, depth + 1);
      if (!child) return tl::unexpected(child.error());
      value.children.push_back(std::move(*child));
    }
    return {};
  }

  [[nodiscard]] Result<MatValue> read_structure(std::string_view rest, MatValue value, std::size_t count,
                                                std::size_t depth) {
    value.kind = MatValue::Kind::structure;
    const auto length_element = take(rest);
    if (!length_element) return tl::unexpected(length_element.error());
    if (length_element->data.size() != 4) return bad_mat("a structure has no length of names");
    const std::size_t length = word(length_element->data, 0);
    const auto names = take(rest);
    if (!names) return tl::unexpected(names.error());
    if (length == 0 || length > 256 || names->data.size() % length != 0)
      return bad_mat("a structure's names have a length of " + std::to_string(length));
    for (std::size_t at = 0; at < names->data.size(); at += length) {
      const std::string_view name = names->data.substr(at, length);
      value.field_names.emplace_back(name.substr(0, name.find('\0')));
    }
    if (!value.field_names.empty() && count > kMaxValues / value.field_names.size())
      return large_mat("there are more than 200000 values");
    if (auto ok = read_children(rest, value, count * value.field_names.size(), depth); !ok)
      return tl::unexpected(ok.error());
    return value;
  }

  [[nodiscard]] Result<MatValue> read_cells(std::string_view rest, MatValue value, std::size_t count,
                                            std::size_t depth) {
    value.kind = MatValue::Kind::cells;
    if (auto ok = read_children(rest, value, count, depth); !ok) return tl::unexpected(ok.error());
    return value;
  }

  std::string_view bytes_;
  bool big_endian_;
  std::size_t unpacked_ = 0, numbers_ = 0, values_ = 0;
};

}  // namespace

const MatValue* MatValue::field(std::string_view name) const {
  if (kind != Kind::structure) return nullptr;
  for (std::size_t f = 0; f < field_names.size() && f < children.size(); ++f) {
    if (field_names[f] == name) return &children[f];
  }
  return nullptr;
}

const MatValue* MatValue::at(std::string_view path) const {
  const MatValue* value = this;
  while (value != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    value = value->field(path.substr(0, dot));
    path.remove_prefix(std::min(path.size(), dot + 1));
  }
  return value;
}

bool looks_like_mat(std::string_view bytes) {
  return bytes.size() >= kMatHeader && bytes.starts_with("MATLAB ") &&
         (bytes.substr(126, 2) == "IM" || bytes.substr(126, 2) == "MI");
}

Result<MatValue> parse_mat(std::string_view bytes) {
  if (!looks_like_mat(bytes)) {
    return fail(ErrorCode::unsupported, kReadingMat,
                "the file does not begin like a MATLAB file of version 5 or later",
                "save it in MATLAB with save(..., '-v7')");
  }
  const bool big_endian = bytes[126] == 'M';
  const auto high = static_cast<unsigned char>(bytes[big_endian ? 124 : 125]);
  if (high != 1) {
    return fail(ErrorCode::unsupported, kReadingMat, "the file is of version 7.3 (HDF5) or another one",
                "save it in MATLAB with save(..., '-v7')");
  }
  return MatReader{bytes, big_endian}.read();
}

}  // namespace reprise::sensing
