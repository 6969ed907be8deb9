// SPDX-License-Identifier: Apache-2.0
// Writes the sample person of the tests as raw RGBA to standard output, so that another implementation can be
// shown exactly the same bytes.
//
//   reprise_sample_frame SIDE > person.rgba

#include <cstdio>
#include <cstdlib>

#include "tests/support/sample_person.h"

int main(int argc, char** argv) {
  const int side = argc == 2 ? std::atoi(argv[1]) : 0;
  if (side < 16 || side > 4096) {
    std::fprintf(stderr, "usage: reprise_sample_frame SIDE (16 to 4096)\n");
    return 2;
  }
  const auto rgb = reprise::sample_person(side);
  if (!rgb) {
    std::fprintf(stderr, "no sample person: run `npm ci` first\n");
    return 1;
  }
  for (std::size_t i = 0; i + 2 < rgb->size(); i += 3) {
    const unsigned char pixel[4] = {(*rgb)[i], (*rgb)[i + 1], (*rgb)[i + 2], 255};
    if (std::fwrite(pixel, 1, sizeof pixel, stdout) != sizeof pixel) return 1;
  }
  return 0;
}
