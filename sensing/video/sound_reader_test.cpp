// SPDX-License-Identifier: Apache-2.0
// Synthetic sound beside painted pictures; no microphone took it.
#include "sensing/video/sound_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sensing/video/sound_fixture.h"
#include "sensing/video/video_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

/// Silence with a burst of 3 kHz from 0.2 to 0.25 s.
std::vector<float> burst(int rate_hz) {
  std::vector<float> out(static_cast<std::size_t>(rate_hz / 2), 0.0F);
  for (std::size_t i = out.size() * 2 / 5; i < out.size() / 2; ++i)
    out[i] = 0.5F * static_cast<float>(std::sin(2 * kPi * 3000 * static_cast<double>(i) / rate_hz));
  return out;
}

TEST(ReadSoundLevels, CountsFromTheFirstPicture) {
  const TemporaryFolder folder;
  for (const int rate_hz : {8000, 44100, 48000}) {
    for (const std::int64_t begin_ms : {0, 120}) {
      FixtureVideo video{.with_sound = true, .sound = burst(rate_hz), .sound_hz = rate_hz};
      for (std::int64_t& time : video.times_ms) time += begin_ms;
      write_video(folder / "a.mov", video);
      const auto levels = read_sound_levels(folder / "a.mov");
      ASSERT_TRUE(levels) << to_string(levels.error());
      const auto& power = levels->power;
      const auto loud = std::find_if(power.begin(), power.end(), [](float p) { return p > 0.01F; });
      ASSERT_NE(loud, power.end());
      const double at_s = levels->from.value() + static_cast<double>(loud - power.begin()) / 1000;
      EXPECT_NEAR(at_s, 0.2 - static_cast<double>(begin_ms) / 1000, 0.0021) << rate_hz << ' ' << begin_ms;
      EXPECT_NEAR(power[static_cast<std::size_t>(loud - power.begin()) + 25], 0.125, 0.03);
    }
  }
}

TEST(ReadSoundLevels, ReadsTheSoundThatPhonesAndBrowsersEncode) {
  struct Kind {
    const char* ending;
    const char* pictures;
    const char* sound;
  };
  const TemporaryFolder folder;
  for (const Kind& kind : {Kind{"mp4", "mpeg4", "aac"},
                           {"mov", "mpeg4", "aac"},
                           {"webm", "libvpx", "libopus"},
                           {"webm", "libvpx", "libvorbis"},
                           {"mkv", "mpeg4", "libopus"}}) {
    const auto video = folder / (std::string("pictures.") + kind.ending);
    const auto file = folder / (std::string("sound.") + kind.ending);
    write_video(video, {.encoder = kind.pictures});
    add_sound(video, file, {.samples = burst(48000), .encoder = kind.sound});
    const auto levels = read_sound_levels(file);
    ASSERT_TRUE(levels) << to_string(levels.error());
    const auto& power = levels->power;
    const auto loud = std::find_if(power.begin(), power.end(), [](float p) { return p > 0.03F; });
    ASSERT_NE(loud, power.end()) << kind.sound;
    const double at_s = levels->from.value() + static_cast<double>(loud - power.begin()) / 1000;
    EXPECT_NEAR(at_s, 0.2, 0.004) << kind.ending << ' ' << kind.sound;
  }
}

TEST(ReadSoundLevels, RefusesAVideoWithoutSoundAndSoundWithoutAVideo) {
  const TemporaryFolder folder;
  write_video(folder / "mute.mov", {});
  const auto mute = read_sound_levels(folder / "mute.mov");
  ASSERT_FALSE(mute);
  EXPECT_EQ(mute.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(mute.error().cause, HasSubstr("no sound track"));
  write_video(folder / "a.wav", {.encoder = "", .with_sound = true});
  EXPECT_FALSE(read_sound_levels(folder / "a.wav"));
}

TEST(ReadSoundLevels, RefusesARateThatHoldsNoClap) {
  const TemporaryFolder folder;
  write_video(folder / "a.mov", {.with_sound = true, .sound_hz = 4000});
  const auto levels = read_sound_levels(folder / "a.mov");
  ASSERT_FALSE(levels);
  EXPECT_THAT(levels.error().cause, HasSubstr("4000 samples a second"));
}

}  // namespace
}  // namespace reprise::sensing
