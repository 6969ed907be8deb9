// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/read_signals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/signals/inflate.h"
#include "tests/support/signal_files.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

TEST(ReadSignals, TellsFormatsByTheirContent) {
  const TemporaryFolder folder;
  put_file(folder / "a", edf_bytes({}));
  put_file(folder / "b", mat::trial(20));
  put_file(folder / "c", "800\n810\n790\n");
  put_file(folder / "d", "time,a\n0.0,1\n0.1,2\n0.2,3\n");
  put_file(folder / "e.hea", "e 0 128 0\n");
  put_file(folder / "e.atr", wfdb_word(1, 1) + wfdb_word(0, 0));
  const std::pair<const char*, const char*> formats[] = {{"a", "EDF+"},         {"b", "MATLAB"},
                                                         {"c", "RR intervals"}, {"d", "text table"},
                                                         {"e.hea", "WFDB"},     {"e.atr", "WFDB"}};
  for (const auto& [name, format] : formats) {
    const auto read = read_signals(folder / name);
    ASSERT_TRUE(read) << name << ": " << to_string(read.error());
    EXPECT_EQ(read->format, format);
  }
}

TEST(ReadSignals, FollowsTheDescriptionBesideATable) {
  const TemporaryFolder folder;
  put_file(folder / "walk.csv", "u,v\n1,2\n3,4\n");
  EXPECT_EQ(read_signals(folder / "walk.csv").error().code, ErrorCode::invalid_argument);
  put_file(folder / "walk.columns.json", R"({"rate_hz": 50, "columns": [{"name": "u", "as": "emg"}]})");
  const auto read = read_signals(folder / "walk.csv");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 50);
  EXPECT_EQ(read->groups[0].channels[0].meaning, "emg");
  put_file(folder / "walk.columns.json", "{");
  EXPECT_EQ(read_signals(folder / "walk.csv").error().code, ErrorCode::corrupt);
}

TEST(ReadSignals, UnpacksGzip) {
  const TemporaryFolder folder;
  // gzip's header around a stored block, with the checksum of the text.
  const std::string text = "time,a\n0.0,1\n0.1,2\n0.2,3\n";
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  const auto length = static_cast<std::uint16_t>(text.size());
  const std::string packed = std::string{"\x1f\x8b\x08\0\0\0\0\0\0\x03\x01", 11} + little_endian(length, 2) +
                             little_endian(static_cast<std::uint16_t>(~length), 2) + text +
                             little_endian(~crc, 4) + little_endian(text.size(), 4);
  put_file(folder / "a.csv.gz", packed);
  const auto read = read_signals(folder / "a.csv.gz");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(read->groups[0].channels, SizeIs(1));
  put_file(folder / "a.csv.gz", packed.substr(0, 30));
  EXPECT_EQ(read_signals(folder / "a.csv.gz").error().code, ErrorCode::corrupt);
  EXPECT_EQ(inflate(packed, 10, "a test").error().code, ErrorCode::unsupported);
}

TEST(ReadSignals, ListsWhatIsRead) {
  const TemporaryFolder folder;
  put_file(folder / "a.npz", std::string{"PK\x03\x04\0\0\0\0", 8});
  const auto read = read_signals(folder / "a.npz");
  EXPECT_EQ(read.error().code, ErrorCode::unsupported);
  EXPECT_THAT(read.error().remedy, HasSubstr("EDF"));
  put_file(folder / "empty", "");
  EXPECT_EQ(read_signals(folder / "empty").error().code, ErrorCode::unsupported);
  EXPECT_EQ(read_signals(folder / "none").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace reprise::sensing
