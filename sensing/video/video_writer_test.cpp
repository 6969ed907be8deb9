// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/video_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/video/video_fixture.h"
#include "sensing/video/video_reader.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

constexpr int kWidth = 96;
constexpr int kHeight = 64;

/// Four colored quarters, darker from picture to picture.
std::vector<std::uint8_t> painted(int number) {
  std::vector<std::uint8_t> rgb;
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      const Color c = quarters(x, y, kWidth, kHeight);
      for (const double part : {c.red, c.green, c.blue})
        rgb.push_back(static_cast<std::uint8_t>(part * (1 - 0.02 * number)));
    }
  }
  return rgb;
}

std::string written(const VideoWriterOptions& options, int pictures) {
  auto writer = VideoWriter::start(options);
  EXPECT_TRUE(writer) << (writer ? "" : to_string(writer.error()));
  if (!writer) return "";
  for (int i = 0; i < pictures; ++i) {
    const auto rgb = painted(i);
    EXPECT_TRUE(writer->add({rgb.data(), kWidth, kHeight, std::ptrdiff_t{3} * kWidth, 3}));
  }
  const auto bytes = writer->finish();
  EXPECT_TRUE(bytes) << (bytes ? "" : to_string(bytes.error()));
  return bytes.value_or("");
}

TEST(VideoWriter, AHigherRateFactorIsSmaller) {
  const std::string usual = written({kWidth, kHeight, Hertz{25}}, 10);
  EXPECT_EQ(usual,
            written({.width = kWidth, .height = kHeight, .frame_rate = Hertz{25}, .rate_factor = 20}, 10));
  EXPECT_LT(
      written({.width = kWidth, .height = kHeight, .frame_rate = Hertz{25}, .rate_factor = 40}, 10).size(),
      usual.size());
  const auto writer =
      VideoWriter::start({.width = kWidth, .height = kHeight, .frame_rate = Hertz{25}, .rate_factor = 52});
  ASSERT_FALSE(writer);
  EXPECT_THAT(writer.error().cause, HasSubstr("rate factor is 52"));
}

TEST(VideoWriter, WhatItWritesIsReadBack) {
  const TemporaryFolder folder;
  put_file(folder / "a.mp4", written({kWidth, kHeight, Hertz{25}}, 30));
  auto reader = open_video(folder / "a.mp4");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(reader->info().width, kWidth);
  EXPECT_EQ(reader->info().height, kHeight);
  EXPECT_EQ(reader->info().codec, "h264");
  EXPECT_EQ(reader->info().frame_count, 30);
  EXPECT_FALSE(reader->info().simulated);
  for (int i = 0; i < 30; ++i) {
    const auto frame = reader->next();
    ASSERT_TRUE(frame && *frame) << i;
    EXPECT_NEAR((*frame)->time.value(), i / 25.0, 1e-6);
    const Color red = pixel((*frame)->image, kWidth / 4, kHeight / 4);
    // Lossy, and rounded twice on the way to YUV and back.
    EXPECT_LT(difference(red, {255 * (1 - 0.02 * i), 0, 0}), 8) << i;
  }
  EXPECT_FALSE(reader->next().value());
  EXPECT_TRUE(reader->findings().warnings().empty());
}

TEST(VideoWriter, ASimulationSaysSoInTheFile) {
  const TemporaryFolder folder;
  put_file(folder / "a.mp4", written({kWidth, kHeight, Hertz{30}, "squat", true}, 3));
  const auto reader = open_video(folder / "a.mp4");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_TRUE(reader->info().simulated);
}

TEST(VideoWriter, EqualPicturesGiveEqualBytes) {
  const VideoWriterOptions options{kWidth, kHeight, Hertz{30}, "squat", true};
  const std::string once = written(options, 12);
  EXPECT_GT(once.size(), 500U);
  EXPECT_EQ(written(options, 12), once);
}

TEST(VideoWriter, KeepsAFrameRateThatIsNoWholeNumber) {
  const TemporaryFolder folder;
  put_file(folder / "a.mp4", written({kWidth, kHeight, Hertz{30000.0 / 1001}}, 31));
  auto reader = open_video(folder / "a.mp4");
  ASSERT_TRUE(reader) << to_string(reader.error());
  Seconds last{0};
  while (const auto frame = reader->next().value()) last = frame->time;
  EXPECT_NEAR(last.value(), 1.001, 1e-4);
}

TEST(VideoWriter, RefusesWhatCannotBeWritten) {
  for (const VideoWriterOptions& wrong :
       {VideoWriterOptions{0, 48}, VideoWriterOptions{63, 48}, VideoWriterOptions{64, 48, Hertz{0.5}},
        VideoWriterOptions{64, 20000}}) {
    const auto writer = VideoWriter::start(wrong);
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, ErrorCode::invalid_argument);
  }
  auto writer = VideoWriter::start({kWidth, kHeight});
  ASSERT_TRUE(writer);
  const auto rgb = painted(0);
  const auto added = writer->add({rgb.data(), kWidth, kHeight - 2, std::ptrdiff_t{3} * kWidth, 3});
  ASSERT_FALSE(added);
  EXPECT_THAT(added.error().cause, HasSubstr("another size"));
}

TEST(VideoReader, TellsTheDayOfTheRecordingWhereTheFileKnowsIt) {
  const TemporaryFolder folder;
  FixtureVideo video;
  video.metadata = {{"creation_time", "2024-05-03T10:12:30.000000Z"}};
  write_video(folder / "known.mp4", video);
  EXPECT_EQ(open_video(folder / "known.mp4")->info().recorded_at, "2024-05-03T10:12:30Z");
  write_video(folder / "unknown.mp4");
  EXPECT_EQ(open_video(folder / "unknown.mp4")->info().recorded_at, "");
  video.metadata = {{"creation_time", "1970-01-01T00:00:00.000000Z"}};  // a clock that was never set
  write_video(folder / "unset.mp4", video);
  EXPECT_EQ(open_video(folder / "unset.mp4")->info().recorded_at, "");
}

}  // namespace
}  // namespace reprise::sensing
