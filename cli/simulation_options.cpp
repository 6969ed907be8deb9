// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "pipeline/simulated_recording.h"

namespace reprise::cli {

void add_simulation_options(CLI::App& command, pipeline::SimulationOptions& o) {
  command.add_option("--repetitions", o.repetitions, "How many")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command.add_option("--fault", o.faults,
                     "Form fault to show (see: reprise exercises show ID); may be repeated");
  command.add_option("--side", o.side, "Side of an exercise that has one; default: right works")
      ->check(CLI::IsMember({"left", "right"}));
  command
      .add_option("--azimuth", o.azimuth_deg,
                  "Where the camera stands, degrees: 0 in front, 90 on the person's left" +
                      std::string{o.azimuth_deg ? "" : "; default: from where the exercise is judged"})
      ->check(CLI::Range(-180.0, 180.0))
      ->capture_default_str();
  command.add_option("--stature", o.stature_m, "Height of the person, meters")
      ->check(CLI::Range(0.4, 2.6))
      ->capture_default_str();
  command.add_option("--range", o.range, "How far, as a share of the exercise's own movement")
      ->check(CLI::Range(0.05, 1.5))
      ->capture_default_str();
  command
      .add_option("--tempo", o.tempo, "How fast, as a share of the exercise's own pace: 0.5 is half as fast")
      ->check(CLI::Range(0.1, 10.0))
      ->capture_default_str();
  command.add_option("--noise", o.noise_m, "Standard deviation of each landmark, meters on each axis")
      ->check(CLI::Range(0.0, 0.2))
      ->capture_default_str();
  command.add_option("--seed", o.seed, "Of the noise: the same seed gives the same bytes")
      ->capture_default_str();
  command.add_option("--frame-rate", o.frame_rate_hz, "Pictures a second")
      ->check(CLI::Range(1.0, 240.0))
      ->capture_default_str();
}

}  // namespace reprise::cli
