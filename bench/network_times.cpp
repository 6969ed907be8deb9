// SPDX-License-Identifier: Apache-2.0
// Times the pose networks, one request a line on standard input, so that networks.mjs can take turns between
// this program and LiteRT in a browser.
//
//   request:  detector|lite|full|heavy trimmed|complete RUNS
//   answer:   the milliseconds of each run, separated by spaces
//
// A run is what a frame costs: the input copied in, the network, its outputs copied out. One thread.
//
//   --threads N        that many threads instead
//   --without-avx512   hide AVX-512 from XNNPACK: what a processor with AVX2 only would run

#include <cpuinfo.h>

#include <chrono>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "sensing/networks/xnn_pose_networks.h"

namespace {

using namespace reprise;

struct Request {
  std::string network;
  bool complete = false;
  int runs = 0;
};

class Timer {
 public:
  explicit Timer(int threads) : threads_(threads) {}

  Result<void> answer(const Request& request) {
    const bool detector = request.network == "detector";
    const auto variant =
        detector ? sensing::ModelVariant::lite : sensing::model_variant_from_name(request.network);
    if (!variant) {
      return fail(ErrorCode::invalid_argument, "reading a request", "no network is called " + request.network,
                  "ask for detector, lite, full or heavy");
    }
    const auto networks = prepared(*variant, request.complete);
    if (!networks) return tl::unexpected<Error>(networks.error());
    const int side = detector ? engine::kDetectorInputSize : engine::kLandmarkInputSize;
    const std::vector<float> input(static_cast<std::size_t>(side * side * 3), 0.5f);
    for (int i = 0; i < request.runs; ++i) {
      const auto start = std::chrono::steady_clock::now();
      auto ran =
          detector ? (*networks)->detect(input, detection_) : (*networks)->find_landmarks(input, landmarks_);
      const auto stop = std::chrono::steady_clock::now();
      if (!ran) return ran;
      std::cout << std::chrono::duration<double, std::milli>(stop - start).count() << ' ';
    }
    std::cout << std::endl;
    return {};
  }

 private:
  Result<engine::PoseNetworks*> prepared(sensing::ModelVariant variant, bool complete) {
    auto& kept = kept_[{variant, complete}];
    if (!kept) {
      const auto folder = sensing::find_model_folder();
      if (!folder) return tl::unexpected<Error>(folder.error());
      const auto models = sensing::load_models(*folder, variant);
      if (!models) return tl::unexpected<Error>(models.error());
      auto made = sensing::make_pose_networks(*models, {.threads = threads_, .segmentation = complete});
      if (!made) return tl::unexpected<Error>(made.error());
      kept = std::move(*made);
    }
    return kept.get();
  }

  int threads_;
  std::map<std::pair<sensing::ModelVariant, bool>, std::unique_ptr<engine::PoseNetworks>> kept_;
  engine::DetectorOutput detection_;
  engine::LandmarkOutput landmarks_;
};

}  // namespace

int main(int argc, char** argv) {
  int threads = 1;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--threads" && i + 1 < argc) {
      threads = std::stoi(argv[++i]);
    } else if (option == "--without-avx512" && cpuinfo_initialize()) {
      // XNNPACK chooses its kernels by these flags when it is first used.
      cpuinfo_isa.avx512f = false;
    } else {
      std::cerr << "usage: reprise_network_times [--threads N] [--without-avx512]\n";
      return 2;
    }
  }
  Timer timer(threads);
  std::string graph;
  for (Request request; std::cin >> request.network >> graph >> request.runs;) {
    request.complete = graph == "complete";
    if (const auto done = timer.answer(request); !done) {
      std::cerr << to_string(done.error()) << '\n';
      return 1;
    }
  }
  return 0;
}
