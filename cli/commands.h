// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

#include "cli/exit_code.h"
#include "pipeline/recording.h"
#include "pipeline/simulated_recording.h"

namespace reprise::cli {

// Each adds one subcommand; `code` receives what it returned to the shell.
void add_analyze_command(CLI::App& app, ExitCode& code);
void add_pose_command(CLI::App& app, ExitCode& code);
void add_repetitions_command(CLI::App& app, ExitCode& code);
void add_calibrate_command(CLI::App& app, ExitCode& code);
void add_motion_command(CLI::App& app, ExitCode& code);
void add_recognize_command(CLI::App& app, ExitCode& code);
void add_angles_command(CLI::App& app, ExitCode& code);
void add_opensim_commands(CLI::App& app, ExitCode& code);  // ik, id
void add_scale_command(CLI::App& app, ExitCode& code);
void add_measure_commands(CLI::App& app, ExitCode& code);  // gait, balance, muscle, heart
void add_assess_command(CLI::App& app, ExitCode& code);
void add_monitor_command(CLI::App& app, ExitCode& code);
void add_catalog_command(CLI::App& app, ExitCode& code);
void add_exercises_command(CLI::App& app, ExitCode& code);
void add_demo_command(CLI::App& app, ExitCode& code);
void add_generate_command(CLI::App& app, ExitCode& code);
void add_simulate_clinic_command(CLI::App& app, ExitCode& code);
void add_fhir_command(CLI::App& app, ExitCode& code);
void add_serve_command(CLI::App& app, ExitCode& code);
void add_token_command(CLI::App& app, ExitCode& code);
void add_audit_command(CLI::App& app, ExitCode& code);
void add_mail_command(CLI::App& app, ExitCode& code);
void add_backup_commands(CLI::App& app, ExitCode& code);  // and restore
void add_key_command(CLI::App& app, ExitCode& code);
void add_record_command(CLI::App& app, ExitCode& code);
void add_version_command(CLI::App& app, ExitCode& code);
void add_completion_command(CLI::App& app, ExitCode& code);

/// Adds what every command that looks at videos offers: --model, --person, --threads, --models.
void add_recording_options(CLI::App& command, pipeline::RecordingOptions& options);
/// `options` must live as long as the command.
void add_frame_rate_option(CLI::App& command, pipeline::RecordingOptions& options);
/// Adds the options of the body model; values set in `options` become the defaults.
void add_simulation_options(CLI::App& command, pipeline::SimulationOptions& options);

/// Prints "reprise: [input: ]stage: cause / what to do: remedy" on standard error and returns the exit code
/// for it.
[[nodiscard]] ExitCode report_error(const Error& error, const std::filesystem::path& input = {});

}  // namespace reprise::cli
