// SPDX-License-Identifier: Apache-2.0
// Decodes a video as `reprise analyze` does and writes its pictures to standard output, so that a browser can
// be shown exactly the same ones: a line of JSON with `width` and `height`, then for each picture its time in
// seconds (a double in the machine's order) and its pixels, RGB.
//
//   reprise_clip_pictures VIDEO | …

#include <cstdio>

#include "sensing/video/video_reader.h"

namespace {

bool put(const void* bytes, std::size_t size) {
  return std::fwrite(bytes, 1, size, stdout) == size;
}

int failed(const reprise::Error& error) {
  std::fprintf(stderr, "%s\n", to_string(error).c_str());
  return 1;
}

bool put(const reprise::sensing::VideoFrame& frame) {
  const double time_s = frame.time.value();
  if (!put(&time_s, sizeof time_s)) return false;
  for (int row = 0; row < frame.image.height; ++row) {
    const auto* const line = frame.image.pixels + row * frame.image.stride_bytes;
    if (!put(line, static_cast<std::size_t>(frame.image.width) * 3)) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: reprise_clip_pictures VIDEO\n");
    return 2;
  }
  auto reader = reprise::sensing::open_video(argv[1]);
  if (!reader) return failed(reader.error());
  std::printf("{\"width\": %d, \"height\": %d}\n", reader->info().width, reader->info().height);
  while (true) {
    const auto frame = reader->next();
    if (!frame) return failed(frame.error());
    if (!*frame) return std::fflush(stdout) == 0 ? 0 : 1;
    if (!put(**frame)) return 1;
  }
}
