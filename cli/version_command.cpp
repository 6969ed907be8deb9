// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "sensing/networks/models.h"
#include "session/passes.h"

namespace reprise::cli {

void add_version_command(CLI::App& app, ExitCode& code) {
  auto json = std::make_shared<bool>(false);
  auto* command = app.add_subcommand("version", "Version of the engine and of the networks it runs");
  command->add_flag("--json", *json, "As JSON");
  command->callback([json, &code] {
    code = ExitCode::success;
    if (*json) {
      nlohmann::ordered_json j = {{"version", session::engine_version()},
                                  {"models", nlohmann::ordered_json::array()}};
      j["models"].push_back(
          {{"name", sensing::kDetectorModel.file_name}, {"sha256", sensing::kDetectorModel.sha256}});
      for (const sensing::PinnedModel& m : sensing::kLandmarkModels)
        j["models"].push_back({{"name", m.file_name}, {"sha256", m.sha256}});
      fmt::print("{}\n", j.dump(2));
      return;
    }
    fmt::print("reprise {}\n", session::engine_version());
    fmt::print("networks: {} {}\n", sensing::kModelPackage, sensing::kModelPackageVersion);
    fmt::print("Not a medical device. A clinician decides.\n");
  });
}

}  // namespace reprise::cli
