// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/crop.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

// A picture whose channels are linear in place, so that bilinear sampling is exact anywhere inside.
class Gradient {
 public:
  Gradient(int width, int height, int channels, int row_padding = 0)
      : stride_(width * channels + row_padding),
        pixels_(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height), 77),
        view_{pixels_.data(), width, height, stride_, channels} {
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        std::uint8_t* const pixel = pixels_.data() + y * stride_ + x * channels;
        pixel[0] = static_cast<std::uint8_t>(x);
        pixel[1] = static_cast<std::uint8_t>(y);
        pixel[2] = static_cast<std::uint8_t>(255 - x);
      }
  }
  [[nodiscard]] const ImageView& view() const { return view_; }

 private:
  int stride_;
  std::vector<std::uint8_t> pixels_;
  ImageView view_;
};

std::vector<float> cropped(const ImageView& image, const RegionOfInterest& region,
                           const CropOptions& options) {
  std::vector<float> out(static_cast<std::size_t>(options.side) * static_cast<std::size_t>(options.side) * 3);
  crop(image, region, options, out);
  return out;
}

// Compares with the closed form: a channel's value at picture point (X, Y) is X - 0.5 or Y - 0.5, because
// whole numbers sit at the middle of pixels.
void expect_gradient(const std::vector<float>& out, const RegionOfInterest& region, int side) {
  constexpr float kTolerance = 2e-6F;  // single precision, values up to 1
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const Eigen::Vector2d at = to_picture(region, {(column + 0.5) / side, (row + 0.5) / side});
      const std::size_t i = (static_cast<std::size_t>(row) * static_cast<std::size_t>(side) +
                             static_cast<std::size_t>(column)) *
                            3;
      ASSERT_NEAR(out[i], (at.x() - 0.5) / 255, kTolerance) << row << " " << column;
      ASSERT_NEAR(out[i + 1], (at.y() - 0.5) / 255, kTolerance) << row << " " << column;
      ASSERT_NEAR(out[i + 2], (255 - (at.x() - 0.5)) / 255, kTolerance) << row << " " << column;
    }
  }
}

TEST(Crop, IsExactOnAGradientUnderAnyRotation) {
  const Gradient picture(240, 200, 3);
  for (const double degrees : {0.0, 30.0, 90.0, 135.0, -77.7, 180.0}) {
    const RegionOfInterest region{{121.3, 98.7}, 90.5, Degrees{degrees}};
    expect_gradient(cropped(picture.view(), region, {.side = 64}), region, 64);
  }
}

TEST(Crop, EnlargesAndShrinks) {
  const Gradient picture(240, 200, 4);
  const RegionOfInterest small{{120, 100}, 7, Degrees{10}};
  expect_gradient(cropped(picture.view(), small, {.side = 64}), small, 64);
  const RegionOfInterest large{{120, 100}, 130, Degrees{-20}};
  expect_gradient(cropped(picture.view(), large, {.side = 16}), large, 16);
}

TEST(Crop, CopiesPixelsWhereTheGridsMeet) {
  const Gradient picture(32, 32, 3);
  const auto out = cropped(picture.view(), {{16, 16}, 32, Radians{0}}, {.side = 32});
  EXPECT_FLOAT_EQ(out[0], 0);
  EXPECT_FLOAT_EQ(out[3 * 31], 31.0F / 255);
  EXPECT_FLOAT_EQ(out[3 * (31 * 32) + 1], 31.0F / 255);
}

TEST(Crop, SkipsRowPaddingAndAlpha) {
  const Gradient plain(60, 50, 3);
  const Gradient padded(60, 50, 4, 13);
  const RegionOfInterest region{{30, 25}, 60, Degrees{15}};
  EXPECT_EQ(cropped(plain.view(), region, {.side = 24}), cropped(padded.view(), region, {.side = 24}));
}

TEST(Crop, MapsBlackAndWhiteToTheNetworksRange) {
  const std::vector<std::uint8_t> black_and_white = {0, 0, 0, 255, 255, 255};
  const ImageView image{black_and_white.data(), 2, 1, 6, 3};
  const auto out = cropped(image, {{1, 0.5}, 2, Radians{0}}, {.side = 2, .low = -1, .high = 1});
  EXPECT_FLOAT_EQ(out[0], -1);
  EXPECT_FLOAT_EQ(out[3], 1);
}

TEST(Crop, RepeatsTheEdgeOutside) {
  const Gradient picture(40, 30, 3);
  const auto out = cropped(picture.view(), {{0, 15}, 80, Radians{0}}, {.side = 80});
  // One output pixel is one pixel; column 40 is the picture's first, row 25 its first.
  EXPECT_FLOAT_EQ(out[3 * (40 * 80)], 0);                 // far left: x = 0
  EXPECT_FLOAT_EQ(out[3 * (40 * 80) + 1], 15.0F / 255);   // same row
  EXPECT_FLOAT_EQ(out[3 * (79 * 80 + 79)], 39.0F / 255);  // below: last row, x kept
  EXPECT_FLOAT_EQ(out[3 * (79 * 80 + 79) + 1], 29.0F / 255);
}

TEST(Crop, CutsToBlackOutsideAndKeepsTheOuterHalfOfEdgePixels) {
  const Gradient picture(40, 40, 3);
  // Two output pixels a pixel: the samples at 0.25 and 39.75 lie in the outer halves of the edge pixels.
  const auto out = cropped(picture.view(), {{20, 20}, 44, Radians{0}},
                           {.side = 88, .border = CropBorder::black, .low = -1, .high = 1});
  const auto blue = [&](int row, int column) {
    return out[static_cast<std::size_t>(3 * (row * 88 + column) + 2)];
  };
  EXPECT_FLOAT_EQ(blue(44, 3), -1);                     // X = -0.25
  EXPECT_FLOAT_EQ(blue(44, 4), 1);                      // X = 0.25: all of 255 - 0
  EXPECT_FLOAT_EQ(blue(44, 83), 2 * 216.0F / 255 - 1);  // X = 39.75: 255 - 39
  EXPECT_FLOAT_EQ(blue(44, 84), -1);
  EXPECT_FLOAT_EQ(blue(3, 44), -1);
}

TEST(Crop, TakesAPictureOfOnePixel) {
  const std::vector<std::uint8_t> pixel = {51, 102, 204};
  const auto out = cropped({pixel.data(), 1, 1, 3, 3}, {{0.5, 0.5}, 10, Degrees{45}}, {.side = 4});
  for (std::size_t i = 0; i < out.size(); i += 3) {
    EXPECT_FLOAT_EQ(out[i], 0.2F);
    EXPECT_FLOAT_EQ(out[i + 2], 0.8F);
  }
}

TEST(Crop, StaysWithinTheBufferForRegionsFarOutside) {
  const Gradient picture(40, 30, 4);
  const auto replicated = cropped(picture.view(), {{-1e6, 1e6}, 50, Degrees{33}}, {.side = 8});
  EXPECT_FLOAT_EQ(replicated[0], 0);
  EXPECT_FLOAT_EQ(replicated[1], 29.0F / 255);
  const auto huge =
      cropped(picture.view(), {{20, 15}, 1e7, Degrees{1}}, {.side = 8, .border = CropBorder::black});
  EXPECT_FLOAT_EQ(huge[0], 0);
}

}  // namespace
}  // namespace reprise::engine
