// SPDX-License-Identifier: Apache-2.0
#include "wasm/measured_result.h"

#include <cmath>

#include "json/write.h"
#include "session/measurements/measurement_json.h"

namespace reprise::wasm {
namespace {

using json::Json;

Json values_of(const session::MeasurementDocument& document) {
  Json values = Json::array();
  for (const session::MeasuredValue& value : document.values) {
    const session::SignalMeasureInfo& facts = session::info(value.measure);
    const double scale = std::pow(10.0, facts.decimals);
    const auto shown = [&](double number) { return std::round(number * facts.factor * scale) / scale; };
    values.push_back(
        {{"measure", facts.name},
         {"value", shown(value.value)},
         {"unit", facts.unit},
         {"uncertainty", value.uncertainty ? Json(shown(*value.uncertainty)) : Json(nullptr)},
         {"spread", value.spread ? Json(shown(*value.spread)) : Json(nullptr)},
         {"count", value.count},
         {"primary", value.primary},
         {"part", json::or_null(value.part)},
         {"side", value.side ? Json(*value.side == Side::left ? "left" : "right") : Json(nullptr)}});
    if (!value.reference) continue;
    const session::Reference& held = *value.reference;
    const auto or_none = [&](const std::optional<double>& number) {
      return number ? Json(shown(*number)) : Json(nullptr);
    };
    values.back()["reference"] = {
        {"low", or_none(held.low)},
        {"high", or_none(held.high)},
        {"mean", or_none(held.mean)},
        {"against",
         session::kAgainstReferenceNames[static_cast<std::size_t>(*session::against_reference(value))]},
        {"population", held.population},
        {"source", held.source}};
  }
  return values;
}

Json findings_of(const session::MeasurementDocument& document) {
  Json list = Json::array();
  for (const session::Finding& f : document.findings)
    list.push_back({{"text", f.text}, {"evidence", f.evidence}, {"limit", f.limit}, {"certain", f.certain}});
  return list;
}

}  // namespace

Json warnings_json(const std::vector<session::Warning>& warnings) {
  Json list = Json::array();
  for (const session::Warning& w : warnings)
    list.push_back({{"code", w.code}, {"text", w.text}, {"remedy", json::or_null(w.remedy)}});
  return list;
}

Result<Json> measured_result(const session::MeasurementDocument& document) {
  auto text = session::to_measurement_json(document);
  if (!text) return tl::unexpected(text.error());
  return Json{{"document", std::move(*text)},
              {"values", values_of(document)},
              {"findings", findings_of(document)},
              {"notMeasured", document.not_measured},
              {"warnings", warnings_json(document.warnings)}};
}

Result<std::string> measured_result_text(const session::MeasurementDocument& document) {
  const auto result = measured_result(document);
  if (!result) return tl::unexpected(result.error());
  return json::write(*result);
}

}  // namespace reprise::wasm
