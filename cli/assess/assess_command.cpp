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

template <session::FunctionTest kTest>
void add_function(CLI::App& command, ExitCode& code) {
  add_function_test(command, code, kTest);
}

constexpr std::array kAssessTests = {
    AssessTest{"range_of_motion", "Range of motion: 34 movements of nine joints, by camera or read off",
               add_range_of_motion},
    AssessTest{"visit", "During a visit: movements become proposals while a clinician treats", add_visit},
    AssessTest{"posture",
               "Posture in photos: head, shoulders, pelvis, trunk and knees against the plumb line",
               add_posture},
    AssessTest{"sit_to_stand_5", "Function: time of getting up from a chair five times",
               add_function<session::FunctionTest::sit_to_stand_5>},
    AssessTest{"sit_to_stand_30", "Function: how often a person gets up from a chair in 30 seconds",
               add_function<session::FunctionTest::sit_to_stand_30>},
    AssessTest{"timed_up_and_go",
               "Function: time and phases of getting up, walking there and back, and sitting",
               add_function<session::FunctionTest::timed_up_and_go>},
    AssessTest{"single_leg_stance", "Function: time of standing on one leg",
               add_function<session::FunctionTest::single_leg_stance>},
    AssessTest{"tandem_stance", "Function: time of standing heel to toe",
               add_function<session::FunctionTest::tandem_stance>},
    AssessTest{"functional_reach", "Function: how far a person reaches forward without a step",
               add_function<session::FunctionTest::functional_reach>},
    AssessTest{"squat", "Function: depth, trunk and knees of squats",
               add_function<session::FunctionTest::squat>},
    AssessTest{"single_leg_squat", "Function: depth, trunk and knee of squats on one leg",
               add_function<session::FunctionTest::single_leg_squat>},
    AssessTest{"step_down", "Function: depth, trunk and knee of step-downs",
               add_function<session::FunctionTest::step_down>},
    AssessTest{"push_up", "Function: push-ups and their depth", add_function<session::FunctionTest::push_up>},
    AssessTest{"jump", "Function: jumps and their height by the time in the air",
               add_function<session::FunctionTest::jump>},
    AssessTest{"gait", "Gait: walking past the camera or on a treadmill", add_camera_gait},
    AssessTest{"rula", "Load at work: arms, neck, trunk and legs over a video (RULA)", add_rula},
    AssessTest{"reba", "Load at work: the entire body over a video (REBA)", add_reba},
    AssessTest{"owas", "Load at work: working postures over a video (OWAS)", add_owas},
    AssessTest{"niosh", "Load at work: the recommended weight limit of a lift (NIOSH lifting equation)",
               add_niosh},
    AssessTest{"self", "Self-assessment: what answers and movements of a person lead to, in plain words",
               add_self_assessment},
};

void list_tests() {
  for (const AssessTest& test : kAssessTests) fmt::print("{:<19}{}\n", test.name, test.what);
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
      "  reprise assess range_of_motion shoulder_flexion=arm.mp4 --age 62 --sex female\n"
      "  reprise assess visit treatment.mp4 --accept 1 --accept 2=passive -o report\n"
      "  reprise assess posture back.jpg --view back --height 172 --roll 1.5 -o report\n"
      "  reprise assess sit_to_stand_30 clip.mp4 --age 72 --sex female -o report\n"
      "  reprise assess gait walk.mp4 --height 172 --out report\n"
      "  reprise assess rula work.mp4 --load-kg 5 --stance sitting --out report\n"
      "  reprise assess niosh --weight-kg 12 --horizontal-cm 35 --vertical-cm 20 --to-vertical-cm 90 "
      "--lifts-per-minute 2 --hours 1\n"
      "  reprise assess self answers.json");
  command->callback([command] {
    if (command->get_subcommands().empty()) list_tests();
  });
}

}  // namespace reprise::cli
