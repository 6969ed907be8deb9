// SPDX-License-Identifier: Apache-2.0
// Rendered people whose joint angles are known: videos and their truth, from a seed. Behind `make rendered`;
// what it writes is read by rendered_angles.mjs.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "engine/synthesis/random.h"
#include "exercises/catalog_files.h"
#include "sensing/files/file_io.h"
#include "simulation/rendered/film.h"

namespace {

using namespace reprise;
using namespace reprise::simulation::rendered;
namespace fs = std::filesystem;

struct Options {
  fs::path out;
  fs::path pack = "../shared/data/render/pack";
  std::uint64_t seed = 1;
  int clips = 8;
  int people = 0;  ///< 0: another for each clip
  std::vector<std::string> exercises;
  TakeOptions take;
  double rate_hz = 20;
};

/// The exercises by turns: those asked for, else the whole catalog in an order that the seed gives.
Result<std::vector<const exercises::CatalogExercise*>> program_of(
    const Options& o, const std::vector<exercises::CatalogExercise>& catalog) {
  std::vector<const exercises::CatalogExercise*> chosen;
  for (const std::string& id : o.exercises) {
    const auto found = exercises::find(catalog, id);
    if (!found) return tl::unexpected(found.error());
    chosen.push_back(*found);
  }
  if (!chosen.empty()) return chosen;
  const engine::detail::CounterRandom random(o.seed);
  std::vector<std::pair<double, const exercises::CatalogExercise*>> shuffled;
  for (std::size_t i = 0; i < catalog.size(); ++i) shuffled.emplace_back(random.uniform(i), &catalog[i]);
  std::sort(shuffled.begin(), shuffled.end(), [](auto& a, auto& b) { return a.first < b.first; });
  for (const auto& [order, exercise] : shuffled) chosen.push_back(exercise);
  return chosen;
}

Result<void> render_clip(const Options& o, const Pack& pack, const exercises::CatalogExercise& exercise,
                         int clip) {
  const int person = o.people > 0 ? clip % o.people : clip;
  TakeOptions options = o.take;
  options.seed = o.seed * 1'000'003 + static_cast<std::uint64_t>(clip);
  options.frame_rate = Hertz{o.rate_hz};
  const std::uint64_t person_seed = o.seed * 1'000'003 + static_cast<std::uint64_t>(person);
  const auto take = plan_take(pack, draw_person(person_seed, pack.wardrobe), exercise, options);
  if (!take) return tl::unexpected(take.error());
  const std::string name = fmt::format("{:03}_{}", clip, exercise.definition.id);
  cli::ProgressBar bar{fmt::format("{} ({} of {})", name, clip + 1, o.clips),
                       static_cast<int>(take->poses.size())};
  const auto films = film(*take, [&](int frames) {
    bar.update(frames);
    return !cli::interrupted();
  });
  bar.clear();
  if (!films) return tl::unexpected(films.error());
  for (const Film& one : *films) {
    const auto written = sensing::write_file_atomically(o.out / (name + "_" + one.view + ".mp4"), one.mp4);
    if (!written) return written;
  }
  // Last: a truth without its videos is never left behind.
  auto written = sensing::write_file_atomically(o.out / (name + "_truth.json"), truth_json(*take));
  if (!written) return written;
  fmt::print("{}: {} repetitions, {} frames from {} views; {} {}, {} years, {}, {}\n", name,
             take->repetitions.size(), take->poses.size(), films->size(), build_of(take->person),
             take->person.female ? "woman" : "man", static_cast<int>(take->person.age_years),
             take->person.outfit,
             take->counted_from_truth == static_cast<int>(take->repetitions.size())
                 ? "counted right from the truth"
                 : fmt::format("COUNTED {} FROM THE TRUTH", take->counted_from_truth));
  std::fflush(stdout);  // a log shows each clip when it is done
  return {};
}

Result<void> render(const Options& o) {
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return tl::unexpected(catalog.error());
  const auto program = program_of(o, *catalog);
  if (!program) return tl::unexpected(program.error());
  const auto pack = open_pack(o.pack);
  if (!pack) return tl::unexpected(pack.error());
  std::error_code problem;
  fs::create_directories(o.out, problem);
  if (problem) {
    return fail(ErrorCode::unwritable, "making the folder", o.out.string() + ": " + problem.message(),
                "choose another folder");
  }
  cli::catch_interrupts();
  for (int clip = 0; clip < o.clips; ++clip) {
    const auto& exercise = *(*program)[static_cast<std::size_t>(clip) % program->size()];
    if (auto ok = render_clip(o, *pack, exercise, clip); !ok) return ok;
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  Options o;
  o.take.views = all_views();
  CLI::App app{
      "Renders people who do exercises of the catalog, filmed by virtual cameras; no person is filmed."};
  app.add_option("-o,--out", o.out, "Folder for NAME_VIEW.mp4 and NAME_truth.json")->required();
  app.add_option("--pack", o.pack, "Folder of the meshes, rig and clothes")->capture_default_str();
  app.add_option("--seed", o.seed, "Same seed, same people, movements and cameras")->capture_default_str();
  app.add_option("--clips", o.clips, "Movements; each is filmed from every view")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--people", o.people, "Different people, by turns; 0: another for each clip")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  app.add_option("--exercise", o.exercises, "By turns; default: the whole catalog, shuffled")->delimiter(',');
  app.add_option("--views", o.take.views, "Of front, oblique45, side90, back135, back180")->delimiter(',');
  app.add_option("--distance", o.take.distances_m,
                 "From camera to person, meters: each view at each; default: as near as the movement allows")
      ->delimiter(',');
  app.add_option("--repetitions", o.take.repetitions, "Of each movement")->capture_default_str();
  app.add_option("--rate", o.rate_hz, "Pictures a second")->capture_default_str();
  app.add_option("--size", o.take.side_px, "Side of the square pictures, pixels")->capture_default_str();
  app.add_flag("--furniture", o.take.furniture, "A low table between person and camera");
  app.add_option("--light", o.take.flaws.light, "Times the usual light")->capture_default_str();
  app.add_option("--blur", o.take.flaws.blur_px, "Blur of the lens, pixels")->capture_default_str();
  app.add_option("--noise", o.take.flaws.noise, "Noise of the sensor, of 255")->capture_default_str();
  app.add_option("--compression", o.take.flaws.compression, "H.264's constant rate factor")
      ->capture_default_str();
  app.footer(
      "Examples:\n"
      "  reprise_render_people --seed 7 --clips 4 --out rendered\n"
      "  reprise_render_people --exercise squat,forward_lunge --views front,side90 --people 2 --out squats\n"
      "  reprise_render_people --light 0.3 --noise 12 --compression 35 --out dark");
  CLI11_PARSE(app, argc, argv);
  const auto done = render(o);
  if (done) return 0;
  fmt::print(stderr, "render_people: {}\n", to_string(done.error()));
  return static_cast<int>(cli::exit_code(done.error().code));
}
