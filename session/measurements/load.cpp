// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/load.h"

#include <algorithm>
#include <cmath>

#include "engine/balance/load_steps.h"
#include "engine/signal/inertial.h"
#include "engine/signal/median.h"

namespace reprise::session {
namespace {

using engine::FootLoad;
using engine::LoadContact;
using engine::LoadSteps;
using engine::WeightBearing;
using enum SignalMeasure;

constexpr double kMmPerMeter = 1000;

// The values of one contact, in the order of its table.
const std::vector<SignalMeasure> kContactColumns = {
    contact_time, peak_load, mean_load, loading_rate, cop_way, cop_progression, time_above_limit};

bool is_limited(const LoadOptions& o, Side side) {
  return o.limit_share && (!o.limited || *o.limited == side);
}

std::vector<std::optional<double>> contact_values(const LoadContact& c, double weight_n, bool limited) {
  std::vector<std::optional<double>> values(kContactColumns.size());
  values[1] = c.peak_share;
  values[2] = c.mean_n / weight_n;
  values[3] = c.loading_rate_nps;
  if (limited) values[6] = c.time_above_limit / (c.end - c.start);
  if (!c.complete) return values;
  values[0] = (c.end - c.start).value();
  if (c.cop) {
    values[4] = c.cop->path_length_m;
    values[5] = c.cop->ap_range_m;
  }
  return values;
}

EventTable contacts_of(const WeightBearing& load, double weight_n, const LoadOptions& options) {
  EventTable table{"contacts", kContactColumns, {}};
  for (const Side side : {Side::left, Side::right}) {
    const FootLoad& foot = side == Side::left ? load.left : load.right;
    for (const LoadContact& c : foot.contacts) {
      table.rows.push_back({c.start, c.end, side, "", c.complete ? "" : "cut",
                            contact_values(c, weight_n, is_limited(options, side))});
    }
  }
  std::stable_sort(table.rows.begin(), table.rows.end(),
                   [](const MeasuredEvent& a, const MeasuredEvent& b) { return a.start < b.start; });
  return table;
}

void add_means_of(MeasurementDocument& d, SignalMeasure measure, const std::vector<double>& values,
                  ValueOf of) {
  if (const auto mean = repeated(values)) add_mean(d, measure, *mean, std::move(of));
}

// Means over whole contacts; a cut one may lack its largest load.
void add_contacts(MeasurementDocument& d, const EventTable& table, Side side) {
  for (std::size_t column = 0; column < kContactColumns.size(); ++column) {
    const SignalMeasure measure = kContactColumns[column];
    if (measure == time_above_limit) continue;  // of the whole time, below
    std::vector<double> values;
    for (const MeasuredEvent& row : table.rows) {
      if (row.side == side && row.note.empty() && row.values[column]) values.push_back(*row.values[column]);
    }
    add_means_of(d, measure, values, {.side = side, .primary = measure == peak_load});
  }
}

void add_limit(MeasurementDocument& d, const FootLoad& foot, Side side, const LoadOptions& options) {
  if (!is_limited(options, side)) return;
  if (foot.contacts.empty()) {
    d.not_measured.emplace_back(std::string{"the load of the "} + (side == Side::left ? "left" : "right") +
                                " foot against its limit: no load of it was recorded");
    return;
  }
  add_value(d, weight_limit, *options.limit_share, {.side = side});
  add_value(d, time_above_limit, foot.share_above_limit, {.side = side, .primary = true});
  add_value(d, contacts_above_limit, static_cast<double>(foot.contacts_above_limit),
            {.side = side, .primary = true});
  add_value(d, largest_load, foot.peak_share, {.side = side, .primary = true});
}

void add_steps(MeasurementDocument& d, const LoadSteps& steps) {
  for (const Side side : {Side::left, Side::right}) {
    std::vector<double> times, stances, doubles, landings;
    for (const engine::LoadStride& s : steps.strides) {
      if (s.side != side) continue;
      const double stride_s = (s.end - s.start).value();
      times.push_back(stride_s);
      stances.push_back(s.stance.value() / stride_s);
      if (s.double_support) doubles.push_back(s.double_support->value() / stride_s);
    }
    for (const engine::LoadStep& s : steps.steps) {
      if (s.side == side) landings.push_back((s.end - s.start).value());
    }
    add_means_of(d, stride_time, times, {.side = side});
    add_means_of(d, stance_share, stances, {.side = side, .primary = true});
    add_means_of(d, double_support_share, doubles, {.side = side});
    add_means_of(d, step_time, landings, {.side = side});
    if (!times.empty()) add_value(d, strides, static_cast<double>(times.size()), {.side = side});
  }
  if (steps.too_long > 0) {
    d.warnings.push_back({"strides_left_out",
                          std::to_string(steps.too_long) +
                              " strides of more than three seconds were taken as pauses and left out; if the "
                              "person walked so slowly, the times and the cadence are those of quicker ones.",
                          ""});
  }
  if (steps.steps.empty()) return;
  add_value(d, cadence, static_cast<double>(steps.steps.size()) / steps.walking_time.value(),
            {.primary = true});
  const auto* left = find_value(d, step_time, Side::left);
  const auto* right = find_value(d, step_time, Side::right);
  if (left != nullptr && right != nullptr) {
    const double mean = (left->value + right->value) / 2;
    add_value(d, step_time_asymmetry, std::abs(left->value - right->value) / mean);
  }
}

void add_force_plot(MeasurementDocument& d, const FeetLoad& feet, const LoadOptions& options,
                    double weight_n) {
  SignalPlot plot{"vertical_force", "s", "N", true, {}, {}, {}};
  for (const Side side : {Side::left, Side::right}) {
    const auto& forces = (side == Side::left ? feet.left : feet.right).force_n;
    const std::size_t step = 1 + forces.size() / (kPlotPoints / 2);
    PlotLine line{"vertical_force", side, {}, {}, true};
    for (std::size_t i = 0; i < forces.size(); i += step) {
      if (!forces[i]) continue;
      line.x.push_back(static_cast<double>(i) / feet.rate.value());
      line.y.push_back(*forces[i]);
    }
    if (!line.x.empty()) plot.lines.push_back(std::move(line));
  }
  if (options.limit_share) {
    const double end_s = static_cast<double>(feet.left.force_n.size()) / feet.rate.value();
    const double limit_n = *options.limit_share * weight_n;
    plot.lines.push_back({"weight_limit", std::nullopt, {0, end_s}, {limit_n, limit_n}});
  }
  d.plots.push_back(std::move(plot));
}

// The center of pressure under each foot, of the first contacts, around its mean.
void add_cop_plot(MeasurementDocument& d, const FeetLoad& feet, const WeightBearing& load) {
  constexpr std::size_t kMostContacts = 6;
  constexpr std::size_t kMostPoints = 150;
  for (const Side side : {Side::left, Side::right}) {
    const auto& cop = (side == Side::left ? feet.left : feet.right).cop;
    SignalPlot plot{"center_of_pressure_foot", "mm", "mm", false, {}, {}, {}};
    for (const LoadContact& c : (side == Side::left ? load.left : load.right).contacts) {
      if (!c.complete || !c.cop || plot.lines.size() == kMostContacts) continue;
      const auto begin = static_cast<std::size_t>(std::lround(c.start.value() * feet.rate.value()));
      const auto end = static_cast<std::size_t>(std::lround(c.end.value() * feet.rate.value()));
      PlotLine line{"center_of_pressure_foot", side, {}, {}};
      for (std::size_t i = begin; i < end; i += 1 + (end - begin) / kMostPoints) {
        if (!cop[i]) continue;
        line.x.push_back(cop[i]->ml_m * kMmPerMeter);
        line.y.push_back(cop[i]->ap_m * kMmPerMeter);
      }
      plot.lines.push_back(std::move(line));
    }
    if (!plot.lines.empty()) d.plots.push_back(std::move(plot));
  }
}

// The ground moves under a plate's treadmill, and the center of pressure with it.
bool goes_beyond_a_foot(const FootLoad& foot) {
  constexpr double kLongestFootM = 0.35;  // unsourced default
  std::vector<double> ways_m;
  for (const LoadContact& c : foot.contacts) {
    if (c.complete && c.cop) ways_m.push_back(c.cop->ap_range_m);
  }
  return !ways_m.empty() && engine::median(ways_m) > kLongestFootM;
}

void leave_centers_out(FootLoad& foot) {
  for (LoadContact& c : foot.contacts) c.cop.reset();
}

void warn_of_load(MeasurementDocument& d, const WeightBearing& load, const FeetLoad& feet) {
  constexpr double kEnoughMeasured = 0.9;  // unsourced default
  const bool both = !load.left.contacts.empty() && !load.right.contacts.empty();
  if (both && load.measured < kEnoughMeasured) {
    d.warnings.push_back({"part_of_recording", "In more than a tenth of the time one foot's load is missing.",
                          "Check the insoles' connection and batteries."});
  }
  constexpr double kFast = 50;  // of first peaks that last a tenth of a second. Unsourced default
  if (feet.rate.value() < kFast) {
    d.warnings.push_back({"slow_sampling",
                          "Below 50 samples a second peaks and loading rates come out too small.",
                          "Record at 100 Hz or more."});
  }
}

}  // namespace

void FeetLoad::align() {
  const std::size_t size = std::max(left.force_n.size(), right.force_n.size());
  for (FootLoadSamples* foot : {&left, &right}) {
    foot->force_n.resize(size);
    if (!foot->cop.empty()) foot->cop.resize(size);
  }
}

Result<MeasurementDocument> measure_load(const MeasurementInput& input, FeetLoad feet,
                                         const LoadOptions& options) {
  feet.align();
  const double weight_n = options.body_mass_kg * engine::kGravityMps2;
  engine::WeightBearingOptions bearing;
  bearing.body_weight_n = weight_n;
  bearing.limit_share = options.limit_share;
  auto load = engine::weight_bearing(feet.rate, feet.left.view(), feet.right.view(), bearing);
  if (!load) return tl::unexpected(load.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::gait,
      "Vertical forces under the feet; a contact counts from 5 % of the body's weight on.", input);
  d.not_measured = {"lengths and speed", "joint angles and moments", "weight that crutches or a rail bear"};
  if (goes_beyond_a_foot(load->left) || goes_beyond_a_foot(load->right)) {
    d.not_measured.emplace_back(
        "the center of pressure under the foot: it goes farther than a foot is long, as on a treadmill");
    leave_centers_out(load->left);
    leave_centers_out(load->right);
  }
  const EventTable contacts = contacts_of(*load, weight_n, options);
  for (const Side side : {Side::left, Side::right}) {
    const FootLoad& foot = side == Side::left ? load->left : load->right;
    add_contacts(d, contacts, side);
    add_value(d, weight_share, foot.mean_share, {.side = side, .primary = true});
    add_limit(d, foot, side, options);
  }
  add_steps(d, engine::load_steps(*load));
  warn_of_load(d, *load, feet);
  d.tables.push_back(contacts);
  add_force_plot(d, feet, options, weight_n);
  add_cop_plot(d, feet, *load);
  return d;
}

}  // namespace reprise::session
