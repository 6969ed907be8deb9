// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "exercises/catalog_files.h"
#include "pipeline/outputs.h"
#include "server/demo/simulated_clinic.h"
#include "simulation/clinic/clinic.h"

namespace reprise::cli {
namespace {

// Made up, as everything else in these files; the record that takes them needs the two as they are here.
const simulation::SimulatedStaff kFileStaff = {"00000000-0000-4000-8000-00000000000a",
                                               "00000000-0000-4000-8000-00000000000b"};

struct SimulateClinicOptions {
  std::filesystem::path out;
  simulation::ClinicOptions clinic;
};

std::string staff_line() {
  const auto tag = Json::array({Json{{"system", "urn:reprise:tag"}, {"code", "simulated"}}});
  const auto put = [&](const char* type, const std::string& id, Json resource) {
    resource["resourceType"] = type;
    resource["id"] = id;
    resource["meta"]["tag"] = tag;
    return Json{{"resource", std::move(resource)},
                {"request", {{"method", "PUT"}, {"url", type + ("/" + id)}}}};
  };
  const Json bundle = {
      {"resourceType", "Bundle"},
      {"type", "transaction"},
      {"entry",
       Json::array(
           {put("Organization", kFileStaff.organization, {{"name", "Demonstration clinic (simulated)"}}),
            put("Practitioner", kFileStaff.practitioner,
                {{"name", Json::array({Json{{"family", "Simulated"}, {"given", {"Kim"}}}})}})})}};
  return bundle.dump() + "\n";
}

ExitCode simulate(const SimulateClinicOptions& options) {
  catch_interrupts();
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return report_error(catalog.error());
  const auto truth = simulation::truth_json(options.clinic);
  if (!truth) return report_error(truth.error());
  ProgressBar bar{"patients", options.clinic.patients};
  std::string lines = staff_line();
  std::size_t resources = 2;
  Result<void> made;
  for (int number = 1; number <= options.clinic.patients && made; ++number) {
    made = simulation::simulate_patient(options.clinic, kFileStaff, *catalog, number,
                                        [&](const simulation::ClinicPart& part) -> Result<void> {
                                          if (interrupted()) return interrupted_error("simulating a clinic");
                                          if (part.bundle["entry"].empty()) return {};
                                          resources += part.bundle["entry"].size();
                                          lines += part.bundle.dump() + "\n";
                                          return {};
                                        });
    bar.update(number);
  }
  bar.clear();
  if (!made) return report_error(made.error());
  const std::vector<pipeline::OutputFile> files = {{"transactions.ndjson", std::move(lines)},
                                                   {"truth.json", truth->dump(1) + "\n"}};
  if (auto written = pipeline::write_outputs(options.out, files); !written)
    return report_error(written.error());
  fmt::print("{} patients, {} resources  [SIMULATED: no real person]\n", options.clinic.patients, resources);
  for (const pipeline::OutputFile& file : files) fmt::print("  {}\n", (options.out / file.name).string());
  return ExitCode::success;
}

}  // namespace

void add_simulate_clinic_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<SimulateClinicOptions>();
  server::set_today(options->clinic);
  auto* command = app.add_subcommand(
      "simulate-clinic", "Write the demonstration's simulated clinic as files, with the truth about it");
  command->add_option("-o,--out", options->out, "Folder for transactions.ndjson and truth.json")->required();
  command->add_option("--patients", options->clinic.patients, "How many")
      ->check(CLI::Range(0, 2000))
      ->capture_default_str();
  command->add_option("--days", options->clinic.days, "Of history")
      ->check(CLI::Range(1, 1100))
      ->capture_default_str();
  command->add_option("--seed", options->clinic.seed, "The same seed gives the same patients")
      ->capture_default_str();
  command
      ->add_option("--recorded-days", options->clinic.recorded_days,
                   "The last of them, with recordings of the body model")
      ->check(CLI::Range(0, 1100))
      ->capture_default_str();
  command->add_option("--today", options->clinic.today,
                      "The day on which the history ends, such as 2026-03-02; default: today");
  command->add_option("--zone-minutes", options->clinic.zone_minutes,
                      "The clinic's clock, minutes east of Greenwich; default: this machine's");
  command->footer(
      "Example:\n  reprise simulate-clinic --out clinic --patients 200 --seed 7 --today 2026-03-02");
  command->callback([options, &code] { code = simulate(*options); });
}

}  // namespace reprise::cli
