// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/pose/image.h"

namespace reprise::engine {

struct Paint {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

/// A limb end on its way to the picture: where its middle lies, how thick it is, how far away.
struct RoundEnd {
  double x_px = 0;
  double y_px = 0;
  double radius_px = 0;
  double depth_m = 0;   ///< from the lens
  double radius_m = 0;  ///< its front lies this much nearer
};

/// A picture in memory with a depth for each pixel, so that near things cover far ones in any order.
class Canvas {
 public:
  /// Precondition: both sides above 0.
  Canvas(int width, int height);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  /// Valid until the canvas is gone; changes with every stroke.
  [[nodiscard]] ImageView view() const;

  /// Rows [from, until) in one color, behind everything drawn so far and later.
  void fill_rows(int from, int until, Paint paint);
  /// A round limb from one end to the other, lit from above and the left.
  void limb(const RoundEnd& a, const RoundEnd& b, Paint paint);
  /// Draws text in glyphs of 5 x 7 squares, each `scale` pixels wide, in front of everything. Has A to Z and
  /// ':'; any other character is a blank.
  void text(int x, int y, int scale, std::string_view words, Paint paint);
  /// How wide and high such a text is.
  [[nodiscard]] static int text_width(int scale, std::string_view words);
  [[nodiscard]] static int text_height(int scale) { return 7 * scale; }

 private:
  void blend(int x, int y, const Paint& paint, double share);

  int width_;
  int height_;
  std::vector<std::uint8_t> rgb_;
  std::vector<float> depth_m_;
};

}  // namespace reprise::engine
