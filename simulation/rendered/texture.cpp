// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/texture.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sensing/files/file_io.h"
#include "sensing/video/video_reader.h"
#include "simulation/rendered/deflate.h"

namespace reprise::simulation::rendered {
namespace {

constexpr const char* kReadingTexture = "reading a texture of the pack";
constexpr std::uint32_t kLongestPngSide = 4096;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

int paeth(int left, int up, int corner) {
  const int guess = left + up - corner;
  const int to_left = std::abs(guess - left);
  const int to_up = std::abs(guess - up);
  const int to_corner = std::abs(guess - corner);
  if (to_left <= to_up && to_left <= to_corner) return left;
  return to_up <= to_corner ? up : corner;
}

/// Undoes the filters of PNG in place: `rows` of one filter byte and `stride` bytes.
bool unfilter(std::string& rows, std::size_t stride, std::size_t height, std::size_t channels) {
  const auto byte = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(rows[i])); };
  for (std::size_t y = 0; y < height; ++y) {
    const std::size_t begin = y * (stride + 1) + 1;
    const int filter = byte(begin - 1);
    if (filter > 4) return false;
    for (std::size_t x = 0; x < stride; ++x) {
      const std::size_t i = begin + x;
      const int left = x >= channels ? byte(i - channels) : 0;
      const int up = y > 0 ? byte(i - stride - 1) : 0;
      const int corner = x >= channels && y > 0 ? byte(i - stride - 1 - channels) : 0;
      const int guesses[] = {0, left, up, (left + up) / 2, paeth(left, up, corner)};
      rows[i] = static_cast<char>(byte(i) + guesses[filter]);
    }
  }
  return true;
}

Texture halved(const Texture& t) {
  Texture half{t.width / 2, t.height / 2, {}};
  half.texels.reserve(static_cast<std::size_t>(half.width) * static_cast<std::size_t>(half.height));
  for (int y = 0; y < half.height; ++y) {
    for (int x = 0; x < half.width; ++x) {
      std::array<unsigned, 4> sum{};
      for (const int i : {2 * y * t.width + 2 * x, 2 * y * t.width + 2 * x + 1, (2 * y + 1) * t.width + 2 * x,
                          (2 * y + 1) * t.width + 2 * x + 1}) {
        for (std::size_t c = 0; c < 4; ++c) sum[c] += t.texels[static_cast<std::size_t>(i)][c];
      }
      std::array<std::uint8_t, 4> mean{};
      for (std::size_t c = 0; c < 4; ++c) mean[c] = static_cast<std::uint8_t>(sum[c] / 4);
      half.texels.push_back(mean);
    }
  }
  return half;
}

Result<Texture> read_picture(const std::filesystem::path& path) {
  auto video = sensing::open_video(path);
  if (!video) return tl::unexpected(video.error());
  const auto frame = video->next();
  if (!frame) return tl::unexpected(frame.error());
  if (!*frame) {
    return fail(ErrorCode::corrupt, kReadingTexture, path.filename().string() + " holds no picture",
                "take the pack from its source again");
  }
  const engine::ImageView& image = (*frame)->image;
  Texture texture{image.width, image.height, {}};
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const std::uint8_t* p = image.pixels + y * image.stride_bytes + x * image.channels;
      texture.texels.push_back({p[0], p[1], p[2], 255});
    }
  }
  return texture;
}

}  // namespace

const std::array<std::uint8_t, 4>& Texture::at(float u, float v) const {
  const auto place = [](float share, int size) {
    const float within = share - std::floor(share);
    return std::min(size - 1, static_cast<int>(within * static_cast<float>(size)));
  };
  return texels[static_cast<std::size_t>(place(1 - v, height)) * static_cast<std::size_t>(width) +
                static_cast<std::size_t>(place(u, width))];
}

Result<Texture> parse_png(std::string_view bytes, const std::string& file) {
  const auto corrupt = [&](const char* what) {
    return fail(ErrorCode::corrupt, kReadingTexture, file + ": " + what,
                "take the pack from its source again");
  };
  constexpr std::string_view kSignature{"\x89PNG\r\n\x1a\n", 8};
  if (bytes.substr(0, 8) != kSignature) return corrupt("is no PNG file");
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::size_t channels = 0;
  std::string packed;
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const std::uint32_t length = big_endian(bytes, at);
    const std::string_view kind = bytes.substr(at + 4, 4);
    if (length > bytes.size() - at - 12) return corrupt("ends too early");
    const std::string_view data = bytes.substr(at + 8, length);
    if (kind == "IHDR") {
      if (length != 13) return corrupt("has a damaged header");
      width = big_endian(data, 0);
      height = big_endian(data, 4);
      const int color = data[9];
      if (width == 0 || height == 0 || width > kLongestPngSide || height > kLongestPngSide || data[8] != 8 ||
          (color != 2 && color != 6) || data[12] != 0) {
        return fail(ErrorCode::unsupported, kReadingTexture,
                    file + ": not RGB or RGBA of 8 bits without interlacing, up to 4096 pixels a side",
                    "convert the texture");
      }
      channels = color == 2 ? 3 : 4;
    } else if (kind == "IDAT") {
      packed += data;
    }
    at += 12 + std::size_t{length};
  }
  if (channels == 0 || packed.size() < 2) return corrupt("holds no picture");
  const std::size_t stride = width * channels;
  const std::size_t wanted = (stride + 1) * height;
  auto rows = inflate(std::string_view{packed}.substr(2), wanted);  // after the two bytes of zlib's header
  if (!rows || rows->size() != wanted || !unfilter(*rows, stride, height, channels))
    return corrupt("cannot be unpacked");
  Texture texture{static_cast<int>(width), static_cast<int>(height), {}};
  texture.texels.reserve(std::size_t{width} * height);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      std::array<std::uint8_t, 4> texel{0, 0, 0, 255};
      for (std::size_t c = 0; c < channels; ++c)
        texel[c] = static_cast<std::uint8_t>((*rows)[y * (stride + 1) + 1 + x * channels + c]);
      texture.texels.push_back(texel);
    }
  }
  return texture;
}

Result<Texture> read_texture(const std::filesystem::path& path, int longest_side) {
  constexpr std::size_t kMostTextureBytes = std::size_t{64} << 20U;
  auto texture = [&]() -> Result<Texture> {
    if (path.extension() != ".png") return read_picture(path);
    const auto bytes = sensing::read_file(path, kMostTextureBytes, kReadingTexture);
    if (!bytes) return tl::unexpected(bytes.error());
    return parse_png(*bytes, path.filename().string());
  }();
  while (texture && std::max(texture->width, texture->height) > longest_side &&
         std::min(texture->width, texture->height) > 1) {
    texture = halved(*texture);
  }
  return texture;
}

}  // namespace reprise::simulation::rendered
