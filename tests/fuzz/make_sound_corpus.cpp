// SPDX-License-Identifier: Apache-2.0
// Writes the corpus of the sound reader's fuzz target: reprise_make_sound_corpus FOLDER. Synthetic sound
// beside a painted picture; no microphone took it.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "engine/cameras/drawn_sound.h"
#include "sensing/video/sound_fixture.h"
#include "sensing/video/video_fixture.h"

namespace {

struct Kind {
  const char* ending;
  const char* pictures;
  const char* sound;
};

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: reprise_make_sound_corpus FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = std::filesystem::path(argv[1]) / "sound";
  std::filesystem::create_directories(folder);
  const auto sound = reprise::engine::drawn_sound({.claps_s = {0.1}, .seconds = 0.25});
  for (const Kind& kind :
       {Kind{"mp4", "mpeg4", "aac"}, {"webm", "libvpx", "libopus"}, {"mkv", "mpeg4", "libvorbis"}}) {
    const auto bare = folder / (std::string("bare.") + kind.ending);
    const auto whole = folder / (std::string(kind.sound) + "." + kind.ending);
    reprise::sensing::write_video(bare,
                                  {.encoder = kind.pictures, .width = 16, .height = 16, .times_ms = {0, 40}});
    reprise::sensing::add_sound(bare, whole, {.samples = sound, .encoder = kind.sound});
    std::filesystem::remove(bare);
    const std::string bytes = bytes_of(whole);
    put(folder / (std::string(kind.sound) + "_cut"), bytes.substr(0, bytes.size() * 5 / 8));
    // One byte out of place, spread over the file.
    for (std::size_t i = 1; i < 4; ++i) {
      std::string damaged = bytes;
      damaged[i * bytes.size() / 4] = static_cast<char>(~damaged[i * bytes.size() / 4]);
      put(folder / (std::string(kind.sound) + "_flipped_" + std::to_string(i)), damaged);
    }
  }
  return 0;
}
