// SPDX-License-Identifier: Apache-2.0
// Measures smoothing and differentiation on the data of Pezzack, as reprinted by Vint & Hinrichs (1996): a
// noisy angle and the angular acceleration that an accelerometer measured at the same time. The data are not
// ours to keep; the test runs where they are present.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "engine/signal/butterworth.h"
#include "engine/signal/savitzky_golay.h"
#include "engine/signal/smoothing_spline.h"

namespace reprise::engine {
namespace {

struct Recording {
  std::vector<double> noisy_rad;
  std::vector<double> acceleration_radps2;
  Hertz rate{1};
};

std::filesystem::path data_file() {
  const char* folder = std::getenv("REPRISE_DATA");
  const std::filesystem::path data =
      folder ? std::filesystem::path(folder) : std::filesystem::path(REPRISE_SOURCE_DIR) / "../shared/data";
  return data / "signal/differentiation/Pezzack.txt";
}

Recording read(const std::filesystem::path& path) {
  std::ifstream file(path);
  Recording recording;
  std::string line;
  double last = 0;
  while (std::getline(file, line)) {
    std::istringstream columns(line);
    double time = 0;
    double raw = 0;
    double noisy = 0;
    double acceleration = 0;
    if (!(columns >> time >> raw >> noisy >> acceleration)) continue;
    recording.noisy_rad.push_back(noisy);
    recording.acceleration_radps2.push_back(acceleration);
    last = time;
  }
  recording.rate = Hertz{static_cast<double>(recording.noisy_rad.size() - 1) / last};
  return recording;
}

/// Root mean square difference, without `skip` samples at either end.
double rms(const std::vector<double>& a, const std::vector<double>& b, std::size_t skip) {
  double sum = 0;
  for (std::size_t i = skip; i + skip < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum / static_cast<double>(a.size() - 2 * skip));
}

/// Second differences; the first and last copy their neighbor.
std::vector<double> second_difference(const std::vector<double>& x, Hertz rate) {
  std::vector<double> a(x.size());
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    a[i] = (x[i + 1] - 2 * x[i] + x[i - 1]) * rate.value() * rate.value();
  }
  a.front() = a[1];
  a.back() = a[a.size() - 2];
  return a;
}

TEST(DifferentiationData, AccelerationOfPezzacksAngle) {
  const auto path = data_file();
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "Pezzack's data are not here (set REPRISE_DATA to the folder of the recordings).";
  }
  const Recording recording = read(path);
  ASSERT_EQ(recording.noisy_rad.size(), 142U);
  const auto& truth = recording.acceleration_radps2;
  const double unfiltered = rms(second_difference(recording.noisy_rad, recording.rate), truth, 0);
  std::printf("[ rms rad/s2 ] all samples / without 5 at each end\n[ rms rad/s2 ] not filtered: %.2f\n",
              unfiltered);

  const auto report = [&](const char* what, const std::vector<double>& acceleration) {
    std::printf("[ rms rad/s2 ] %s: %.3f / %.3f\n", what, rms(acceleration, truth, 0),
                rms(acceleration, truth, 5));
    return rms(acceleration, truth, 0);
  };
  const auto winter =
      butterworth_zero_phase(recording.noisy_rad, recording.rate, {.order = 2, .cutoff = Hertz{6}}, false);
  const auto corrected =
      butterworth_zero_phase(recording.noisy_rad, recording.rate, {.order = 2, .cutoff = Hertz{6}}, true);
  ASSERT_TRUE(winter && corrected);
  const double winter_rms =
      report("order 2 twice, 6 Hz, not corrected", second_difference(*winter, recording.rate));
  report("order 2 twice, 6 Hz, corrected", second_difference(*corrected, recording.rate));
  const auto spline = smoothing_spline(recording.noisy_rad, recording.rate);
  ASSERT_TRUE(spline);
  const std::string chosen = "smoothing spline, " + std::to_string(spline->cutoff.value()) + " Hz by itself";
  const double spline_rms = report(chosen.c_str(), second_difference(spline->values, recording.rate));
  double best_rms = unfiltered;
  for (const int window : {9, 11, 13, 15, 17}) {
    for (const int order : {3, 4, 5}) {
      const auto acceleration = savitzky_golay(recording.noisy_rad, recording.rate,
                                               {.window = window, .order = order, .derivative = 2});
      ASSERT_TRUE(acceleration);
      const std::string name =
          "Savitzky-Golay window " + std::to_string(window) + " order " + std::to_string(order);
      best_rms = std::min(best_rms, report(name.c_str(), *acceleration));
    }
  }
  // The signal spans -50 to 60 rad/s2: a smoother that works must take most of the noise away.
  EXPECT_LT(winter_rms, 0.2 * unfiltered);
  EXPECT_LT(best_rms, 0.2 * unfiltered);
  EXPECT_LT(spline_rms, winter_rms) << "the spline, without being told a cutoff, beats the usual filter";
}

}  // namespace
}  // namespace reprise::engine
