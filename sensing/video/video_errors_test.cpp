// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sensing/video/video_fixture.h"
#include "sensing/video/video_reader.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;

/// Opening must fail, say so in full, and leave the terminal alone.
void expect_error(const std::filesystem::path& path, ErrorCode code, const char* cause) {
  testing::internal::CaptureStderr();
  const auto reader = open_video(path);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_FALSE(reader) << path;
  EXPECT_EQ(reader.error().code, code) << to_string(reader.error());
  EXPECT_THAT(reader.error().cause, HasSubstr(cause));
  EXPECT_EQ(reader.error().stage, "opening a video");
  EXPECT_FALSE(reader.error().remedy.empty());
}

/// Reads to the end; the number of pictures.
std::int64_t read_all(VideoReader& reader) {
  while (true) {
    const auto frame = reader.next();
    EXPECT_TRUE(frame) << to_string(frame.error());
    if (!frame || !*frame) return reader.findings().frames;
  }
}

/// A moving pattern, so that every frame has some bytes.
FixtureVideo moving(const char* encoder, int frames) {
  FixtureVideo video{.encoder = encoder, .width = 128, .height = 96};
  video.times_ms.clear();
  for (int i = 0; i < frames; ++i) video.times_ms.push_back(i * 40);
  video.paint = [](int frame, int x, int y) {
    return Color{static_cast<double>((x * 7 + frame * 13) % 256),
                 static_cast<double>((y * 5 + frame * 29) % 256), static_cast<double>((x + y) % 256)};
  };
  return video;
}

TEST(OpenVideo, NamesAFileThatIsNotThere) {
  const TemporaryFolder folder;
  expect_error(folder / "clip.mp4", ErrorCode::not_found, "clip.mp4' cannot be opened: No such file");
}

TEST(OpenVideo, RefusesFoldersDevicesAndPipes) {
  const TemporaryFolder folder;
  expect_error(folder.path(), ErrorCode::invalid_argument, "is a folder");
  expect_error("/dev/zero", ErrorCode::invalid_argument, "is not a regular file");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  expect_error(folder / "pipe", ErrorCode::invalid_argument, "is not a regular file");
}

TEST(OpenVideo, RefusesWhatIsNoVideoWhateverItsName) {
  const TemporaryFolder folder;
  put_file(folder / "notes.mp4", "The knee bends well today.\nAnother line of plain text.\n");
  expect_error(folder / "notes.mp4", ErrorCode::unsupported, "'notes.mp4' is not a video");
  put_file(folder / "noise.avi", std::string(5000, '\x5a'));
  expect_error(folder / "noise.avi", ErrorCode::unsupported, "is not a video");
  put_file(folder / "empty.mp4", "");
  expect_error(folder / "empty.mp4", ErrorCode::unreadable, "is empty");
}

TEST(OpenVideo, OpensNothingButTheFileItself) {
  const TemporaryFolder folder;
  write_video(folder / "a.mp4");
  put_file(folder / "list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na.mp4\n#EXT-X-ENDLIST\n");
  expect_error(folder / "list.m3u8", ErrorCode::unsupported, "is not a video");
  put_file(folder / "list.txt", "ffconcat version 1.0\nfile a.mp4\n");
  expect_error(folder / "list.txt", ErrorCode::unsupported, "is not a video");
  put_file(folder / "call.sdp",
           "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n");
  expect_error(folder / "call.sdp", ErrorCode::unsupported, "is not a video");
}

TEST(OpenVideo, SaysThatTheIndexIsMissing) {
  const TemporaryFolder folder;
  write_video(folder / "a.mp4", moving("libx264", 20));  // the index stands at the end
  const std::string bytes = get_file(folder / "a.mp4");
  put_file(folder / "cut.mp4", bytes.substr(0, bytes.size() / 2));
  expect_error(folder / "cut.mp4", ErrorCode::unreadable, "ends before its index (moov atom)");
}

TEST(OpenVideo, CallsAPhonesPhotoFormatByItsName) {
  const TemporaryFolder folder;
  // The boxes of such a photo (ISO/IEC 14496-12): its kind, a description, data.
  const std::string photo{
      "\0\0\0\x14"
      "ftypheic\0\0\0\0mif1"
      "\0\0\0\x0c"
      "meta\0\0\0\0"
      "\0\0\0\x10"
      "mdat12345678",
      48};
  put_file(folder / "photo.mp4", photo);
  expect_error(folder / "photo.mp4", ErrorCode::unsupported, "HEIC");
}

TEST(OpenVideo, CallsSoundByItsName) {
  const TemporaryFolder folder;
  write_video(folder / "a.wav", {.encoder = "", .with_sound = true});
  expect_error(folder / "a.wav", ErrorCode::nothing_measured, "sound but no picture");
  write_video(folder / "a.mov", {.encoder = "", .with_sound = true});
  expect_error(folder / "a.mov", ErrorCode::nothing_measured, "sound but no picture");
}

TEST(OpenVideo, DoesNotTakeACoverForAVideo) {
  const TemporaryFolder folder;
  write_video(folder / "song.mp4",
              {.encoder = "mjpeg", .format = AV_PIX_FMT_YUVJ420P, .times_ms = {0}, .is_cover = true});
  expect_error(folder / "song.mp4", ErrorCode::nothing_measured, "no picture");
}

TEST(OpenVideo, SaysThatThereAreNoFrames) {
  const TemporaryFolder folder;
  put_file(folder / "a.y4m", "YUV4MPEG2 W64 H48 F25:1 Ip A1:1 C420jpeg\n");
  expect_error(folder / "a.y4m", ErrorCode::nothing_measured, "holds no frames");
  FixtureVideo none{.encoder = "mpeg4"};
  none.times_ms.clear();
  none.container_options = {{"movflags", "empty_moov+frag_keyframe"}};
  write_video(folder / "a.mp4", none);
  expect_error(folder / "a.mp4", ErrorCode::nothing_measured, "holds no frames");
}

TEST(OpenVideo, RefusesPicturesThatWouldFillMemory) {
  const TemporaryFolder folder;
  // A PNG header of 30000 x 30000 pixels; the decoder needs no more to know.
  const std::string png{
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0\0\0\0\0"
      "\0\0\0\x0aIDAT\x78\x9c\x63\x60\x60\x60\0\0\0\x04\0\x01\0\0\0\0\0\0\0\0IEND\xae"
      "B`\x82",
      67};
  put_file(folder / "huge.png", png);
  testing::internal::CaptureStderr();
  const auto reader = open_video(folder / "huge.png");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::unsupported) << to_string(reader.error());
  EXPECT_THAT(reader.error().cause, HasSubstr("67 million pixels"));
}

TEST(OpenVideo, RefusesOptionsOutOfRange) {
  const TemporaryFolder folder;
  write_video(folder / "a.mp4");
  EXPECT_EQ(open_video(folder / "a.mp4", {.threads = 0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(open_video(folder / "a.mp4", {.threads = 1000}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(open_video(folder / "a.mp4", {.longest_side_px = 1}).error().code, ErrorCode::invalid_argument);
}

class CutVideos : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(CutVideos, GiveWhatIsThereAndSayWhatIsNot) {
  const TemporaryFolder folder;
  FixtureVideo video = moving(GetParam().second, 50);
  const auto whole = folder / GetParam().first;
  if (whole.extension() == ".mp4") video.container_options = {{"moov_size", "20000"}};  // the index first
  write_video(whole, video);
  const std::string bytes = get_file(whole);
  const auto cut = folder / (std::string{"cut"} + whole.extension().string());
  int partly = 0;
  std::string seen;
  for (int percent = 2; percent < 100; percent += 7) {
    put_file(cut, bytes.substr(0, bytes.size() * static_cast<std::size_t>(percent) / 100));
    testing::internal::CaptureStderr();
    auto reader = open_video(cut);
    if (!reader) {
      EXPECT_THAT(reader.error().code,
                  AnyOf(ErrorCode::unreadable, ErrorCode::corrupt, ErrorCode::nothing_measured))
          << to_string(reader.error());
      seen += reader.error().cause + "; ";
    } else {
      const std::int64_t frames = read_all(*reader);
      seen += std::to_string(frames) + "; ";
      EXPECT_LE(frames, 50);
      if (frames <
          42) {  // the last quarter of a second is not missed, for the length of the last frame is not known
        EXPECT_TRUE(reader->findings().ends_early) << percent << " %: " << frames;
        EXPECT_THAT(reader->findings().warnings(), Contains(HasSubstr("ends earlier than it says")));
      }
      partly += frames > 10 && frames < 42 ? 1 : 0;
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << percent;
  }
  EXPECT_GT(partly, 3) << seen;
}

INSTANTIATE_TEST_SUITE_P(All, CutVideos,
                         testing::Values(std::pair{"a.mp4", "libx264"}, std::pair{"a.mp4", "mpeg4"},
                                         std::pair{"a.mkv", "libx264"}, std::pair{"a.avi", "mpeg4"}));

TEST(VideoReader, CountsPicturesThatAreDamaged) {
  const TemporaryFolder folder;
  write_video(folder / "a.mp4", moving("libx264", 20));
  std::string bytes = get_file(folder / "a.mp4");
  const std::size_t start = bytes.size() / 3;  // amidst the pictures; the index stands at the end
  for (std::size_t i = start; i < start + 400; ++i) bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
  put_file(folder / "a.mp4", bytes);
  testing::internal::CaptureStderr();
  auto reader = open_video(folder / "a.mp4");
  if (!reader) testing::internal::GetCapturedStderr();
  ASSERT_TRUE(reader) << to_string(reader.error());
  const std::int64_t frames = read_all(*reader);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_GT(frames, 15);
  EXPECT_GT(reader->findings().damaged_frames + reader->findings().damaged_packets, 0);
  EXPECT_FALSE(reader->findings().ends_early);
  EXPECT_THAT(reader->findings().warnings(), Contains(HasSubstr("The decoder says: ")));
}

TEST(VideoReader, SurvivesBytesTurnedAnywhere) {
  const TemporaryFolder folder;
  for (const auto& [file, encoder] : {std::pair{"a.mp4", "libx264"}, std::pair{"a.mkv", "ffv1"}}) {
    write_video(folder / file, moving(encoder, 8));
    const std::string bytes = get_file(folder / file);
    std::uint32_t random = 12345;
    for (int round = 0; round < 60; ++round) {
      std::string damaged = bytes;
      for (int i = 0; i < 10; ++i) {
        random = random * 1664525U + 1013904223U;
        damaged[random % damaged.size()] = static_cast<char>(random >> 24);
      }
      put_file(folder / "damaged", damaged);
      testing::internal::CaptureStderr();
      auto reader = open_video(folder / "damaged");
      for (int frame = 0; reader && frame < 100; ++frame) {
        const auto next = reader->next();
        if (!next || !*next) break;
      }
      EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    }
  }
}

}  // namespace
}  // namespace reprise::sensing
