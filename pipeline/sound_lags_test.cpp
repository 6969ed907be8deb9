// SPDX-License-Identifier: Apache-2.0
// Synthetic sound beside painted pictures; no microphone took it.
#include "pipeline/sound_lags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/cameras/drawn_sound.h"
#include "sensing/video/sound_fixture.h"
#include "sensing/video/video_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::pipeline {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class SoundOfVideos : public testing::Test {
 protected:
  /// A few painted pictures with that sound.
  fs::path film(const std::string& name, const engine::DrawnSound& sound, const std::string& encoder = "aac",
                const std::string& pictures = "mpeg4") {
    const fs::path bare = folder / ("bare_" + name);
    sensing::write_video(bare, {.encoder = pictures});
    sensing::add_sound(bare, folder / name,
                       {engine::drawn_sound(sound), static_cast<int>(sound.rate_hz), encoder});
    return folder / name;
  }
  static constexpr double kBegins = 0.7315;  // the second camera starts so much later

  const engine::DrawnSound first{.claps_s = {1.2, 2.05}, .seconds = 3};
  const engine::DrawnSound second{.claps_s = {1.2, 2.05}, .begin_s = kBegins, .seconds = 3, .seed = 2};
  TemporaryFolder folder;
};

TEST_F(SoundOfVideos, FindsTheLagWhateverTheSoundIsEncodedBy) {
  const std::vector<fs::path> files = {film("a.mp4", first), film("b.mp4", second),
                                       film("c.webm", second, "libopus", "libvpx"),
                                       film("d.mkv", second, "libvorbis")};
  const auto found = find_sound_lags(files, SyncBy::sound, false);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_TRUE(found->used);
  ASSERT_EQ(found->lags().size(), 4U);
  EXPECT_EQ(found->lags()[0].value(), 0);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_NEAR(found->lags()[i].value(), -kBegins, 0.003) << i;
    EXPECT_EQ(found->at(i)->sounds, 2) << i;
  }
}

TEST_F(SoundOfVideos, IsOnlyComparedByDefault) {
  const std::vector<fs::path> files = {film("a.mp4", first), film("b.mp4", second)};
  const auto found = find_sound_lags(files, SyncBy::automatic, false);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->used);
  EXPECT_TRUE(found->lags().empty());
  ASSERT_TRUE(found->at(1));
  EXPECT_NEAR(found->at(1)->lag.value(), -kBegins, 0.003);
  EXPECT_TRUE(find_sound_lags(files, SyncBy::motion, false)->of_cameras.empty());
  EXPECT_TRUE(find_sound_lags(files, SyncBy::automatic, true)->of_cameras.empty());
}

TEST_F(SoundOfVideos, NamesTheCameraThatHeardNothing) {
  const fs::path clap = film("a.mp4", first);
  sensing::write_video(folder / "mute.mp4", {});
  const std::vector<std::pair<fs::path, std::string>> refused = {
      {folder / "mute.mp4", "camera 2 (mute.mp4): the video has no sound track"},
      {film("hum.mp4", {.seconds = 3, .noise = 0.001, .hum = 0.3}), "camera 2 (hum.mp4): nothing distinct"},
      {film("still.mov", {.seconds = 3, .noise = 0}, "pcm_s16le"),
       "camera 2 (still.mov): the sound is silent"},
  };
  for (const auto& [file, cause] : refused) {
    const std::vector<fs::path> files = {clap, file};
    const auto found = find_sound_lags(files, SyncBy::sound, false);
    ASSERT_FALSE(found) << cause;
    EXPECT_EQ(found.error().code, ErrorCode::nothing_measured);
    EXPECT_THAT(found.error().cause, HasSubstr(cause));
    const auto compared = find_sound_lags(files, SyncBy::automatic, false);
    ASSERT_TRUE(compared) << "no error unless asked for";
    EXPECT_FALSE(compared->at(1));
  }
}

TEST_F(SoundOfVideos, RefusesWhatNeedsNoSoundOrHasNone) {
  const std::vector<fs::path> one = {"a.mp4"};
  EXPECT_THAT(check_sync(one, SyncBy::sound, false).error().cause, HasSubstr("one camera"));
  const std::vector<fs::path> landmarks = {"a.mp4", "b.landmarks.json"};
  const auto refused = check_sync(landmarks, SyncBy::sound, false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(refused.error().cause, HasSubstr("camera 2 (b.landmarks.json): landmarks have no sound"));
  EXPECT_TRUE(find_sound_lags(landmarks, SyncBy::automatic, false)->of_cameras.empty());
  const std::vector<fs::path> two = {"a.mp4", "b.mp4"};
  EXPECT_THAT(check_sync(two, SyncBy::sound, true).error().cause, HasSubstr("--lags and --sync sound"));
  EXPECT_TRUE(check_sync(two, SyncBy::automatic, true));
}

TEST(SoundDiffers, ByMoreThanAPictureAndTheUncertaintyOfTheSound) {
  SoundLags sound{{std::nullopt, engine::SoundLag{Seconds{-1.3}, Seconds{0.002}, 0.9, 1}}};
  EXPECT_FALSE(sound_differs(0, "movement", Seconds{0}, sound, Hertz{25})) << "the first camera has no lag";
  EXPECT_FALSE(sound_differs(1, "movement", Seconds{-1.3 + 0.0419}, sound, Hertz{25}));
  const auto warning = sound_differs(1, "movement", Seconds{-1.3 + 0.0421}, sound, Hertz{25});
  ASSERT_TRUE(warning);
  EXPECT_THAT(warning->text,
              HasSubstr("-1.258 s from camera 1's by the movement and -1.300 ± 0.002 s by sound"));
  EXPECT_THAT(warning->text, HasSubstr("The lag by the movement was used."));
  sound.used = true;
  EXPECT_THAT(sound_differs(1, "board", Seconds{2}, sound, std::nullopt)->text,
              HasSubstr("The lag by sound was used."));
}

TEST(AddSound, GivesTheUncertaintyOfTheLagThatWasUsed) {
  SoundLags sound{{std::nullopt, engine::SoundLag{Seconds{-1.30001}, Seconds{0.0012}, 0.913, 2}}};
  nlohmann::ordered_json entry;
  add_sound(entry, 1, sound);
  EXPECT_TRUE(entry.at("lag_uncertainty_s").is_null()) << "the movement gave the lag";
  EXPECT_EQ(entry.at("sound").dump(),
            R"({"lag_s":-1.3,"uncertainty_s":0.0012,"confidence":0.91,"sounds":2})");
  sound.used = true;
  add_sound(entry, 1, sound);
  EXPECT_EQ(entry.at("lag_uncertainty_s"), 0.0012);
  EXPECT_EQ(sound_words(1, sound), "by sound ± 0.001 s (2 sounds)");
  add_sound(entry, 1, {});
  EXPECT_TRUE(entry.at("sound").is_null());
}

}  // namespace
}  // namespace reprise::pipeline
