// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/rr_intervals_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/signals/typed_signals.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

TEST(RrIntervals, AreReadInMillisecondsAndInSeconds) {
  for (const char* text : {"800\r\n810\r\n790\r\n", "0.8\n0.81\n0.79\n", "RR\n# rest\n\n800\n810\n790"}) {
    const auto read = parse_rr_intervals(text);
    ASSERT_TRUE(read) << to_string(read.error());
    const auto intervals = beat_intervals(*read);
    ASSERT_THAT(intervals, SizeIs(3));
    EXPECT_NEAR(intervals[1].interval.value(), 0.81, 1e-12);
    EXPECT_NEAR(intervals[2].end.value(), 2.4, 1e-12);
    EXPECT_TRUE(intervals[0].normal());
  }
}

TEST(RrIntervals, AreTakenFromThePolarSection) {
  const char* text =
      "[Params]\r\nDate=20080208\r\nStartTime=08:50:31.0\r\nInterval=238\r\n\r\n[Note]\r\nquiet\r\n\r\n"
      "[HRData]\r\n1000\r\n900\r\n";
  const auto read = parse_rr_intervals(text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->recorded_at, "2008-02-08T08:50:31");
  EXPECT_NEAR(beat_intervals(*read)[1].interval.value(), 0.9, 1e-12);
}

TEST(RrIntervals, OfAPolarFileMayBeHeartRatesInstead) {
  const auto read = parse_rr_intervals("[Params]\nInterval=5\n[HRData]\n72\t0\n75\t0\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_DOUBLE_EQ(read->groups[0].rate.value(), 0.2);
  EXPECT_EQ(read->groups[0].channels[0].values[1], 75);
  EXPECT_EQ(read->groups[0].channels[0].unit, "/min");
}

TEST(RrIntervals, CountImpossibleValues) {
  const auto read = parse_rr_intervals("800\n0\n810\n25000\n790\n");
  ASSERT_TRUE(read);
  EXPECT_THAT(beat_intervals(*read), SizeIs(4));
  EXPECT_EQ(read->findings.back().code, "rr_impossible");
  EXPECT_THAT(read->findings.back().text, HasSubstr("2 intervals"));
}

TEST(RrIntervals, RefuseOtherText) {
  EXPECT_EQ(parse_rr_intervals("").error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(parse_rr_intervals("800\nnone\n").error().code, ErrorCode::corrupt);
  EXPECT_THAT(parse_rr_intervals("800\nnone\n").error().cause, HasSubstr("line 2"));
  EXPECT_EQ(parse_rr_intervals("[Params]\nInterval=238\n").error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(parse_rr_intervals("[Params]\n[HRData]\n800\n").error().code, ErrorCode::unsupported);
  EXPECT_EQ(parse_rr_intervals("[Params]\nInterval=238\n[HRData]\nx\n").error().code, ErrorCode::corrupt);
}

TEST(RrIntervals, AreRecognizedByTheirValues) {
  EXPECT_TRUE(looks_like_rr_intervals("800\n810\n790\n"));
  EXPECT_TRUE(looks_like_rr_intervals("0.8\n0.81\n0.79\n"));
  EXPECT_FALSE(looks_like_rr_intervals("2044\n2050\n2041\n"));  // a converter of 12 bits
  EXPECT_FALSE(looks_like_rr_intervals("# Sampling Rate (Hz):= 1000\n800\n810\n790\n"));
  EXPECT_FALSE(looks_like_rr_intervals("0.1,2\n0.2,3\n"));
  EXPECT_FALSE(looks_like_rr_intervals("-800\n810\n790\n"));
}

}  // namespace
}  // namespace reprise::sensing
