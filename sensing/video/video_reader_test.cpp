// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/video_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>

#include "sensing/video/video_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// Reads to the end and gives the times in whole milliseconds.
std::vector<long> times_ms(VideoReader& reader) {
  std::vector<long> times;
  while (true) {
    const auto frame = reader.next();
    EXPECT_TRUE(frame) << to_string(frame.error());
    if (!frame || !*frame) return times;
    times.push_back(std::lround((*frame)->time.value() * 1000));
  }
}

/// The colors in the middle of the four quarters: top left, top right, bottom left, bottom right.
void expect_quarters(const engine::ImageView& image, const std::array<Color, 4>& expected, double tolerance) {
  for (int i = 0; i < 4; ++i) {
    const int x = image.width * (i % 2 == 0 ? 1 : 3) / 4;
    const int y = image.height * (i < 2 ? 1 : 3) / 4;
    const Color got = pixel(image, x, y);
    EXPECT_LE(difference(got, expected[static_cast<std::size_t>(i)]), tolerance)
        << "quarter " << i << ": " << got.red << " " << got.green << " " << got.blue;
  }
}

constexpr Color kRed{255, 0, 0};
constexpr Color kGreen{0, 255, 0};
constexpr Color kBlue{0, 0, 255};
constexpr Color kWhite{255, 255, 255};
constexpr double kLossless = 3;  // of 255: rounding to YUV and back, and swscale's short arithmetic
constexpr double kLossy = 12;    // of 255: a DCT codec at good quality

class Containers : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Containers, KeepAVariableFrameRate) {
  const TemporaryFolder folder;
  const auto path = folder / GetParam().first;
  write_video(path, {.encoder = GetParam().second, .times_ms = {0, 33, 70, 100, 500, 520, 1500}});
  auto reader = open_video(path);
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(reader->info().width, 64);
  EXPECT_EQ(reader->info().height, 48);
  EXPECT_FALSE(reader->info().is_photo);
  EXPECT_THAT(times_ms(*reader), testing::ElementsAre(0, 33, 70, 100, 500, 520, 1500));
  EXPECT_EQ(reader->findings().frames, 7);
  EXPECT_THAT(reader->findings().warnings(), IsEmpty());
  const auto beyond = reader->next();  // the end stays the end
  ASSERT_TRUE(beyond);
  EXPECT_FALSE(*beyond);
}

INSTANTIATE_TEST_SUITE_P(All, Containers,
                         testing::Values(std::pair{"a.mp4", "libx264"}, std::pair{"a.mp4", "mpeg4"},
                                         std::pair{"a.mov", "libx264"}, std::pair{"a.mkv", "ffv1"},
                                         std::pair{"a.webm", "libvpx"}, std::pair{"a.mkv", "libx264"}));

TEST(VideoReader, SaysWhatTheFileSays) {
  const TemporaryFolder folder;
  write_video(folder / "a.mp4", {.encoder = "libx264"});
  const auto reader = open_video(folder / "a.mp4");
  ASSERT_TRUE(reader) << to_string(reader.error());
  const VideoInfo& info = reader->info();
  EXPECT_EQ(info.codec, "h264");
  EXPECT_THAT(info.container, HasSubstr("mp4"));
  EXPECT_EQ(info.frame_count, 10);
  EXPECT_NEAR(info.nominal_rate->value(), 25, 0.1);
  EXPECT_NEAR(info.duration->value(), 0.4, 0.05);  // the last frame's length is the muxer's guess
  EXPECT_EQ(info.scale_x(), 1.0);
}

TEST(VideoReader, StartsAtZeroWhereverTheFileStarts) {
  const TemporaryFolder folder;
  write_video(folder / "late.mkv", {.encoder = "ffv1", .times_ms = {5000, 5040, 5100}});
  auto reader = open_video(folder / "late.mkv");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_THAT(times_ms(*reader), testing::ElementsAre(0, 40, 100));
}

TEST(VideoReader, ReadsPicturesBesideSound) {
  const TemporaryFolder folder;
  write_video(folder / "a.mov", {.encoder = "libx264", .with_sound = true});
  auto reader = open_video(folder / "a.mov");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(times_ms(*reader).size(), 10U);
  EXPECT_THAT(reader->findings().warnings(), IsEmpty());
}

TEST(VideoReader, DecodesWithSeveralThreadsTheSamePictures) {
  const TemporaryFolder folder;
  FixtureVideo video{.encoder = "libx264"};
  video.times_ms.clear();
  for (int i = 0; i < 60; ++i) video.times_ms.push_back(i * 20);
  video.paint = [](int frame, int x, int y) { return Color{4.0 * frame, 4.0 * x, 5.0 * y}; };
  write_video(folder / "a.mp4", video);
  auto one = open_video(folder / "a.mp4", {.threads = 1});
  auto four = open_video(folder / "a.mp4", {.threads = 4});
  ASSERT_TRUE(one && four);
  for (int i = 0; i < 60; ++i) {
    const auto a = one->next();
    const auto b = four->next();
    ASSERT_TRUE(a && *a && b && *b);
    EXPECT_EQ((*a)->time, (*b)->time);
    for (int y = 0; y < 48; ++y) {
      const auto row = [y](const engine::ImageView& image) { return image.pixels + y * image.stride_bytes; };
      ASSERT_TRUE(std::equal(row((*a)->image), row((*a)->image) + 64 * 3, row((*b)->image)));
    }
  }
}

struct Turn {
  double clockwise_deg;
  bool mirror;
  std::array<Color, 4> upright;
};

class RotationFlag : public testing::TestWithParam<Turn> {};

TEST_P(RotationFlag, MakesThePictureUpright) {
  const TemporaryFolder folder;
  const Turn& turn = GetParam();
  write_video(folder / "phone.mp4",
              {.encoder = "libx264", .rotate_clockwise_deg = turn.clockwise_deg, .mirror = turn.mirror});
  auto reader = open_video(folder / "phone.mp4");
  ASSERT_TRUE(reader) << to_string(reader.error());
  const VideoInfo& info = reader->info();
  const bool portrait = turn.clockwise_deg == 90 || turn.clockwise_deg == 270;
  EXPECT_EQ(info.width, portrait ? 48 : 64);
  EXPECT_EQ(info.height, portrait ? 64 : 48);
  EXPECT_EQ(info.source_height, info.height);
  EXPECT_EQ(info.rotation_deg, turn.clockwise_deg);
  EXPECT_EQ(info.mirrored, turn.mirror);
  const auto frame = reader->next();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((*frame)->image.width, info.width);
  EXPECT_EQ((*frame)->image.height, info.height);
  expect_quarters((*frame)->image, turn.upright, kLossy);
}

// The stored picture is red, green / blue, white. Turned clockwise by 90 degrees, blue comes to the top left.
INSTANTIATE_TEST_SUITE_P(Turns, RotationFlag,
                         testing::Values(Turn{0, false, {kRed, kGreen, kBlue, kWhite}},
                                         Turn{90, false, {kBlue, kRed, kWhite, kGreen}},
                                         Turn{180, false, {kWhite, kBlue, kGreen, kRed}},
                                         Turn{270, false, {kGreen, kWhite, kRed, kBlue}},
                                         Turn{0, true, {kGreen, kRed, kWhite, kBlue}},
                                         Turn{90, true, {kWhite, kGreen, kBlue, kRed}}));

struct Format {
  AVPixelFormat format;
  AVColorSpace colorspace;
  AVColorRange range;
  int width, height;
  const char* file = "a.nut";
  const char* encoder = "rawvideo";
};

class PixelFormats : public testing::TestWithParam<Format> {};

TEST_P(PixelFormats, KeepTheirColors) {
  const TemporaryFolder folder;
  const Format& f = GetParam();
  const bool gray = av_pix_fmt_desc_get(f.format)->nb_components == 1;
  FixtureVideo video{.encoder = f.encoder,
                     .format = f.format,
                     .width = f.width,
                     .height = f.height,
                     .times_ms = {0, 40},
                     .colorspace = f.colorspace,
                     .range = f.range};
  if (gray) {
    video.paint = [&](int, int x, int) { return x < f.width / 2 ? Color{60, 60, 60} : Color{200, 200, 200}; };
  }
  write_video(folder / f.file, video);
  auto reader = open_video(folder / f.file);
  ASSERT_TRUE(reader) << to_string(reader.error());
  const auto frame = reader->next();
  ASSERT_TRUE(frame) << to_string(frame.error());
  ASSERT_TRUE(*frame);
  const engine::ImageView& image = (*frame)->image;
  ASSERT_EQ(image.width, f.width);
  ASSERT_EQ(image.height, f.height);
  const Color dark{60, 60, 60};
  const Color bright{200, 200, 200};
  const std::array<Color, 4> expected =
      gray ? std::array{dark, bright, dark, bright} : std::array{kRed, kGreen, kBlue, kWhite};
  expect_quarters(image, expected, kLossless);
  // The outermost pixels, where odd widths go wrong.
  EXPECT_LE(difference(pixel(image, f.width - 1, 0), expected[1]), kLossless);
  EXPECT_LE(difference(pixel(image, 0, f.height - 1), expected[2]), kLossless);
  EXPECT_LE(difference(pixel(image, f.width - 1, f.height - 1), expected[3]), kLossless);
}

constexpr auto kAny = AVCOL_SPC_UNSPECIFIED;
constexpr auto kNoRange = AVCOL_RANGE_UNSPECIFIED;
INSTANTIATE_TEST_SUITE_P(
    Odd, PixelFormats,
    testing::Values(
        Format{AV_PIX_FMT_YUV420P, kAny, kNoRange, 64, 48},
        Format{AV_PIX_FMT_YUV420P, kAny, kNoRange, 65, 49},
        Format{AV_PIX_FMT_YUV420P, kAny, kNoRange, 71, 48},
        Format{AV_PIX_FMT_YUV420P, kAny, kNoRange, 67, 51},
        Format{AV_PIX_FMT_YUV422P, kAny, kNoRange, 65, 49},
        Format{AV_PIX_FMT_YUV444P, kAny, kNoRange, 65, 49}, Format{AV_PIX_FMT_NV12, kAny, kNoRange, 66, 50},
        Format{AV_PIX_FMT_YUYV422, kAny, kNoRange, 66, 49},
        Format{AV_PIX_FMT_YUV420P10LE, kAny, kNoRange, 66, 50},
        Format{AV_PIX_FMT_YUV444P12LE, kAny, kNoRange, 65, 49},
        Format{AV_PIX_FMT_GRAY8, kAny, kNoRange, 65, 49}, Format{AV_PIX_FMT_RGB24, kAny, kNoRange, 65, 49},
        Format{AV_PIX_FMT_BGRA, kAny, kNoRange, 65, 49}, Format{AV_PIX_FMT_RGB48LE, kAny, kNoRange, 65, 49},
        Format{AV_PIX_FMT_0RGB32, kAny, kNoRange, 65, 49, "a.mkv", "ffv1"},
        Format{AV_PIX_FMT_GRAY10LE, kAny, kNoRange, 65, 49, "a.mkv", "ffv1"},
        Format{AV_PIX_FMT_YUV420P, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, 64, 48, "a.mkv", "ffv1"},
        Format{AV_PIX_FMT_YUV420P, AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG, 64, 48, "a.mkv", "ffv1"},
        Format{AV_PIX_FMT_YUV444P, AVCOL_SPC_BT709, AVCOL_RANGE_JPEG, 64, 48, "a.mkv", "ffv1"},
        Format{AV_PIX_FMT_YUV420P10LE, AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG, 64, 48, "a.mkv", "ffv1"},
        Format{AV_PIX_FMT_YUV444P, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, 1280, 720, "a.mkv", "ffv1"}));

TEST(VideoReader, TakesTheMatrixOfHighDefinitionWhereNoneIsNamed) {
  const TemporaryFolder folder;
  // Green coded by BT.709; read by BT.601 it would be off by 40.
  FixtureVideo video{
      .encoder = "rawvideo", .width = 1280, .height = 720, .times_ms = {0}, .colorspace = AVCOL_SPC_BT709};
  write_video(folder / "a.nut", video);  // NUT keeps no matrix
  auto reader = open_video(folder / "a.nut");
  ASSERT_TRUE(reader) << to_string(reader.error());
  const auto frame = reader->next();
  ASSERT_TRUE(frame && *frame);
  expect_quarters((*frame)->image, {kRed, kGreen, kBlue, kWhite}, kLossless);
}

TEST(VideoReader, MakesPixelsSquare) {
  const TemporaryFolder folder;
  write_video(folder / "wide.mkv", {.encoder = "ffv1", .pixel_aspect = {3, 2}});
  auto reader = open_video(folder / "wide.mkv");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(reader->info().width, 96);
  EXPECT_EQ(reader->info().height, 48);
  const auto frame = reader->next();
  ASSERT_TRUE(frame && *frame);
  expect_quarters((*frame)->image, {kRed, kGreen, kBlue, kWhite}, kLossless);
}

class Photos : public testing::TestWithParam<std::tuple<const char*, const char*, AVPixelFormat>> {};

TEST_P(Photos, AreVideosOfOnePicture) {
  const TemporaryFolder folder;
  const auto [file, encoder, format] = GetParam();
  write_video(
      folder / file,
      {.encoder = encoder, .format = format, .times_ms = {0}, .container_options = {{"update", "1"}}});
  // The content counts, not the name; and a name with a pattern in it is only a name.
  std::filesystem::rename(folder / file, folder / "photo%03d.dat");
  auto reader = open_video(folder / "photo%03d.dat");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_TRUE(reader->info().is_photo);
  EXPECT_FALSE(reader->info().duration);
  EXPECT_FALSE(reader->info().nominal_rate);
  EXPECT_EQ(reader->info().frame_count, 1);
  const auto frame = reader->next();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((*frame)->time, Seconds{0});
  expect_quarters((*frame)->image, {kRed, kGreen, kBlue, kWhite}, kLossy);
  EXPECT_FALSE(reader->next().value());
  EXPECT_THAT(reader->findings().warnings(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, Photos,
                         testing::Values(std::tuple{"a.jpg", "mjpeg", AV_PIX_FMT_YUVJ420P},
                                         std::tuple{"a.jpg", "mjpeg", AV_PIX_FMT_YUVJ444P},
                                         std::tuple{"a.png", "png", AV_PIX_FMT_RGB24},
                                         std::tuple{"a.png", "png", AV_PIX_FMT_RGBA},
                                         std::tuple{"a.bmp", "bmp", AV_PIX_FMT_BGR24}));

TEST(VideoReader, TurnsPhotosAsTheirCameraSays) {
  const TemporaryFolder folder;
  write_video(folder / "a.jpg", {.encoder = "mjpeg",
                                 .format = AV_PIX_FMT_YUVJ420P,
                                 .times_ms = {0},
                                 .container_options = {{"update", "1"}}});
  std::string jpeg = get_file(folder / "a.jpg");
  // An Exif segment of one entry after the start mark: orientation (0x0112), short, 6 = turn clockwise by 90
  // degrees.
  const std::string exif{
      "\xFF\xE1\x00\x22"
      "Exif\0\0"
      "MM\0\x2A\0\0\0\x08"
      "\0\x01"
      "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
      "\0\0\0\0",
      36};
  jpeg.insert(2, exif);
  put_file(folder / "phone.jpg", jpeg);
  auto reader = open_video(folder / "phone.jpg");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(reader->info().rotation_deg, 90);
  EXPECT_EQ(reader->info().width, 48);
  const auto frame = reader->next();
  ASSERT_TRUE(frame && *frame);
  expect_quarters((*frame)->image, {kBlue, kRed, kWhite, kGreen}, kLossy);
}

TEST(VideoReader, ScalesEightKDown) {
  const TemporaryFolder folder;
  FixtureVideo video{.encoder = "libx264",
                     .width = 7680,
                     .height = 4320,
                     .times_ms = {0, 40},
                     .colorspace = AVCOL_SPC_BT709};
  video.encoder_options = {{"preset", "ultrafast"}};
  write_video(folder / "8k.mp4", video);
  auto reader = open_video(folder / "8k.mp4");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(reader->info().width, 1920);
  EXPECT_EQ(reader->info().height, 1080);
  EXPECT_EQ(reader->info().source_width, 7680);
  EXPECT_EQ(reader->info().source_height, 4320);
  EXPECT_EQ(reader->info().scale_x(), 4.0);
  EXPECT_EQ(reader->info().scale_y(), 4.0);
  const auto frame = reader->next();
  ASSERT_TRUE(frame && *frame);
  EXPECT_EQ((*frame)->image.width, 1920);
  expect_quarters((*frame)->image, {kRed, kGreen, kBlue, kWhite}, kLossy);
  EXPECT_EQ(times_ms(*reader).size(), 1U);
}

TEST(VideoReader, TakesTheLimitOfTheLongerSide) {
  const TemporaryFolder folder;
  write_video(folder / "a.mkv", {.encoder = "ffv1", .width = 300, .height = 200});
  auto reader = open_video(folder / "a.mkv", {.longest_side_px = 100});
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(reader->info().width, 100);
  EXPECT_EQ(reader->info().height, 67);
  const auto frame = reader->next();
  ASSERT_TRUE(frame && *frame);
  expect_quarters((*frame)->image, {kRed, kGreen, kBlue, kWhite}, kLossless);
}

TEST(VideoReader, RepairsRepeatedTimestampsAndCountsThem) {
  const TemporaryFolder folder;
  write_video(folder / "a.mkv", {.encoder = "ffv1", .times_ms = {0, 40, 80, 120}});
  std::string bytes = get_file(folder / "a.mkv");
  // A Matroska block: track 1, time 80 as two bytes, flags. Set it to 40.
  const auto block = bytes.find(std::string{"\x81\x00\x50\x00", 4});
  ASSERT_NE(block, std::string::npos);
  bytes[block + 2] = 40;
  put_file(folder / "a.mkv", bytes);
  auto reader = open_video(folder / "a.mkv");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_THAT(times_ms(*reader), testing::ElementsAre(0, 40, 60, 120));
  EXPECT_EQ(reader->findings().repaired_times, 1);
  EXPECT_THAT(reader->findings().warnings(), Contains(HasSubstr("1 timestamp")));
}

TEST(VideoReader, SaysThatAHighDynamicRangeIsShownFlat) {
  const TemporaryFolder folder;
  write_video(folder / "hlg.mkv", {.encoder = "ffv1",
                                   .format = AV_PIX_FMT_YUV420P10LE,
                                   .colorspace = AVCOL_SPC_BT2020_NCL,
                                   .range = AVCOL_RANGE_MPEG,
                                   .transfer = AVCOL_TRC_ARIB_STD_B67});
  auto reader = open_video(folder / "hlg.mkv");
  ASSERT_TRUE(reader) << to_string(reader.error());
  EXPECT_EQ(times_ms(*reader).size(), 10U);
  EXPECT_THAT(reader->findings().warnings(), Contains(HasSubstr("high dynamic range")));
}

/// Two raw H.264 streams, one after the other.
std::filesystem::path joined(const TemporaryFolder& folder, int width, int height) {
  write_video(folder / "1.h264", {.encoder = "libx264"});
  write_video(folder / "2.h264", {.encoder = "libx264", .width = width, .height = height});
  put_file(folder / "joined.h264", get_file(folder / "1.h264") + get_file(folder / "2.h264"));
  return folder / "joined.h264";
}

TEST(VideoReader, BringsALaterSizeOfTheSameShapeToTheFirst) {
  const TemporaryFolder folder;
  auto reader = open_video(joined(folder, 128, 96));
  ASSERT_TRUE(reader) << to_string(reader.error());
  int frames = 0;
  while (true) {
    const auto frame = reader->next();
    ASSERT_TRUE(frame) << to_string(frame.error());
    if (!*frame) break;
    ++frames;
    ASSERT_EQ((*frame)->image.width, 64);
    ASSERT_EQ((*frame)->image.height, 48);
    expect_quarters((*frame)->image, {kRed, kGreen, kBlue, kWhite}, kLossy);
  }
  EXPECT_EQ(frames, 20);
}

TEST(VideoReader, StopsWhereThePictureChangesItsShape) {
  const TemporaryFolder folder;
  auto reader = open_video(joined(folder, 48, 64));
  ASSERT_TRUE(reader) << to_string(reader.error());
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(reader->next().value()) << i;
  const auto changed = reader->next();
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::unsupported);
  EXPECT_THAT(changed.error().cause, HasSubstr("64 x 48 to 48 x 64"));
  EXPECT_FALSE(reader->next().value());
}

class RealClips : public testing::TestWithParam<const char*> {};

TEST_P(RealClips, AreReadWhole) {
  const auto path = shared_data(std::string{"video/"} + GetParam());
  REPRISE_NEEDS_DATA(path);
  auto reader = open_video(path, {.threads = 2});
  ASSERT_TRUE(reader) << to_string(reader.error());
  const auto times = times_ms(*reader);
  EXPECT_EQ(static_cast<std::int64_t>(times.size()), reader->info().frame_count);
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
  EXPECT_THAT(reader->findings().warnings(), IsEmpty());
}

// H.264 and VP9, with and without color tags, steady and variable rates.
INSTANTIATE_TEST_SUITE_P(Data, RealClips,
                         testing::Values("squat/pose_squats.mp4", "squat/pose_1.mp4", "walk_jump/demo.mp4",
                                         "clips/balance_1.mp4", "clips/push_up_1.mp4",
                                         "clips/front_raise_1.mp4", "clips/knee_bend_1.mp4"));

}  // namespace
}  // namespace reprise::sensing
