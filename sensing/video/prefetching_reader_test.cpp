// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/prefetching_reader.h"

#include <gtest/gtest.h>

#include <thread>

#include "sensing/video/video_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

FixtureVideo numbered(int frames) {
  FixtureVideo video{.encoder = "ffv1", .format = AV_PIX_FMT_0RGB32};
  video.times_ms.clear();
  for (int i = 0; i < frames; ++i) video.times_ms.push_back(i * 33);
  video.paint = [](int frame, int, int) { return Color{static_cast<double>(frame), 0, 0}; };
  return video;
}

TEST(PrefetchingReader, GivesEveryPictureInOrder) {
  const TemporaryFolder folder;
  write_video(folder / "a.mkv", numbered(100));
  for (const int ahead : {1, 3}) {
    auto opened = open_video(folder / "a.mkv");
    ASSERT_TRUE(opened) << to_string(opened.error());
    PrefetchingReader reader{std::move(*opened), ahead};
    EXPECT_EQ(reader.info().width, 64);
    for (int i = 0; i < 100; ++i) {
      const auto frame = reader.next();
      ASSERT_TRUE(frame && *frame);
      EXPECT_NEAR((*frame)->time.value(), 0.033 * i, 1e-9);
      // The pixels stay the caller's while the thread decodes on.
      if (i % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{5});
      EXPECT_EQ(pixel((*frame)->image, 63, 47).red, i);
      EXPECT_EQ(reader.findings().frames, i + 1);
    }
    EXPECT_FALSE(reader.next().value());
    EXPECT_FALSE(reader.next().value());
    EXPECT_EQ(reader.findings().frames, 100);
  }
}

TEST(PrefetchingReader, StopsAtAnyMoment) {
  const TemporaryFolder folder;
  write_video(folder / "a.mkv", numbered(50));
  for (int taken = 0; taken < 8; ++taken) {
    auto opened = open_video(folder / "a.mkv", {.threads = 2});
    ASSERT_TRUE(opened);
    PrefetchingReader reader{std::move(*opened)};
    for (int i = 0; i < taken; ++i) ASSERT_TRUE(reader.next().value());
  }
}

TEST(PrefetchingReader, PassesAnErrorOnWhereItHappened) {
  const TemporaryFolder folder;
  write_video(folder / "1.h264", {.encoder = "libx264"});
  write_video(folder / "2.h264", {.encoder = "libx264", .width = 48, .height = 64});
  put_file(folder / "joined.h264", get_file(folder / "1.h264") + get_file(folder / "2.h264"));
  auto opened = open_video(folder / "joined.h264");
  ASSERT_TRUE(opened) << to_string(opened.error());
  PrefetchingReader reader{std::move(*opened)};
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(reader.next().value());
  const auto changed = reader.next();
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::unsupported);
  EXPECT_FALSE(reader.next().value());
}

TEST(PrefetchingReader, SeveralAtOnceKeepTheirMessagesApart) {
  const TemporaryFolder folder;
  write_video(folder / "a.mkv", numbered(30));
  const std::string whole = get_file(folder / "a.mkv");
  put_file(folder / "cut.mkv", whole.substr(0, whole.size() / 2));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&folder, t] {
      auto opened = open_video(folder / (t % 2 == 0 ? "a.mkv" : "cut.mkv"), {.threads = 2});
      ASSERT_TRUE(opened);
      PrefetchingReader reader{std::move(*opened)};
      while (reader.next().value()) {
      }
      EXPECT_EQ(reader.findings().warnings().empty(), t % 2 == 0);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace reprise::sensing
