// SPDX-License-Identifier: Apache-2.0
// Makes tests/fuzz/corpus/c3d anew: reprise_make_c3d_corpus FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/support/c3d_fixture.h"

int main(int argc, char** argv) {
  using namespace reprise;
  if (argc != 2) {
    std::cerr << "usage: reprise_make_c3d_corpus FOLDER\n";
    return 2;
  }
  const auto put = [&](const std::string& name, const std::string& bytes) {
    std::ofstream{std::filesystem::path{argv[1]} / name, std::ios::binary} << bytes;
  };
  put("intel_floats", c3d_bytes({}));
  put("intel_integers", c3d_bytes({.floats = false}));
  put("dec_floats", c3d_bytes({.processor = sensing::C3dProcessor::dec}));
  put("dec_integers", c3d_bytes({.processor = sensing::C3dProcessor::dec, .floats = false}));
  put("mips_floats", c3d_bytes({.processor = sensing::C3dProcessor::mips}));
  put("mips_integers", c3d_bytes({.processor = sensing::C3dProcessor::mips, .floats = false}));
  put("many_labels", c3d_bytes({.labels = {"A", "B", "C", "D", "E"}, .labels_in_first = 2, .channels = {}}));
  put("lying_header",
      c3d_bytes({.unit = "m", .header_points = 60000, .header_frames = 9, .header_data_start = 200}));
  put("lying_parameters",
      c3d_bytes({.parameter_data_start = 0, .parameter_frames = 65535, .actual_frames = 70000}));
  put("cut", c3d_bytes({}).substr(0, 1300));
  // A plate of each type; the last one's calibration matrix is missing.
  const std::vector<double> corners = {800, 2300, 0, 1200, 2300, 0, 1200, 1700, 0, 800, 1700, 0};
  for (int type = 1; type <= 4; ++type) {
    C3dFixture fixture;
    fixture.channels.clear();
    C3dFixturePlate plate{type, {}, corners, {120, 200, -20}, std::vector<double>(type == 4 ? 36 : 0, 0.5)};
    for (int c = 1; c <= (type == 3 ? 8 : 6); ++c) {
      fixture.channels.push_back("C" + std::to_string(c));
      plate.channels.push_back(c);
    }
    fixture.plates = {plate};
    put("plate_type_" + std::to_string(type), c3d_bytes(fixture));
    fixture.plates[0].type = 4;
    fixture.plates[0].calibration.clear();
    if (type == 2) put("plate_without_matrix", c3d_bytes(fixture));
  }
  return 0;
}
