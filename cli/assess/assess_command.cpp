// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "cli/assess/assess_tests.h"
#include "cli/commands.h"

namespace reprise::cli {
namespace {

struct AssessTest {
  const char* name;
  const char* what;
  void (*add)(CLI::App& command, ExitCode& code);
};

constexpr std::array kAssessTests = {
    AssessTest{"gait", "Gait: walking past the camera or on a treadmill", add_camera_gait},
    AssessTest{"rula", "Load at work: arms, neck, trunk and legs over a video (RULA)", add_rula},
    AssessTest{"reba", "Load at work: the entire body over a video (REBA)", add_reba},
    AssessTest{"owas", "Load at work: working postures over a video (OWAS)", add_owas},
    AssessTest{"niosh", "Load at work: the recommended weight limit of a lift (NIOSH lifting equation)",
               add_niosh},
};

void list_tests() {
  for (const AssessTest& test : kAssessTests) fmt::print("{:<8}{}\n", test.name, test.what);
  fmt::print("\nreprise assess TEST --help lists what each asks.\n");
}

}  // namespace

void add_assess_command(CLI::App& app, ExitCode& code) {
  CLI::App* command = app.add_subcommand("assess", "Assess by camera; without a test, lists the tests");
  command->require_subcommand(0, 1);
  for (const AssessTest& test : kAssessTests) test.add(*command->add_subcommand(test.name, test.what), code);
  command->footer(
      "Examples:\n"
      "  reprise assess\n"
      "  reprise assess gait walk.mp4 --height 172 --out report\n"
      "  reprise assess rula work.mp4 --load-kg 5 --stance sitting --out report\n"
      "  reprise assess niosh --weight-kg 12 --horizontal-cm 35 --vertical-cm 20 --to-vertical-cm 90 "
      "--lifts-per-minute 2 --hours 1");
  command->callback([command] {
    if (command->get_subcommands().empty()) list_tests();
  });
}

}  // namespace reprise::cli
