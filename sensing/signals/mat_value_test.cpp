// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/mat_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/signals/matlab_signals.h"
#include "tests/support/signal_files.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(MatValue, ReadsMatricesTextsAndStructures) {
  const auto file =
      parse_mat(mat::file(mat::matrix("a", 2, 3, {1, 2, 3, 4, 5, 6}) + mat::text("name", "left") +
                          mat::structure("s", {{"b", mat::matrix("", 1, 1, {7})}})));
  ASSERT_TRUE(file) << to_string(file.error());
  EXPECT_THAT(file->field_names, ElementsAre("a", "name", "s"));
  EXPECT_THAT(file->at("a")->shape, ElementsAre(2U, 3U));
  EXPECT_THAT(file->at("a")->numbers, ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(file->at("name")->text, "left");
  EXPECT_THAT(file->at("s.b")->numbers, ElementsAre(7));
  EXPECT_EQ(file->at("s.c"), nullptr);
  EXPECT_EQ(file->at("a.b"), nullptr);
}

TEST(MatValue, ReadsIntegersOfEveryWidthInSmallElements) {
  // Four bytes of int8 inside the tag, as MATLAB stores whole numbers.
  const std::string small = little_endian(1 | 4U << 16, 4) + little_endian(0xFF020100, 4);
  const auto file = parse_mat(mat::file(mat::array(6, "a", 1, 4, small)));
  ASSERT_TRUE(file) << to_string(file.error());
  EXPECT_THAT(file->at("a")->numbers, ElementsAre(0, 1, 2, -1));
  const auto wide =
      parse_mat(mat::file(mat::array(6, "a", 1, 2, mat::element(4, little_endian(0xFFFF0003, 4)))));
  ASSERT_TRUE(wide);
  EXPECT_THAT(wide->at("a")->numbers, ElementsAre(3, 65535));
}

TEST(MatValue, UnpacksCompressedVariables) {
  const auto file = parse_mat(mat::file(mat::compressed(mat::matrix("a", 1, 2, {1.5, -2}))));
  ASSERT_TRUE(file) << to_string(file.error());
  EXPECT_THAT(file->at("a")->numbers, ElementsAre(1.5, -2));
}

TEST(MatValue, RefusesOtherVersions) {
  std::string newer = mat::file(mat::matrix("a", 1, 1, {1}));
  newer[125] = 2;
  EXPECT_EQ(parse_mat(newer).error().code, ErrorCode::unsupported);
  EXPECT_THAT(parse_mat(newer).error().remedy, HasSubstr("-v7"));
  EXPECT_EQ(parse_mat("MATLAB").error().code, ErrorCode::unsupported);
}

TEST(MatValue, RefusesTruncatedAndLyingFiles) {
  const std::string whole = mat::trial(20);
  for (std::size_t size = 130; size < whole.size(); size += 37) {
    const auto file = parse_mat(std::string_view{whole}.substr(0, size));
    EXPECT_TRUE(file || file.error().code == ErrorCode::corrupt) << size;
  }
  const auto code = [](const std::string& variables) { return parse_mat(mat::file(variables)).error().code; };
  EXPECT_EQ(code(mat::array(6, "a", 1000, 1000, mat::element(9, doubles({1})))), ErrorCode::corrupt);
  EXPECT_EQ(code(mat::array(6, "a", 1U << 31, 1U << 31, mat::element(9, doubles({1})))),
            ErrorCode::unsupported);
  EXPECT_EQ(code(mat::array(1, "a", 1000, 1000, {})), ErrorCode::corrupt);
  EXPECT_EQ(code(mat::array(6, "a", 1, 1, mat::element(8, "12345678"))), ErrorCode::corrupt);
  std::string damaged = mat::compressed(mat::matrix("a", 1, 1, {1}));
  damaged[damaged.size() - 1] = static_cast<char>(damaged[damaged.size() - 1] ^ 1);
  EXPECT_EQ(code(damaged), ErrorCode::corrupt);
}

TEST(MatValue, RefusesEndlessNesting) {
  std::string value = mat::matrix("", 1, 1, {1});
  for (int depth = 0; depth < 40; ++depth) value = mat::structure("", {{"a", value}});
  EXPECT_EQ(parse_mat(mat::file(value)).error().code, ErrorCode::unsupported);
}

TEST(MatlabSignals, FindTheSensorsOfATrialByTheirLayout) {
  for (const bool packed : {false, true}) {
    const auto file = parse_mat(mat::trial(20, packed));
    ASSERT_TRUE(file) << to_string(file.error());
    const auto read = signals_from_mat(*file);
    ASSERT_TRUE(read) << to_string(read.error());
    ASSERT_EQ(read->groups.size(), 1U);
    EXPECT_EQ(read->groups[0].name, "TimeMeasure1.Test5.SU.LowerBack");
    EXPECT_EQ(read->groups[0].rate.value(), 100);
    ASSERT_EQ(read->groups[0].channels.size(), 6U);
    EXPECT_EQ(read->groups[0].channels[2].name, "acc_z");
    EXPECT_EQ(read->groups[0].channels[2].unit, "g");
    EXPECT_EQ(read->groups[0].channels[2].values[19], 1);
    EXPECT_EQ(read->recorded_at, "2020-12-10T13:57:44");
  }
}

TEST(MatlabSignals, AreChosenByThePathOfTheirTrial) {
  const auto file = parse_mat(mat::trial(20));
  ASSERT_TRUE(file);
  EXPECT_TRUE(signals_from_mat(*file, {std::nullopt, "TimeMeasure1.Test5"}));
  const auto missing = signals_from_mat(*file, {std::nullopt, "TimeMeasure1.Test6"});
  EXPECT_EQ(missing.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(missing.error().remedy, HasSubstr("TimeMeasure1.Test5.SU.LowerBack"));
}

TEST(MatlabSignals, TakeTheMatricesOfAnyOtherFile) {
  const std::vector<double> samples = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  const auto file = parse_mat(mat::file(mat::matrix("fs", 1, 1, {50}) + mat::matrix("ecg", 1, 10, samples)));
  ASSERT_TRUE(file);
  const auto read = signals_from_mat(*file);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 50);
  EXPECT_EQ(read->groups[0].channels[0].values, samples);
  const auto without = parse_mat(mat::file(mat::matrix("ecg", 1, 10, samples)));
  EXPECT_EQ(signals_from_mat(*without).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(signals_from_mat(*without, {Hertz{100}, ""}));
  const auto nothing = parse_mat(mat::file(mat::matrix("fs", 1, 1, {50})));
  EXPECT_EQ(signals_from_mat(*nothing).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::sensing
