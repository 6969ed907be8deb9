// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/grey_image.h"

#include <algorithm>

namespace reprise::engine {
namespace {

GreyImage sized(int width, int height) {
  return {width, height,
          std::vector<float>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
}

}  // namespace

double GreyImage::between(const Eigen::Vector2d& position) const {
  const double x = std::max(0.0, position.x() - 0.5);
  const double y = std::max(0.0, position.y() - 0.5);
  const int left = std::min(static_cast<int>(x), width - 2);
  const int top = std::min(static_cast<int>(y), height - 2);
  const double u = x - left;
  const double v = y - top;
  return (1 - v) * ((1 - u) * at(left, top) + u * at(left + 1, top)) +
         v * ((1 - u) * at(left, top + 1) + u * at(left + 1, top + 1));
}

GreyImage grey_of(const ImageView& picture) {
  GreyImage out = sized(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y) {
    const std::uint8_t* pixel = picture.pixels + y * picture.stride_bytes;
    for (int x = 0; x < picture.width; ++x, pixel += picture.channels) {
      out.at(x, y) = 0.299F * static_cast<float>(pixel[0]) + 0.587F * static_cast<float>(pixel[1]) +
                     0.114F * static_cast<float>(pixel[2]);
    }
  }
  return out;
}

GreyImage halved(const GreyImage& image) {
  GreyImage out = sized(image.width / 2, image.height / 2);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      out.at(x, y) = 0.25F * (image.at(2 * x, 2 * y) + image.at(2 * x + 1, 2 * y) +
                              image.at(2 * x, 2 * y + 1) + image.at(2 * x + 1, 2 * y + 1));
  return out;
}

GreyImage softened(const GreyImage& image) {
  if (image.width < 3 || image.height < 3) return image;
  GreyImage across = image;
  for (int y = 0; y < image.height; ++y)
    for (int x = 1; x + 1 < image.width; ++x)
      across.at(x, y) = 0.25F * image.at(x - 1, y) + 0.5F * image.at(x, y) + 0.25F * image.at(x + 1, y);
  GreyImage out = across;
  for (int y = 1; y + 1 < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      out.at(x, y) = 0.25F * across.at(x, y - 1) + 0.5F * across.at(x, y) + 0.25F * across.at(x, y + 1);
  return out;
}

}  // namespace reprise::engine
