// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tiny_tflite.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <functional>
#include <type_traits>

namespace reprise::tiny {
namespace {

class Writer {
 public:
  std::vector<std::uint8_t> write(const Table& root) {
    append<std::uint32_t>(0);
    for (const char c : {'T', 'F', 'L', '3'}) append(c);
    const std::size_t at = table(root);
    patch(0, static_cast<std::uint32_t>(at));
    return bytes_;
  }

 private:
  template <class T>
  std::size_t append(T value) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + sizeof value);
    patch(at, value);
    return at;
  }
  template <class T>
  void patch(std::size_t at, T value) {
    std::memcpy(bytes_.data() + at, &value, sizeof value);
  }
  void align() { bytes_.resize((bytes_.size() + 3) / 4 * 4); }
  void point(std::size_t from, std::size_t to) { patch(from, static_cast<std::uint32_t>(to - from)); }

  /// Writes a field list, the table, then everything that it points to; every field takes four bytes.
  std::size_t table(const Table& fields) {
    int count = 0;
    for (const Field& field : fields) count = std::max(count, field.number + 1);
    align();
    const std::size_t list = append(static_cast<std::uint16_t>(4 + 2 * count));
    append(static_cast<std::uint16_t>(4 + 4 * fields.size()));
    for (int i = 0; i < count; ++i) append<std::uint16_t>(0);
    align();
    const std::size_t start = bytes_.size();
    append(static_cast<std::int32_t>(start - list));
    std::vector<std::function<void()>> later;
    for (const Field& field : fields) {
      const std::size_t at = append<std::uint32_t>(0);
      patch(list + 4 + 2 * static_cast<std::size_t>(field.number), static_cast<std::uint16_t>(at - start));
      std::visit([&](const auto& content) { place(content, at, later); }, field.value.content);
    }
    for (const auto& write_child : later) write_child();
    return start;
  }

  template <class T>
  void place(const T& content, std::size_t at, std::vector<std::function<void()>>& later) {
    if constexpr (std::is_arithmetic_v<T>) {
      patch(at, content);
    } else {
      later.push_back([this, &content, at] { point(at, child(content)); });
    }
  }

  std::size_t child(const Table& content) { return table(content); }
  template <class T>
  std::size_t child(const std::vector<T>& content) {
    align();
    const std::size_t start = append(static_cast<std::uint32_t>(content.size()));
    for (const T& value : content) append(value);
    return start;
  }
  std::size_t child(const std::vector<Table>& content) {
    align();
    const std::size_t start = append(static_cast<std::uint32_t>(content.size()));
    for (std::size_t i = 0; i < content.size(); ++i) append<std::uint32_t>(0);
    for (std::size_t i = 0; i < content.size(); ++i) {
      const std::size_t entry = table(content[i]);
      point(start + 4 + 4 * i, entry);
    }
    return start;
  }

  std::vector<std::uint8_t> bytes_;
};

using Ints = std::vector<std::int32_t>;

template <class T>
std::vector<std::uint8_t> raw(const std::vector<T>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

enum Type : std::int8_t { kFloat = 0, kHalf = 1, kInteger = 2 };

Table tensor(const Ints& shape, Type type, std::uint32_t buffer) {
  return {{0, {shape}}, {1, {static_cast<std::int8_t>(type)}}, {2, {buffer}}};
}

Table operation(std::uint32_t code, const Ints& inputs, std::int32_t output) {
  return {{0, {code}}, {1, {inputs}}, {2, {Ints{output}}}};
}

Table operation(std::uint32_t code, const Ints& inputs, std::int32_t output, std::uint8_t options_type,
                const Table& options) {
  Table table = operation(code, inputs, output);
  table.push_back({3, {options_type}});
  table.push_back({4, {options}});
  return table;
}

}  // namespace

std::vector<std::uint8_t> write(const Table& root) {
  return Writer().write(root);
}

Table model() {
  constexpr std::int8_t kValid = 1, kRelu = 1;
  // Kinds in the order used below: what DENSIFY and the others are called in the schema.
  const std::vector<std::int32_t> kinds = {124, 6, 3, 17, 34, 4, 0, 23, 14, 22, 2};
  std::vector<Table> codes;
  for (const std::int32_t kind : kinds) codes.push_back({{3, {kind}}});

  // Weights. The sparse filter holds 1 and 2 on the diagonal of [out 2][1][1][in 2], as half-precision
  // numbers.
  const std::vector<Table> buffers = {{},
                                      {{0, {raw<std::uint16_t>({0x3c00, 0x4000})}}},
                                      {{0, {raw<float>({0.5f, -0.5f})}}},
                                      {{0, {raw<std::int32_t>({0, 0, 1, 1, 1, 1, 0, 0})}}},
                                      {{0, {raw<float>(std::vector<float>(18, 1.0f))}}},
                                      {{0, {raw<std::int32_t>({8, 8})}}},
                                      {{0, {raw<std::int32_t>({1, 32, 2})}}}};
  const Table uint8_zero_one = {{0, {std::vector<std::uint8_t>{0, 1}}}};
  const Table uint16_segments = {{0, {std::vector<std::uint16_t>{0, 1, 2}}}};
  const auto dense = [](std::int32_t size) { return Table{{0, {std::int8_t{0}}}, {1, {size}}}; };
  const Table sparse = {{0, {std::int8_t{1}}},
                        {2, {std::uint8_t{2}}},
                        {3, {uint16_segments}},
                        {4, {std::uint8_t{3}}},
                        {5, {uint8_zero_one}}};
  Table stored = tensor({2, 1, 1, 2}, kHalf, 1);
  stored.push_back(
      {6, {Table{{0, {Ints{0, 1, 2, 3}}}, {2, {std::vector<Table>{dense(2), dense(1), dense(1), sparse}}}}}});

  const std::vector<Table> tensors = {tensor({1, 4, 4, 2}, kFloat, 0),  // 0: input
                                      stored,                           // 1: sparse half-precision filter
                                      tensor({2, 1, 1, 2}, kHalf, 0),   // 2: dense half-precision filter
                                      tensor({2, 1, 1, 2}, kFloat, 0),  // 3: filter
                                      tensor({2}, kFloat, 2),           // 4: bias
                                      tensor({1, 4, 4, 2}, kFloat, 0),  // 5: convolved
                                      tensor({1, 2, 2, 2}, kFloat, 0),  // 6: maxima
                                      tensor({4, 2}, kInteger, 3),      // 7: border
                                      tensor({1, 4, 4, 2}, kFloat, 0),  // 8: bordered
                                      tensor({1, 3, 3, 2}, kFloat, 4),  // 9: depthwise filter
                                      tensor({1, 4, 4, 2}, kFloat, 0),  // 10: depthwise
                                      tensor({1, 4, 4, 2}, kFloat, 0),  // 11: sum
                                      tensor({2}, kInteger, 5),         // 12: size
                                      tensor({1, 8, 8, 2}, kFloat, 0),  // 13: enlarged
                                      tensor({1, 8, 8, 2}, kFloat, 0),  // 14: logistic
                                      tensor({3}, kInteger, 6),         // 15: new shape
                                      tensor({1, 64, 2}, kFloat, 0),    // 16: first part
                                      tensor({1, 16, 2}, kFloat, 0),    // 17: second part
                                      tensor({1, 80, 2}, kFloat, 0)};   // 18: output
  const auto window = [](std::int8_t padding, std::int32_t stride) {
    return Table{{0, {padding}}, {1, {stride}}, {2, {stride}}};
  };
  Table convolution = window(kValid, 1);
  convolution.push_back({3, {kRelu}});
  Table pooling = window(kValid, 2);
  pooling.push_back({3, {std::int32_t{2}}});
  pooling.push_back({4, {std::int32_t{2}}});
  Table depthwise = window(0, 1);
  depthwise.push_back({3, {std::int32_t{1}}});

  const std::vector<Table> operators = {operation(0, {1}, 2),
                                        operation(1, {2}, 3),
                                        operation(2, {0, 3, 4}, 5, 1, convolution),
                                        operation(3, {5}, 6, 5, pooling),
                                        operation(4, {6, 7}, 8),
                                        operation(5, {8, 9, 4}, 10, 2, depthwise),
                                        operation(6, {8, 10}, 11, 11, {{0, {std::int8_t{0}}}}),
                                        operation(7, {11, 12}, 13, 15, {{3, {std::uint8_t{1}}}}),
                                        operation(8, {13}, 14),
                                        operation(9, {14, 15}, 16),
                                        operation(9, {5, 15}, 17),
                                        operation(10, {16, 17}, 18, 10, {{0, {std::int32_t{1}}}})};
  const Table graph = {{0, {tensors}}, {1, {Ints{0}}}, {2, {Ints{18}}}, {3, {operators}}};
  return {{0, {std::uint32_t{3}}}, {1, {codes}}, {2, {std::vector<Table>{graph}}}, {4, {buffers}}};
}

}  // namespace reprise::tiny
