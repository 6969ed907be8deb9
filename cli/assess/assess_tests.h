// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_code.h"
#include "session/measurements/function_references.h"

namespace reprise::cli {

// The tests of `reprise assess`, each with its options. Another one: its function here, a row in
// assess_command.cpp.

void add_camera_gait(CLI::App& command, ExitCode& code);
void add_rula(CLI::App& command, ExitCode& code);
void add_reba(CLI::App& command, ExitCode& code);
void add_owas(CLI::App& command, ExitCode& code);
void add_range_of_motion(CLI::App& command, ExitCode& code);
void add_visit(CLI::App& command, ExitCode& code);
void add_posture(CLI::App& command, ExitCode& code);
void add_niosh(CLI::App& command, ExitCode& code);
void add_self_assessment(CLI::App& command, ExitCode& code);
void add_function_test(CLI::App& command, ExitCode& code, session::FunctionTest test);

}  // namespace reprise::cli
