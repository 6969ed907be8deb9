// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <exception>

#include "cli/commands.h"

int main(int argc, char** argv) {
  using reprise::cli::ExitCode;
  CLI::App app{
      "Reprise: from a video of an exercise, or a recording of sensors, to a clinical report. Everything "
      "stays on this machine."};
  app.name("reprise");
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  reprise analyze squat.mp4 --exercise squat --out report\n"
      "  reprise gait feet.csv --out report\n"
      "  reprise demo --out demo\n"
      "  reprise generate squat --out squat --clip\n"
      "  reprise exercises list\n\n"
      "Exit codes: 0 done, 2 wrong options, 3 not found, 4 unreadable or damaged input, 5 nothing to "
      "measure,\n"
      "6 cannot write, 7 database or network not there, 130 stopped. Not a medical device; a clinician "
      "decides.");
  ExitCode code = ExitCode::success;
  reprise::cli::add_analyze_command(app, code);
  reprise::cli::add_pose_command(app, code);
  reprise::cli::add_repetitions_command(app, code);
  reprise::cli::add_calibrate_command(app, code);
  reprise::cli::add_motion_command(app, code);
  reprise::cli::add_recognize_command(app, code);
  reprise::cli::add_angles_command(app, code);
  reprise::cli::add_opensim_commands(app, code);
  reprise::cli::add_scale_command(app, code);
  reprise::cli::add_measure_commands(app, code);
  reprise::cli::add_assess_command(app, code);
  reprise::cli::add_monitor_command(app, code);
  reprise::cli::add_catalog_command(app, code);
  reprise::cli::add_exercises_command(app, code);
  reprise::cli::add_demo_command(app, code);
  reprise::cli::add_generate_command(app, code);
  reprise::cli::add_simulate_clinic_command(app, code);
  reprise::cli::add_fhir_command(app, code);
  reprise::cli::add_serve_command(app, code);
  reprise::cli::add_token_command(app, code);
  reprise::cli::add_audit_command(app, code);
  reprise::cli::add_mail_command(app, code);
  reprise::cli::add_backup_commands(app, code);
  reprise::cli::add_key_command(app, code);
  reprise::cli::add_record_command(app, code);
  reprise::cli::add_version_command(app, code);
  reprise::cli::add_completion_command(app, code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int said = app.exit(error);
    return said == 0 ? 0 : static_cast<int>(ExitCode::usage);
  } catch (const std::exception& error) {
    // Nothing of ours throws on purpose; memory or a library may. No patient content is in these texts.
    fmt::print(stderr, "reprise: stopped by an unexpected fault: {}\n", error.what());
    return static_cast<int>(ExitCode::bad_input);
  }
  return static_cast<int>(code);
}
