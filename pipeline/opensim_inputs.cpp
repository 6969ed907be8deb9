// SPDX-License-Identifier: Apache-2.0
#include "pipeline/opensim_inputs.h"

#include <fmt/format.h>

#include <algorithm>

namespace reprise::pipeline {

Result<sensing::OpenSimModel> read_moving_model(const std::filesystem::path& path, const char* stage) {
  if (path.empty()) {
    return fail(ErrorCode::invalid_argument, stage, "the setup names no model_file",
                "give the model (.osim) on the command line: --model MODEL.osim");
  }
  auto model = sensing::read_osim(path);
  if (!model || !model->model.coordinates.empty()) return model;
  return fail(ErrorCode::unsupported, stage,
              "'" + path.filename().string() + "': the model has no coordinate, so nothing can move",
              "give a model with a joint other than a WeldJoint");
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

bool is_within(double time_s, const sensing::TimeRange& range, double step_s) {
  const double slack = 1e-3 * step_s;
  return time_s >= range.from.value() - slack && time_s <= range.to.value() + slack;
}

double mean_step(double first_s, double last_s, std::size_t count) {
  return count < 2 ? 0 : (last_s - first_s) / static_cast<double>(count - 1);
}

void FrameSpan::add(double time_s) {
  if (count_++ == 0) first_s_ = time_s;
  last_s_ = time_s;
}

std::string FrameSpan::text(std::size_t of) const {
  if (count_ == 1) return fmt::format("1 of {} frames ({:.4g} s)", of, first_s_);
  return fmt::format("{} of {} frames ({:.4g} to {:.4g} s)", count_, of, first_s_, last_s_);
}

}  // namespace reprise::pipeline
