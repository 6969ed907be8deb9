// SPDX-License-Identifier: Apache-2.0
// A rendered visit: a patient who does fifteen movements, six of them moved by a clinician, and the truth.
// Behind visit.mjs.
//
//   reprise_render_visit PACK SEED OUT [WIDTH] [RATE]
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "sensing/files/file_io.h"
#include "simulation/rendered/visit.h"

namespace {

using namespace reprise;
using namespace reprise::simulation::rendered;
namespace fs = std::filesystem;

Result<void> render(const fs::path& pack_folder, const VisitOptions& options, const fs::path& out) {
  const auto pack = open_pack(pack_folder);
  if (!pack) return tl::unexpected(pack.error());
  const auto visit = plan_visit(*pack, options);
  if (!visit) return tl::unexpected(visit.error());
  std::error_code problem;
  fs::create_directories(out, problem);
  if (problem) {
    return fail(ErrorCode::unwritable, "making the folder", out.string() + ": " + problem.message(),
                "choose another folder");
  }
  cli::catch_interrupts();
  cli::ProgressBar bar{fmt::format("visit {}", options.seed), static_cast<int>(visit->poses.size())};
  const auto video = film_visit(*visit, [&](int frames) {
    bar.update(frames);
    return !cli::interrupted();
  });
  bar.clear();
  if (!video) return tl::unexpected(video.error());
  const std::string name = fmt::format("visit_{}", options.seed);
  if (auto written = sensing::write_file_atomically(out / (name + ".mp4"), *video); !written) return written;
  if (auto written = sensing::write_file_atomically(out / (name + "_truth.json"), visit_truth_json(*visit));
      !written)
    return written;
  for (std::size_t i = 0; i < visit->movements.size(); ++i) {
    const VisitMovement& m = visit->movements[i];
    const VisitTruth& t = visit->truths[i];
    fmt::print("{:5.1f} s  {:<24}{:<7}{:<8}{:5.0f}°{}\n", t.start.value(), m.test, engine::name(m.side),
               m.passive ? "passive" : "active", to_degrees(t.angle).value(),
               t.hand_gap_m ? fmt::format("  hand within {:.0f} cm", 100 * *t.hand_gap_m) : "");
  }
  fmt::print("{}: {} frames\n", name, visit->poses.size());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: reprise_render_visit PACK SEED OUT [WIDTH] [RATE]\n");
    return 2;
  }
  VisitOptions options;
  options.seed = std::stoull(argv[2]);
  if (argc > 4) options.width_px = std::stoi(argv[4]);
  if (argc > 5) options.frame_rate = Hertz{std::stod(argv[5])};
  const auto done = render(argv[1], options, argv[3]);
  if (done) return 0;
  fmt::print(stderr, "render_visit: {}\n", to_string(done.error()));
  return 1;
}
