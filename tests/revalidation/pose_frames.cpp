// SPDX-License-Identifier: Apache-2.0
// Raw RGBA pictures in, landmarks out: what the revalidation scripts compare with other implementations.
//
//   reprise_pose_frames WIDTH HEIGHT FRAMES_PER_SECOND FILE.rgba [--model lite|full|heavy] [--raw] [--person
//   N]
//
// The first picture is at one second. Writes one JSON document with the shape of mediapipe_parity.mjs's own.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/pose/pose_tracker.h"
#include "sensing/networks/models.h"
#include "sensing/networks/xnn_pose_networks.h"

namespace reprise {
namespace {

// Measures the time spent within the networks, to tell it from the rest.
class TimedNetworks : public engine::PoseNetworks {
 public:
  explicit TimedNetworks(engine::PoseNetworks& networks) : networks_(networks) {}
  Result<void> detect(std::span<const float> input, engine::DetectorOutput& output) override {
    return timed([&] { return networks_.detect(input, output); });
  }
  Result<void> find_landmarks(std::span<const float> input, engine::LandmarkOutput& output) override {
    return timed([&] { return networks_.find_landmarks(input, output); });
  }
  double milliseconds = 0;

 private:
  template <class Run>
  Result<void> timed(Run run) {
    const auto start = std::chrono::steady_clock::now();
    auto result = run();
    milliseconds +=
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return result;
  }
  engine::PoseNetworks& networks_;
};

nlohmann::json to_json(const engine::TrackedFrame& tracked) {
  nlohmann::json frame{{"time_s", tracked.frame.time.value()},
                       {"people_seen", tracked.people_seen},
                       {"detected", tracked.detected},
                       {"reacquired", tracked.reacquired},
                       {"image", nullptr},
                       {"world", nullptr}};
  if (!tracked.frame.pose) return frame;
  const engine::Pose& pose = *tracked.frame.pose;
  frame["image"] = nlohmann::json::array();
  frame["world"] = nlohmann::json::array();
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    const engine::ImagePoint& p = (*pose.image)[i];
    frame["image"].push_back({p.x_px, p.y_px, p.z_px, pose.visibility[i]});
    const auto& w = pose.world_m[i].v;
    frame["world"].push_back({w.x(), w.y(), w.z()});
  }
  return frame;
}

int report(const Error& error) {
  std::fprintf(stderr, "%s\n", to_string(error).c_str());
  return 1;
}

int run(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr,
                 "usage: reprise_pose_frames WIDTH HEIGHT FPS FILE.rgba [--model M] [--raw] [--person N]\n");
    return 2;
  }
  const int width = std::atoi(argv[1]);
  const int height = std::atoi(argv[2]);
  const double fps = std::atof(argv[3]);
  sensing::ModelVariant variant = sensing::ModelVariant::full;
  engine::PoseTrackerOptions options;
  for (int i = 5; i < argc; ++i) {
    if (std::strcmp(argv[i], "--raw") == 0) options.smoothing.reset();
    if (std::strcmp(argv[i], "--model") == 0 && i + 1 < argc)
      variant = sensing::model_variant_from_name(argv[++i]).value_or(sensing::ModelVariant::full);
    if (std::strcmp(argv[i], "--person") == 0 && i + 1 < argc) options.person = std::atoi(argv[++i]);
  }
  const auto folder = sensing::find_model_folder();
  if (!folder) return report(folder.error());
  const auto models = sensing::load_models(*folder, variant);
  if (!models) return report(models.error());
  const auto networks = sensing::make_pose_networks(*models);
  if (!networks) return report(networks.error());
  TimedNetworks timed(**networks);

  std::ifstream file(argv[4], std::ios::binary);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  nlohmann::json frames = nlohmann::json::array();
  engine::PoseTracker tracker(options);
  double total_ms = 0;
  for (int i = 0;
       file.read(reinterpret_cast<char*>(pixels.data()), static_cast<std::streamsize>(pixels.size())); ++i) {
    const engine::ImageView image{pixels.data(), width, height, std::ptrdiff_t{4} * width, 4};
    const auto start = std::chrono::steady_clock::now();
    const auto tracked = engine::track(tracker, timed, image, Seconds{1 + i / fps});
    total_ms += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (!tracked) return report(tracked.error());
    frames.push_back(to_json(*tracked));
  }
  const double count = frames.empty() ? 1 : static_cast<double>(frames.size());
  const nlohmann::json document{{"width", width},
                                {"height", height},
                                {"fps", fps},
                                {"networks_ms_per_frame", timed.milliseconds / count},
                                {"rest_ms_per_frame", (total_ms - timed.milliseconds) / count},
                                {"frames", frames}};
  std::printf("%s\n", document.dump().c_str());
  return 0;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  return reprise::run(argc, argv);
}
