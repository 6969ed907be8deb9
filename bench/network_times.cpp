// Times the pose networks, one request a line on standard input, so that networks.mjs can take turns between
// this program and LiteRT in a browser.
//
//   request:  detector|lite|full|heavy trimmed|complete RUNS
//   answer:   the milliseconds of each run, separated by spaces
//
// A run is what a frame costs: the input copied in, the network, its outputs copied out. One thread.
// Argument --threads N: that many threads instead.

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
    const auto variant = detector ? ModelVariant::lite : model_variant_from_name(request.network);
    if (!variant) {
      return fail(ErrorCode::invalid_argument, "reading a request", "no network is called " + request.network,
                  "ask for detector, lite, full or heavy");
    }
    const auto networks = prepared(*variant, request.complete);
    if (!networks) return tl::unexpected<Error>(networks.error());
    const int side = detector ? kDetectorInputSize : kLandmarkInputSize;
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
  Result<PoseNetworks*> prepared(ModelVariant variant, bool complete) {
    auto& kept = kept_[{variant, complete}];
    if (!kept) {
      const auto folder = find_model_folder();
      if (!folder) return tl::unexpected<Error>(folder.error());
      const auto models = load_models(*folder, variant);
      if (!models) return tl::unexpected<Error>(models.error());
      auto made = make_pose_networks(*models, {.threads = threads_, .segmentation = complete});
      if (!made) return tl::unexpected<Error>(made.error());
      kept = std::move(*made);
    }
    return kept.get();
  }

  int threads_;
  std::map<std::pair<ModelVariant, bool>, std::unique_ptr<PoseNetworks>> kept_;
  DetectorOutput detection_;
  LandmarkOutput landmarks_;
};

}  // namespace

int main(int argc, char** argv) {
  Timer timer(argc == 3 && std::string_view(argv[1]) == "--threads" ? std::stoi(argv[2]) : 1);
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
