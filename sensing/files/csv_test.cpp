// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <locale>

#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;

std::vector<std::vector<std::string>> rows_of(std::string_view text) {
  CsvReader reader{text};
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string_view> fields;
  while (true) {
    const auto more = reader.next(fields);
    EXPECT_TRUE(more) << to_string(more.error());
    if (!more || !*more) return rows;
    rows.emplace_back(fields.begin(), fields.end());
  }
}

TEST(CsvReader, ReadsQuotesLineEndsAndTheByteOrderMark) {
  EXPECT_THAT(rows_of("\xEF\xBB\xBF"
                      "a,\"b,\"\"c\"\"\",d\r\n1,\"two\nlines\",\n,,\r3"),
              ElementsAre(ElementsAre("a", "b,\"c\"", "d"), ElementsAre("1", "two\nlines", ""),
                          ElementsAre("", "", ""), ElementsAre("3")));
}

TEST(CsvReader, FindsTheSeparatorOfTheFirstLine) {
  EXPECT_THAT(rows_of("a;b\n1,5;2\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1,5", "2")));
  EXPECT_THAT(rows_of("a\tb\n1\t2"), ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
}

TEST(CsvReader, CountsLinesWithinQuotes) {
  CsvReader reader{"\"a\nb\nc\"\nd\n"};
  std::vector<std::string_view> fields;
  ASSERT_TRUE(reader.next(fields).value());
  EXPECT_EQ(reader.line(), 1U);
  ASSERT_TRUE(reader.next(fields).value());
  EXPECT_EQ(reader.line(), 4U);
}

TEST(CsvReader, KeepsManyUnquotedFieldsValid) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "\"" + std::to_string(i) + "\"\"\",";
  CsvReader reader{text};
  std::vector<std::string_view> fields;
  ASSERT_TRUE(reader.next(fields).value());
  ASSERT_EQ(fields.size(), 1001U);
  EXPECT_EQ(fields[0], "0\"");
  EXPECT_EQ(fields[999], "999\"");
}

TEST(CsvReader, RefusesOpenQuotesAndEndlessRows) {
  std::vector<std::string_view> fields;
  EXPECT_EQ(CsvReader{"a,\"b"}.next(fields).error().code, ErrorCode::corrupt);
  EXPECT_EQ(CsvReader{"\"a\"b,c"}.next(fields).error().code, ErrorCode::corrupt);
  EXPECT_EQ(CsvReader{std::string(5000, ',')}.next(fields).error().code, ErrorCode::unsupported);
}

TEST(WriteCsv, LeavesWhatWasNotMeasuredEmpty) {
  const std::vector<Seconds> time{Seconds{0}, Seconds{1.0 / 3}};
  const std::vector<CsvColumn> columns{{"left_knee_flexion_deg", {101.25, std::nullopt}},
                                       {"b,c", {0.1, -1e-9}}};
  EXPECT_EQ(to_csv(time, columns).value(),
            "time_s,left_knee_flexion_deg,\"b,c\"\n0.000000,101.25,0.1\n0.333333,,-1e-09\n");
  EXPECT_EQ(to_csv(time, columns, {.decimals = 2, .time_decimals = 3}).value(),
            "time_s,left_knee_flexion_deg,\"b,c\"\n0.000,101.25,0.10\n0.333,,0.00\n");
}

/// Numbers as in German: 1.234,5.
struct Comma : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(WriteCsv, WritesADecimalPointInEveryLocale) {
  const std::locale before = std::locale::global(std::locale{std::locale{}, new Comma});
  const auto text = to_csv(std::vector<Seconds>{Seconds{1234.5}}, std::vector<CsvColumn>{{"a", {1234.5}}});
  std::locale::global(before);
  EXPECT_EQ(text.value(), "time_s,a\n1234.500000,1234.5\n");
}

TEST(WriteCsv, RefusesTablesThatMakeNoSense) {
  const std::vector<Seconds> time{Seconds{0}};
  const auto code = [&](std::vector<CsvColumn> columns) { return to_csv(time, columns).error().code; };
  EXPECT_EQ(code({{"a", {}}}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{"", {1.0}}}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{"a", {1.0}}, {"a", {1.0}}}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{"time_s", {1.0}}}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{"a", {std::numeric_limits<double>::infinity()}}}), ErrorCode::invalid_argument);
}

TEST(WriteCsv, WritesNoFileWhenTheTableIsRefused) {
  const TemporaryFolder folder;
  const std::vector<CsvColumn> columns{{"", {1.0}}};
  EXPECT_FALSE(write_csv(folder / "angles.csv", std::vector<Seconds>{Seconds{0}}, columns));
  EXPECT_EQ(folder.file_count(), 0U);
}

}  // namespace
}  // namespace reprise::sensing
