// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/picture.h"

#include <gtest/gtest.h>

#include "sensing/video/video_fixture.h"

namespace reprise::sensing::libav {
namespace {

TEST(PictureLayout, KeepsPicturesThatFit) {
  const PictureLayout layout = layout_of(720, 1280, {1, 1}, {}, 1920);
  EXPECT_EQ(layout.width, 720);
  EXPECT_EQ(layout.height, 1280);
}

TEST(PictureLayout, ScalesTheLongerSideToTheLimit) {
  const PictureLayout layout = layout_of(7680, 4320, {0, 1}, {1, false}, 1920);
  EXPECT_EQ(layout.shown_width, 4320);
  EXPECT_EQ(layout.shown_height, 7680);
  EXPECT_EQ(layout.width, 1080);
  EXPECT_EQ(layout.height, 1920);
}

TEST(PictureLayout, StretchesPixelsThatAreNotSquare) {
  // PAL, wide: 720 x 576 pixels of 64:45 are a picture of 1024 x 576.
  EXPECT_EQ(layout_of(720, 576, {64, 45}, {}, 1920).shown_width, 1024);
  // Upright pixels stretch the height: nothing is thrown away.
  const PictureLayout tall = layout_of(1440, 1080, {1, 2}, {}, 4000);
  EXPECT_EQ(tall.shown_width, 1440);
  EXPECT_EQ(tall.shown_height, 2160);
}

TEST(PictureLayout, IgnoresAspectsThatCannotBe) {
  EXPECT_EQ(layout_of(640, 480, {1000, 1}, {}, 1920).shown_width, 640);
  EXPECT_EQ(layout_of(640, 480, {-1, 1}, {}, 1920).shown_width, 640);
}

TEST(PictureLayout, LeavesAtLeastOnePixel) {
  EXPECT_EQ(layout_of(10000, 1, {1, 1}, {}, 64).height, 1);
}

TEST(PictureConverter, ConvertsWhatHardwareDecodersGive) {
  const FramePointer frame =
      make_frame({.format = AV_PIX_FMT_P010LE, .width = 66, .height = 50, .colorspace = AVCOL_SPC_BT709});
  PictureConverter converter;
  std::vector<std::uint8_t> pixels;
  const auto image = converter.convert(*frame, layout_of(66, 50, {1, 1}, {}, 1920), pixels);
  ASSERT_TRUE(image) << to_string(image.error());
  EXPECT_LE(difference(pixel(*image, 0, 0), {255, 0, 0}), 3);  // 3 of 255: rounding to YUV and back
  EXPECT_LE(difference(pixel(*image, 65, 49), {255, 255, 255}), 3);
}

TEST(PictureConverter, NamesAPixelFormatThatItCannotConvert) {
  const FramePointer frame{av_frame_alloc()};
  frame->width = frame->height = 16;
  frame->format = AV_PIX_FMT_VAAPI;
  PictureConverter converter;
  std::vector<std::uint8_t> pixels;
  const auto image = converter.convert(*frame, layout_of(16, 16, {1, 1}, {}, 1920), pixels);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().code, ErrorCode::unsupported);
  EXPECT_NE(image.error().cause.find("'vaapi'"), std::string::npos);
}

}  // namespace
}  // namespace reprise::sensing::libav
