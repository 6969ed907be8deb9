// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/timed_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bad_input.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

TEST(TimedTable, ReadsColumnsAndTheUnitOfAngles) {
  const TemporaryFolder folder;
  put_file(folder / "a.mot", "a\nSIMM Motion File\nendheader\nTime\tx\n0\t1\n0.5\t2\n");
  const auto table = read_timed_table(folder / "a.mot");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_THAT(table->times_s, testing::ElementsAre(0, 0.5));
  EXPECT_THAT(*table->column(1), testing::ElementsAre(1, 2));
  EXPECT_TRUE(table->in_degrees());
  EXPECT_FALSE(table->in_degrees(false));
}

TEST(TimedTable, NamesFileRowAndColumn) {
  const TemporaryFolder folder;
  const BadInput cases[] = {
      {"a\nendheader\nframe\tx\n0\t1\n1\t2\n", ErrorCode::corrupt, "'a.mot': the first column is 'frame'"},
      {"a\nendheader\ntime\tx\n0\t1\n0\t2\n", ErrorCode::corrupt, "'a.mot': the time does not rise at row 2"},
      {"a\nendheader\ntime\tx\nnan\t1\n0\t2\n", ErrorCode::corrupt, "'a.mot': row 1 has no 'time'"},
      {"a\n", ErrorCode::corrupt, "'a.mot'"},
  };
  for (const BadInput& bad : cases) {
    put_file(folder / "a.mot", bad.bytes);
    expect_refused(read_timed_table(folder / "a.mot"), bad);
  }
  put_file(folder / "a.mot", "a\nendheader\ntime\tx\n0\t1\n1\tnan\n");
  expect_refused(read_timed_table(folder / "a.mot")->column(1), {"", ErrorCode::corrupt, "row 2 has no 'x'"});
}

}  // namespace
}  // namespace reprise::sensing
