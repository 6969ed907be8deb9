// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/wfdb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/signal_files.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kHeader =
    "# a comment\r\nrec 2 360/1(0) 3 10:20:30 25/04/1989\r\n"
    "rec.dat 212 200(1024)/mV 11 1024 0 0 0 MLII\r\n"
    "\r\n"
    "rec.dat 212 100 11 1000 0 0 0 V5\r\n";

TEST(WfdbHeader, ReadsRecordAndSignals) {
  const auto header = parse_wfdb_header(kHeader);
  ASSERT_TRUE(header) << to_string(header.error());
  EXPECT_EQ(header->record, "rec");
  EXPECT_EQ(header->rate.value(), 360);
  EXPECT_EQ(header->samples, 3U);
  EXPECT_EQ(header->recorded_at, "1989-04-25T10:20:30");
  ASSERT_THAT(header->signals, SizeIs(2));
  EXPECT_EQ(header->signals[0].description, "MLII");
  EXPECT_EQ(header->signals[0].baseline, 1024);
  EXPECT_EQ(header->signals[1].baseline, 1000);  // the ADC zero
  EXPECT_EQ(header->signals[1].gain, 100);
}

TEST(WfdbHeader, TakesTheGuidesDefaults) {
  const auto header = parse_wfdb_header("rec 1\nrec.dat 16");
  ASSERT_TRUE(header) << to_string(header.error());
  EXPECT_EQ(header->rate.value(), 250);
  EXPECT_FALSE(header->samples);
  EXPECT_EQ(header->signals[0].gain, 200);
  EXPECT_EQ(header->signals[0].unit, "mV");
  EXPECT_EQ(header->signals[0].description, "signal_1");
}

TEST(WfdbHeader, RefusesWhatIsNotRead) {
  const auto code = [](const char* text) { return parse_wfdb_header(text).error().code; };
  EXPECT_EQ(code("rec/2 1 360 10\nseg 10"), ErrorCode::unsupported);
  EXPECT_EQ(code("rec 1 360 10\nrec.dat 310"), ErrorCode::unsupported);
  EXPECT_EQ(code("rec 1 360 10\nrec.dat 16x2"), ErrorCode::unsupported);
  EXPECT_EQ(code("rec 1 360 10\nrec.dat 16:5"), ErrorCode::unsupported);
  EXPECT_EQ(code("rec 1 360 10\n../rec.dat 16"), ErrorCode::unsupported);
  EXPECT_EQ(code("rec 1 360 10\n/etc/passwd 16"), ErrorCode::unsupported);
  EXPECT_EQ(code("rec 1 360 99999999999\nrec.dat 16"), ErrorCode::unsupported);
  EXPECT_EQ(code("rec 99999 360 10\n"), ErrorCode::unsupported);
  EXPECT_EQ(code(""), ErrorCode::corrupt);
  EXPECT_EQ(code("rec"), ErrorCode::corrupt);
  EXPECT_EQ(code("rec 1 0 10\nrec.dat 16"), ErrorCode::corrupt);
  EXPECT_EQ(code("rec 2 360 10\nrec.dat 16"), ErrorCode::corrupt);
  EXPECT_EQ(code("rec 1 360 10\nrec.dat 16 gain"), ErrorCode::corrupt);
}

std::vector<WfdbSignal> two_signals(int format) {
  WfdbSignal first, second;
  first.format = second.format = format;
  first.description = "a";
  second.description = "b";
  first.gain = 10;
  second.baseline = -5;
  second.gain = 1;
  return {first, second};
}

TEST(WfdbSignals, DecodeFormat212) {
  std::vector<SignalFinding> findings;
  const auto decoded =
      decode_wfdb_signals(wfdb_212({100, -5, -2047, 2047, -2048, 0}), two_signals(212), 3, findings);
  ASSERT_TRUE(decoded) << to_string(decoded.error());
  EXPECT_THAT((*decoded)[0].values, ElementsAre(10, -204.7, -204.7));
  EXPECT_THAT((*decoded)[0].missing, ElementsAre(engine::SampleRange{2, 3}));
  EXPECT_THAT((*decoded)[1].values, ElementsAre(0, 2052, 5));
  EXPECT_THAT(findings, IsEmpty());
}

TEST(WfdbSignals, DecodeFormat16AndCheckTheSum) {
  const std::string bytes =
      little_endian(100, 2) + little_endian(65535, 2) + little_endian(200, 2) + little_endian(7, 2);
  auto signals = two_signals(16);
  signals[0].checksum = 300;
  signals[1].checksum = 6;
  std::vector<SignalFinding> findings;
  const auto decoded = decode_wfdb_signals(bytes, signals, 2, findings);
  ASSERT_TRUE(decoded) << to_string(decoded.error());
  EXPECT_THAT((*decoded)[1].values, ElementsAre(4, 12));
  signals[1].checksum = 7;
  EXPECT_EQ(decode_wfdb_signals(bytes, signals, 2, findings).error().code, ErrorCode::corrupt);
  // A file that ends early is read as far as it goes, and its sum is not compared.
  const auto cut = decode_wfdb_signals(bytes, signals, 3, findings);
  ASSERT_TRUE(cut);
  EXPECT_EQ((*cut)[0].values.size(), 2U);
  EXPECT_EQ(findings.back().code, "cut_off");
  EXPECT_EQ(decode_wfdb_signals("x", signals, 3, findings).error().code, ErrorCode::corrupt);
}

TEST(WfdbAnnotations, HoldTimesAndLabels) {
  const std::string bytes = wfdb_word(28, 10) + wfdb_word(63, 5) + std::string{"(AFIB\0", 6} +
                            wfdb_word(1, 90) + wfdb_word(59, 0) + little_endian(0, 2) +
                            little_endian(2000, 2) + wfdb_word(5, 0) + wfdb_word(62, 1) + wfdb_word(45, 100) +
                            wfdb_word(0, 0);
  const auto annotations = parse_wfdb_annotations(bytes, Hertz{100});
  ASSERT_TRUE(annotations) << to_string(annotations.error());
  ASSERT_THAT(*annotations, SizeIs(4));
  EXPECT_EQ((*annotations)[0].label, "+ (AFIB");
  EXPECT_EQ((*annotations)[1].label, "N");
  EXPECT_DOUBLE_EQ((*annotations)[1].time.value(), 1);
  EXPECT_EQ((*annotations)[2].label, "V");
  EXPECT_DOUBLE_EQ((*annotations)[2].time.value(), 21);
  EXPECT_EQ((*annotations)[3].label, "code_45");
  EXPECT_DOUBLE_EQ((*annotations)[3].time.value(), 22);
}

TEST(WfdbAnnotations, RefuseAFileThatEndsEarly) {
  EXPECT_EQ(parse_wfdb_annotations("", Hertz{100}).error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_wfdb_annotations(wfdb_word(1, 90), Hertz{100}).error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_wfdb_annotations(wfdb_word(59, 0), Hertz{100}).error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_wfdb_annotations(wfdb_word(63, 9) + "ab", Hertz{100}).error().code, ErrorCode::corrupt);
}

TEST(Wfdb, ReadsARecordFromAnyOfItsFiles) {
  const TemporaryFolder folder;
  put_file(folder / "rec.hea", "rec 2 360 3\nrec.dat 212 10 12 0 0 0 0 a\nrec.dat 212 10 12 0 0 0 0 b\n");
  put_file(folder / "rec.dat", wfdb_212({10, -10, 20, -20, -30, 30}));
  put_file(folder / "rec.atr", wfdb_word(1, 1) + wfdb_word(1, 1) + wfdb_word(0, 0));
  put_file(folder / "rec.qrs", wfdb_word(1, 2) + wfdb_word(0, 0));
  for (const char* name : {"rec.hea", "rec.dat", "rec.atr"}) {
    const auto read = read_wfdb(folder / name);
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_THAT(read->groups[0].channels[1].values, ElementsAre(-1, -2, 3));
    EXPECT_THAT(read->annotations, SizeIs(2));
  }
  const auto other = read_wfdb(folder / "rec.qrs", {Hertz{180}, ""});
  ASSERT_TRUE(other);
  EXPECT_THAT(other->annotations, SizeIs(1));
  EXPECT_EQ(other->groups[0].rate.value(), 180);
  EXPECT_EQ(read_wfdb(folder / "rec.hea", {std::nullopt, "xyz"}).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_wfdb(folder / "none.hea").error().code, ErrorCode::not_found);
}

TEST(Wfdb, NamesWhatIsMissing) {
  const TemporaryFolder folder;
  put_file(folder / "rec.hea", "rec 0 128 0\n");
  EXPECT_EQ(read_wfdb(folder / "rec.hea").error().code, ErrorCode::nothing_measured);
  put_file(folder / "rec.hea", "rec 1 128 5\nrec.dat 16\n");
  EXPECT_THAT(read_wfdb(folder / "rec.hea").error().cause, HasSubstr("rec.dat"));
}

}  // namespace
}  // namespace reprise::sensing
