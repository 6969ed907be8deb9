// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/signal_parts.h"

#include <gtest/gtest.h>

#include "sensing/signals/text_table.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

std::string long_table(int rows) {
  std::string text = "# exported\ntime,acc_x,acc_y\ns,m/s2,m/s2\n";
  for (int i = 0; i < rows; ++i)
    text += std::to_string(i / 50) + '.' + std::to_string(100 + 2 * (i % 50)).substr(1) + ',' +
            std::to_string(i % 7) + ".5,9.8\n";
  return text;
}

TEST(SignalParts, HaveTheRowsOfTheWhole) {
  const TemporaryFolder folder;
  put_file(folder / "long.csv", long_table(5000));
  const auto whole = read_signals(folder / "long.csv");
  ASSERT_TRUE(whole) << to_string(whole.error());
  auto parts = SignalParts::open(folder / "long.csv", {}, 10'000);
  std::vector<double> values;
  double end_s = 0;
  int count = 0;
  for (;; ++count) {
    const auto part = parts.next();
    ASSERT_TRUE(part) << to_string(part.error());
    if (!*part) break;
    ASSERT_EQ((*part)->groups.size(), 1u);
    const SignalGroup& group = (*part)->groups[0];
    EXPECT_EQ(group.channels[0].name, "acc_x");
    EXPECT_EQ(group.channels[0].unit, "m/s2");
    EXPECT_NEAR(group.rate.value(), 50, 1e-6);
    EXPECT_NEAR(group.start.value(), end_s, 1e-6);
    end_s = group.start.value() + static_cast<double>(group.size()) / 50;
    values.insert(values.end(), group.channels[0].values.begin(), group.channels[0].values.end());
  }
  EXPECT_GT(count, 5);
  EXPECT_EQ(values, whole->groups[0].channels[0].values);
  EXPECT_EQ(parts.read_share(), 1);
}

TEST(SignalParts, OfAShortFileAreOne) {
  const TemporaryFolder folder;
  put_file(folder / "short.csv", long_table(200));
  auto parts = SignalParts::open(folder / "short.csv", {});
  const auto first = parts.next();
  ASSERT_TRUE(first);
  ASSERT_TRUE(*first);
  EXPECT_EQ((*first)->groups[0].size(), 200u);
  EXPECT_FALSE(*parts.next());
}

TEST(SignalParts, SayWhatIsWrong) {
  const TemporaryFolder folder;
  auto missing = SignalParts::open(folder / "missing.csv", {});
  EXPECT_EQ(missing.next().error().code, ErrorCode::not_found);
  put_file(folder / "empty.csv", "");
  EXPECT_FALSE(SignalParts::open(folder / "empty.csv", {}).next());
  put_file(folder / "line.csv", "a,b\n1,2\n2,3\n3," + std::string(5000, '4'));
  SignalReadOptions options;
  options.rate = Hertz{50};
  auto parts = SignalParts::open(folder / "line.csv", options, 1000);
  EXPECT_TRUE(parts.next());
  EXPECT_EQ(parts.next().error().code, ErrorCode::unsupported);
}

TEST(SignalParts, TellTheHeaderOfATable) {
  EXPECT_EQ(text_table_header("time,a\n1,2\n3,4\n"), std::optional<std::size_t>{7});
  EXPECT_EQ(text_table_header("1,2\n3,4\n"), std::optional<std::size_t>{0});
  EXPECT_FALSE(text_table_header("no numbers\nat all\n"));
}

}  // namespace
}  // namespace reprise::sensing
