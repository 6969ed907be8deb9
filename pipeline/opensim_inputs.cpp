// SPDX-License-Identifier: Apache-2.0
#include "pipeline/opensim_inputs.h"

#include <fmt/format.h>

#include <algorithm>

namespace reprise::pipeline {

Result<sensing::OpenSimModel> read_moving_model(const std::filesystem::path& path, const char* stage) {
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

std::string spans_text(const std::vector<NamedSpan>& spans, std::size_t of) {
  struct Group {
    std::string span;
    std::size_t count = 0;
    std::vector<std::string> names;
  };
  std::vector<Group> groups;
  for (const auto& [name, span] : spans) {
    const std::string text = span.text(of);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.span == text; });
    if (group == groups.end()) group = groups.insert(groups.end(), {text, span.count(), {}});
    group->names.push_back(name);
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.count > b.count; });
  constexpr std::size_t kMostGroups = 8;
  std::vector<std::string> texts;
  std::size_t more = 0;
  for (const Group& group : groups) {
    if (texts.size() < kMostGroups) {
      texts.push_back(joined(group.names) + " in " + group.span);
    } else {
      more += group.names.size();
    }
  }
  return fmt::format("{}{}", fmt::join(texts, "; "), more == 0 ? "" : fmt::format("; {} more", more));
}

}  // namespace reprise::pipeline
