// SPDX-License-Identifier: Apache-2.0
// Writes reports of simulated and constructed sessions into a folder, to be looked at.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "report/report.h"
#include "tests/support/sample_session.h"

namespace {

using namespace reprise;

void write(const std::filesystem::path& folder, const std::string& name,
           const session::SessionDocument& document) {
  const std::string html = report::render_report(document, {.date = "12 March 2025"});
  std::ofstream(folder / (name + ".html"), std::ios::binary) << html;
  std::printf("%s.html %zu kB\n", name.c_str(), html.size() / 1024);
}

SampleOptions believable() {
  SampleOptions o;
  o.generate.repetitions = 6;
  o.generate.noise = Meters{0.008};
  o.generate.range_scale_each = {0.96, 1.0, 0.98, 0.42, 0.93, 0.9};
  o.fault = "trunk_forward";
  o.faulty = {1, 4};
  return o;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fprintf(stderr, "usage: reprise_report_samples FOLDER\n"), 2;
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);

  SampleOptions squat = believable();
  squat.generate.drop_outs = {{Seconds{9.5}, Seconds{10.3}}};
  write(folder, "squat_simulated", simulated_session(squat));

  // The same numbers as they would come from a person's video.
  session::SessionDocument person = simulated_session(squat);
  person.source.kind = session::SourceKind::video;
  person.source.name = "IMG_2041.mov";
  person.models = {{"pose_detection", std::string(64, '4')}, {"pose_landmark_full", std::string(64, 'e')}};
  person.warnings.erase(person.warnings.begin());
  write(folder, "squat_side", person);

  SampleOptions front = believable();
  front.view = engine::View::front;
  front.fault = "knees_in";
  write(folder, "squat_front", simulated_session(front));

  SampleOptions arm = believable();
  arm.exercise = "shoulder_abduction";
  arm.view = engine::View::front;
  arm.side = engine::Side::right;
  arm.ceiling = Radians{Degrees{120}}.value();
  write(folder, "shoulder_ceiling", simulated_session(arm));

  SampleOptions stance;
  stance.exercise = "single_leg_stance";
  stance.view = engine::View::front;
  stance.side = engine::Side::left;
  stance.generate.repetitions = 2;
  write(folder, "single_leg_stance", simulated_session(stance));

  SampleOptions still = believable();
  still.generate.range_scale = 0.15;
  still.generate.range_scale_each = {};
  write(folder, "nothing_counted", simulated_session(still));

  SampleOptions wrong = believable();
  wrong.exercise = "heel_slide";
  wrong.view = engine::View::front;
  wrong.fault.clear();
  write(folder, "wrong_view", simulated_session(wrong));

  write(folder, "small", small_session());
  write(folder, "empty", session::SessionDocument{});

  SampleOptions lasting;
  lasting.generate.repetitions = 200;
  lasting.generate.noise = Meters{0.008};
  write(folder, "long", simulated_session(lasting));
  return 0;
}
