// SPDX-License-Identifier: Apache-2.0
// Writes the corpus of the TensorFlow Lite fuzz target: reprise_make_tflite_corpus FOLDER. Kept beside the
// corpus, so that it can be made again when the tiny model changes.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/support/tiny_tflite.h"

namespace {

void write(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: reprise_make_tflite_corpus FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = std::filesystem::path(argv[1]) / "tflite";
  std::filesystem::create_directories(folder);
  const auto whole = reprise::tiny::write(reprise::tiny::model());
  write(folder / "whole", whole);
  for (const std::size_t part : {1u, 3u, 7u}) {
    write(folder / ("cut_" + std::to_string(part) + "_eighths"),
          {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() * part / 8)});
  }
  // One byte out of place in the tables, spread over the file.
  for (std::size_t i = 1; i < 12; ++i) {
    auto damaged = whole;
    damaged[i * whole.size() / 12] ^= 0xff;
    write(folder / ("flipped_" + std::to_string(i)), damaged);
  }

  // Changes to the real detector: none; one byte in the root's list of fields; several further in.
  const std::filesystem::path detector = std::filesystem::path(argv[1]) / "tflite_detector";
  std::filesystem::create_directories(detector);
  write(detector / "unchanged", {0});
  write(detector / "field_list", {8, 0, 0, 0, 0xff, 0});
  write(detector / "several", {0x10, 0x20, 0, 0, 0, 0x7f, 0x40, 0x80, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 1, 0});
  return 0;
}
