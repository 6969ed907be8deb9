// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/scale_setup.h"

#include <cmath>

#include "base/markup.h"
#include "base/text.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/setup_parts.h"
#include "sensing/opensim/xml_edits.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

namespace fs = std::filesystem;

bool is_scale_tool(std::string_view name) {
  return name == "ScaleTool";
}
bool is_measurement_set(std::string_view name) {
  return name == "MeasurementSet";
}
bool is_scale_set(std::string_view name) {
  return name == "ScaleSet";
}

tl::unexpected<Error> corrupt_setup(std::string cause, const char* remedy) {
  return fail(ErrorCode::corrupt, kReadingSetup, std::move(cause), remedy);
}

std::string in_quotes(std::string_view text) {
  return "'" + shown(text) + "'";
}

/// The range; all times if it is the tool's default, -1 -1.
Result<TimeRange> scale_range_of(const XmlElement& tool) {
  const auto words = words_of(tool.text_of("time_range"));
  if (words.size() == 2 && parse_number(words[0]) == -1 && parse_number(words[1]) == -1) return TimeRange{};
  return range_of(tool);
}

Result<ScaleMeasurement> parse_measurement(const XmlElement& element) {
  ScaleMeasurement out{.name = name_of(element)};
  for (const XmlElement& pair : objects_of(element, "MarkerPairSet")) {
    if (pair.name != "MarkerPair") continue;
    const auto names = words_of(pair.text_of("markers"));
    if (names.size() != 2 || names[0] == names[1]) {
      return corrupt_setup(
          "the measurement " + in_quotes(out.name) + " has a pair " + in_quotes(pair.text_of("markers")),
          "name two markers in each MarkerPair");
    }
    out.pairs.emplace_back(names[0], names[1]);
  }
  for (const XmlElement& body : objects_of(element, "BodyScaleSet")) {
    if (body.name != "BodyScale") continue;
    ScaleMeasurement::ScaledAxes scaled{.body = name_of(body)};
    for (const std::string& axis : words_of(body.text_of("axes"))) {
      const std::size_t k = same_word(axis, "x")   ? 0
                            : same_word(axis, "y") ? 1
                            : same_word(axis, "z") ? 2
                                                   : 3;
      if (k == 3)
        return corrupt_setup("the measurement " + in_quotes(out.name) + " scales an axis " + in_quotes(axis),
                             "use X, Y and Z");
      scaled.axes[k] = true;
    }
    out.bodies.push_back(std::move(scaled));
  }
  if (out.pairs.empty() || out.bodies.empty()) {
    return corrupt_setup("the measurement " + in_quotes(out.name) +
                             (out.pairs.empty() ? " has no pair of markers" : " scales no body"),
                         "complete the measurement, or set its apply to false");
  }
  return out;
}

Result<void> read_measurements(const XmlElement& set, ScaleSetup& setup) {
  const XmlElement* objects = set.child("objects");
  for (const XmlElement& element : (objects == nullptr ? set : *objects).children) {
    if (element.name != "Measurement") continue;
    const auto applies = flag_or(element, "apply", true);
    if (!applies) return tl::unexpected(applies.error());
    if (!*applies) continue;
    auto measurement = parse_measurement(element);
    if (!measurement) return tl::unexpected(measurement.error());
    setup.measurements.push_back(std::move(*measurement));
  }
  return {};
}

Result<void> read_scales(const XmlElement& set, ScaleSetup& setup) {
  const XmlElement* objects = set.child("objects");
  for (const XmlElement& element : (objects == nullptr ? set : *objects).children) {
    if (element.name != "Scale") continue;
    const auto applies = flag_or(element, "apply", true);
    if (!applies) return tl::unexpected(applies.error());
    if (!*applies) continue;
    const auto factors = vector_or_zero(element, "scales");
    if (!factors) return tl::unexpected(factors.error());
    ManualScale scale{std::string{element.text_of("segment")}, *factors};
    if (scale.body.empty() || !(factors->minCoeff() > 0)) {
      return corrupt_setup(
          "a Scale of the body " + in_quotes(scale.body) + " has scales '" + vector_text(*factors) + "'",
          "name a segment, and give three factors above 0");
    }
    setup.manual.push_back(std::move(scale));
  }
  return {};
}

/// A set in the setup, or in a file that it names, which goes to `file`.
Result<void> read_set(const XmlElement& tool, const char* name, bool (*wanted)(std::string_view),
                      const fs::path& folder, Result<void> (*read)(const XmlElement&, ScaleSetup&),
                      fs::path& file, ScaleSetup& setup) {
  const XmlElement* set = tool.child(name);
  if (set == nullptr) return {};
  file = path_in(folder, set->attribute("file"));
  if (file.empty()) return read(*set, setup);
  const auto text = read_file(file, kMaxSetupBytes, kReadingSetup);
  if (!text) return tl::unexpected(text.error());
  const auto found = element_of(*text, wanted, name);
  if (!found) return tl::unexpected(error_in_file(found.error(), file));
  if (auto ok = read(*found, setup); !ok) return tl::unexpected(error_in_file(ok.error(), file));
  return {};
}

Result<void> read_scaler(const XmlElement& scaler, const fs::path& folder, ScaleSetup& setup) {
  const auto applies = flag_or(scaler, "apply", true);
  if (!applies) return tl::unexpected(applies.error());
  setup.scales = *applies;
  if (!*applies) return {};
  for (const std::string& word : words_of(scaler.text_of("scaling_order"))) {
    const bool measured = same_word(word, "measurements");
    if (!measured && !same_word(word, "manualScale"))
      return corrupt_setup("scaling_order has " + in_quotes(word), "use measurements and manualScale");
    if (setup.order.size() == 2)
      return corrupt_setup("scaling_order has more than two steps", "name measurements and manualScale once");
    setup.order.push_back(measured ? ScaleSetup::Step::measurements : ScaleSetup::Step::manual);
  }
  if (auto ok = read_set(scaler, "MeasurementSet", is_measurement_set, folder, read_measurements,
                         setup.measurement_set, setup);
      !ok)
    return ok;
  if (auto ok = read_set(scaler, "ScaleSet", is_scale_set, folder, read_scales, setup.scale_set, setup); !ok)
    return ok;
  setup.markers = path_of(scaler, "marker_file", folder);
  const auto range = scale_range_of(scaler);
  if (!range) return tl::unexpected(range.error());
  setup.range = *range;
  const auto shares = flag_or(scaler, "preserve_mass_distribution", false);
  if (!shares) return tl::unexpected(shares.error());
  setup.keep_mass_shares = *shares;
  setup.scaled_output = output_of(scaler, "output_model_file", folder, ".osim");
  setup.factors_output = output_of(scaler, "output_scale_file", folder, ".xml");
  return {};
}

Result<void> read_placer(const XmlElement& placer, const fs::path& folder, ScaleSetup& setup) {
  const auto applies = flag_or(placer, "apply", true);
  if (!applies) return tl::unexpected(applies.error());
  setup.places = *applies;
  if (!*applies) return {};
  const auto moves = flag_or(placer, "move_model_markers", true);
  if (!moves) return tl::unexpected(moves.error());
  setup.moves_markers = *moves;
  setup.placement.markers = path_of(placer, "marker_file", folder);
  if (auto ok = require(setup.placement.markers, "marker_file of MarkerPlacer"); !ok) return ok;
  setup.placement.coordinates = path_of(placer, "coordinate_file", folder);
  setup.placement.output = output_of(placer, "output_motion_file", folder, ".mot");
  const auto range = scale_range_of(placer);
  if (!range) return tl::unexpected(range.error());
  setup.placement.range = *range;
  setup.output = output_of(placer, "output_model_file", folder, ".osim");
  return read_task_set(placer, folder, setup.placement);
}

}  // namespace

Result<ScaleSetup> parse_scale_setup(std::string_view text, const fs::path& folder) {
  const auto tool = element_of(text, is_scale_tool, "ScaleTool");
  if (!tool) return tl::unexpected(tool.error());
  ScaleSetup setup;
  const auto mass = number_or(*tool, "mass", -1);
  if (!mass) return tl::unexpected(mass.error());
  if (*mass == 0)
    return corrupt_setup("mass is 0 kg", "give the person's mass in kilograms, or -1 to keep the model's");
  if (*mass > 0) setup.mass_kg = *mass;
  if (const XmlElement* maker = tool->child("GenericModelMaker"); maker != nullptr) {
    setup.model = path_of(*maker, "model_file", folder);
    setup.marker_set = path_of(*maker, "marker_set_file", folder);
  }
  const XmlElement* scaler = tool->child("ModelScaler");
  setup.scales = scaler != nullptr;
  if (scaler != nullptr) {
    if (auto ok = read_scaler(*scaler, folder, setup); !ok) return tl::unexpected(ok.error());
  }
  if (const XmlElement* placer = tool->child("MarkerPlacer"); placer != nullptr) {
    if (auto ok = read_placer(*placer, folder, setup); !ok) return tl::unexpected(ok.error());
  }
  return setup;
}

Result<ScaleSetup> read_scale_setup(const fs::path& path) {
  return read_setup(path, &parse_scale_setup);
}

std::string to_scale_set(const std::vector<ManualScale>& factors) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSimDocument Version=\"40000\">\n<ScaleSet "
      "name=\"ScaleSet\">"
      "<objects>\n";
  for (const ManualScale& scale : factors) {
    out += "<Scale><scales>" + vector_text(scale.factors) + "</scales><segment>" +
           markup_escaped(scale.body) + "</segment><apply>true</apply></Scale>\n";
  }
  return out + "</objects></ScaleSet>\n</OpenSimDocument>\n";
}

}  // namespace reprise::sensing
