// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/tflite_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "sensing/networks/xnn_network.h"
#include "tests/support/tiny_tflite.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

/// The value of a numbered field of a table that has it.
tiny::Value& field(tiny::Table& table, int number) {
  for (tiny::Field& entry : table) {
    if (entry.number == number) return entry.value;
  }
  table.push_back({number, {}});
  return table.back().value;
}
std::vector<tiny::Table>& tables(tiny::Table& table, int number) {
  return std::get<std::vector<tiny::Table>>(field(table, number).content);
}
tiny::Table& graph_of(tiny::Table& model) {
  return tables(model, 2)[0];
}
tiny::Table& tensor(tiny::Table& model, std::size_t i) {
  return tables(graph_of(model), 0)[i];
}
tiny::Table& operation(tiny::Table& model, std::size_t i) {
  return tables(graph_of(model), 3)[i];
}

TEST(ReadTflite, FoldsSparseHalfPrecisionWeights) {
  const auto graph = read_tflite(tiny::write(tiny::model()));
  ASSERT_TRUE(graph.has_value()) << to_string(graph.error());
  EXPECT_THAT(graph->operators, SizeIs(10));  // 12 without DENSIFY and DEQUANTIZE
  ASSERT_TRUE(graph->tensors[3].constant.has_value());
  EXPECT_THAT(graph->constants[*graph->tensors[3].constant], ElementsAre(1, 0, 0, 2));
}

float logistic(double x) {
  return static_cast<float>(1 / (1 + std::exp(-x)));
}

// By hand, for an input of ones: convolution 1.5 in both channels; the maxima stand inside a border of zeros;
// the depthwise filter of ones adds the 3x3 neighbors, one maximum for a corner and four inside, and the
// bias +-0.5.
TEST(ReadTflite, GivesANetworkThatComputesWhatItSays) {
  auto graph = read_tflite(tiny::write(tiny::model()));
  ASSERT_TRUE(graph.has_value()) << to_string(graph.error());
  const auto network = XnnNetwork::make(std::move(*graph), nullptr);
  ASSERT_TRUE(network.has_value()) << to_string(network.error());
  for (float& value : (*network)->input()) value = 1.0f;
  ASSERT_TRUE((*network)->run().has_value());
  const auto output = (*network)->output(0);
  ASSERT_THAT(output, SizeIs(160));
  const double corner = 0 + 1.5;
  const double inside = 1.5 + 4 * 1.5;
  constexpr float kRounding = 1e-6f;
  EXPECT_NEAR(output[0], logistic(corner + 0.5), kRounding);
  EXPECT_NEAR(output[1], logistic(corner - 0.5), kRounding);
  // Enlarged twice with half-pixel centers, row 3 column 3 still lies within the inner four.
  EXPECT_NEAR(output[(3 * 8 + 3) * 2], logistic(inside + 0.5), kRounding);
  EXPECT_NEAR(output[127], logistic(corner - 0.5), kRounding);
  for (std::size_t i = 128; i < 160; ++i) EXPECT_EQ(output[i], 1.5f);
}

TEST(ReadTflite, RejectsAFileCutOffAnywhere) {
  const auto whole = tiny::write(tiny::model());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // A vector of its own, so that a sanitizer sees a read past its end.
    const std::vector<std::uint8_t> part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const auto graph = read_tflite(part);
    ASSERT_FALSE(graph.has_value()) << "cut to " << size << " of " << whole.size();
    EXPECT_FALSE(graph.error().cause.empty());
    EXPECT_FALSE(graph.error().remedy.empty());
  }
}

TEST(ReadTflite, SurvivesEveryOffsetLying) {
  const auto whole = tiny::write(tiny::model());
  std::size_t rejected = 0;
  for (std::size_t at = 0; at + 4 <= whole.size(); ++at) {
    for (const std::uint32_t lie : {0u, 1u, 4u, 0x7fffffffu, 0x80000000u, 0xffffffffu, 0xfffffffcu}) {
      auto bytes = whole;
      std::memcpy(bytes.data() + at, &lie, sizeof lie);
      const auto graph = read_tflite(bytes);
      if (!graph) {
        ++rejected;
        EXPECT_FALSE(graph.error().cause.empty());
      } else {
        // Some bytes are padding or weights; then the graph must still be sound.
        EXPECT_TRUE(check_graph(*graph).has_value());
      }
    }
  }
  EXPECT_GT(rejected, whole.size());  // more than one lie in seven: the bytes do matter
}

TEST(ReadTflite, SaysThatAnotherFileIsNotAModel) {
  const std::vector<std::uint8_t> text = {'h', 'e', 'l', 'l', 'o', ' ', 'w', 'o', 'r', 'l', 'd'};
  const auto graph = read_tflite(text);
  ASSERT_FALSE(graph.has_value());
  EXPECT_EQ(graph.error().code, ErrorCode::corrupt);
  EXPECT_THAT(graph.error().cause, HasSubstr("not a TensorFlow Lite model"));
}

struct Damage {
  const char* name;
  void (*apply)(tiny::Table& model);
  ErrorCode code;
  const char* cause;
};

class DamagedModel : public testing::TestWithParam<Damage> {};

TEST_P(DamagedModel, IsRejectedWithItsCause) {
  tiny::Table model = tiny::model();
  GetParam().apply(model);
  const auto graph = read_tflite(tiny::write(model));
  ASSERT_FALSE(graph.has_value());
  EXPECT_EQ(graph.error().code, GetParam().code);
  EXPECT_THAT(graph.error().cause, HasSubstr(GetParam().cause));
}

using Ints = std::vector<std::int32_t>;

const Damage kDamages[] = {
    {"OtherVersion", [](tiny::Table& m) { field(m, 0) = {std::uint32_t{2}}; }, ErrorCode::unsupported,
     "version 2"},
    {"NoGraph", [](tiny::Table& m) { tables(m, 2).clear(); }, ErrorCode::unsupported,
     "several graphs or none"},
    {"UnknownOperator", [](tiny::Table& m) { field(tables(m, 1)[3], 3) = {std::int32_t{99}}; },
     ErrorCode::unsupported, "TensorFlow Lite operator 99"},
    {"KindOutOfRange", [](tiny::Table& m) { field(operation(m, 2), 0) = {std::uint32_t{77}}; },
     ErrorCode::corrupt, "unknown kind"},
    {"NegativeTensor",
     [](tiny::Table& m) {
       field(operation(m, 2), 1) = {Ints{0, -1, 4}};
     },
     ErrorCode::corrupt, "tensor -1"},
    {"TensorOutOfRange",
     [](tiny::Table& m) {
       field(operation(m, 2), 1) = {Ints{0, 300, 4}};
     },
     ErrorCode::corrupt, "tensor 300"},
    {"UsedBeforeComputed",
     [](tiny::Table& m) {
       field(operation(m, 2), 1) = {Ints{8, 3, 4}};
     },
     ErrorCode::corrupt, "no operator has computed"},
    {"WrittenTwice", [](tiny::Table& m) { field(operation(m, 6), 2) = {Ints{10}}; }, ErrorCode::corrupt,
     "written twice"},
    {"WrongResultShape",
     [](tiny::Table& m) {
       field(tensor(m, 6), 0) = {Ints{1, 2, 3, 2}};
     },
     ErrorCode::corrupt, "wrong shape"},
    {"HugeDimension",
     [](tiny::Table& m) {
       field(tensor(m, 0), 0) = {Ints{1, 4, 1 << 30, 2}};
     },
     ErrorCode::unsupported, "a dimension of"},
    {"HugeTensor",
     [](tiny::Table& m) {
       field(tensor(m, 0), 0) = {Ints{1, 16384, 16384, 16}};
     },
     ErrorCode::unsupported, "too many elements"},
    {"TooFewWeights",
     [](tiny::Table& m) {
       field(tensor(m, 9), 0) = {Ints{1, 3, 3, 4}};
     },
     ErrorCode::corrupt, "do not fill its shape"},
    {"BufferOutOfRange", [](tiny::Table& m) { field(tensor(m, 9), 2) = {std::uint32_t{50}}; },
     ErrorCode::corrupt, "does not exist"},
    {"EightBitWeights", [](tiny::Table& m) { field(tensor(m, 9), 1) = {std::int8_t{9}}; },
     ErrorCode::unsupported, "weights of type 9"},
    {"ZeroStride",
     [](tiny::Table& m) {
       field(std::get<tiny::Table>(field(operation(m, 3), 4).content), 1) = {std::int32_t{0}};
     },
     ErrorCode::corrupt, "stride"},
    {"Dilation",
     [](tiny::Table& m) {
       field(std::get<tiny::Table>(field(operation(m, 2), 4).content), 4) = {std::int32_t{2}};
     },
     ErrorCode::unsupported, "dilated"},
    {"OptionsOfAnotherKind", [](tiny::Table& m) { field(operation(m, 2), 3) = {std::uint8_t{5}}; },
     ErrorCode::corrupt, "another kind"},
    {"NoOutput",
     [](tiny::Table& m) {
       field(graph_of(m), 2) = {Ints{18, 4}};
     },
     ErrorCode::corrupt, "not computed"},
};

INSTANTIATE_TEST_SUITE_P(ReadTflite, DamagedModel, testing::ValuesIn(kDamages),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace reprise::sensing
