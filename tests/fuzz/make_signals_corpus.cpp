// SPDX-License-Identifier: Apache-2.0
// Makes tests/fuzz/corpus/mat, edf and wfdb anew: reprise_make_signals_corpus FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/support/signal_files.h"

int main(int argc, char** argv) {
  using namespace reprise;
  if (argc != 2) {
    std::cerr << "usage: reprise_make_signals_corpus FOLDER\n";
    return 2;
  }
  const auto put = [&](const std::string& name, const std::string& bytes) {
    const auto path = std::filesystem::path{argv[1]} / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << bytes;
  };
  put("mat/trial", mat::trial(12));
  put("mat/packed", mat::trial(12, true));
  put("mat/matrices",
      mat::file(mat::matrix("fs", 1, 1, {50}) + mat::matrix("a", 9, 2, std::vector<double>(18, 1)) +
                mat::text("name", "left")));
  put("mat/cells", mat::file(mat::array(1, "c", 1, 2, mat::matrix("", 1, 1, {1}) + mat::text("", "b"))));
  put("mat/lying_shape", mat::file(mat::array(6, "a", 1000, 1000, mat::element(9, doubles({1})))));
  put("mat/cut", mat::trial(12).substr(0, 700));
  put("edf/plus", edf_bytes({}));
  EdfFixture bdf, plain, gap, lying;
  bdf.bdf = true;
  plain.plus = false;
  gap.lists[2] = "+4.5\x14\x14";
  lying.samples = 90000000;
  lying.records = 0;
  put("edf/bdf", edf_bytes(bdf));
  put("edf/plain", edf_bytes(plain));
  put("edf/gap", edf_bytes(gap));
  put("edf/lying", edf_bytes(lying).substr(0, 900));
  put("edf/cut", edf_bytes({}).substr(0, 800));
  put("activity/fit", fit_activity());
  put("activity/fit_cut", fit_activity().substr(0, 40));
  put("activity/fit_lying", fit_file("\x40"));
  const std::string zero(1, '\0');
  put("wfdb/format_212", "r 2 360 3\nr.dat 212 200(1)/mV 11 0 0 0 0 a\nr.dat 212 100 11 0 0 0 0 b\n" + zero +
                             wfdb_212({1, -2, 3, -4, 5, -2048}));
  put("wfdb/format_16",
      "r 1 128\nr.dat 16+2\n" + zero + "xy" + little_endian(5, 2) + little_endian(65535, 2));
  put("wfdb/annotations", "r 0 128\n" + zero + wfdb_word(28, 10) + wfdb_word(63, 5) +
                              std::string{"(AFIB\0", 6} + wfdb_word(1, 90) + wfdb_word(59, 0) +
                              little_endian(0, 2) + little_endian(2000, 2) + wfdb_word(5, 0) +
                              wfdb_word(0, 0));
  put("wfdb/several_segments", "r/2 1 360 10\nr_1 5\nr_2 5\n");
  put("wfdb/lying", "r 1 360 99999999\nr.dat 212 0 0 0 0 77 0\n" + zero + "abc");
  return 0;
}
