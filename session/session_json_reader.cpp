// SPDX-License-Identifier: Apache-2.0
#include "session/session_json_reader.h"

#include <cmath>

namespace reprise::session {
namespace {

const nlohmann::json kNothing;  // null, for groups that are not there
constexpr int kMostCounted = 1'000'000'000;
constexpr double kLargest = 1e9;  // beyond any measurement; keeps conversions finite and exact

bool is_measurable(const nlohmann::json& json) {
  return json.is_number() && std::abs(json.get<double>()) <= kLargest;
}

}  // namespace

Reader::Reader(const Json& json, std::string path, std::optional<json::Problem>& problem)
    : json_(json.is_object() ? json : kNothing), path_(std::move(path)), problem_(problem) {
  if (!json.is_object()) complain(path_, json, "must be a group of fields in { }");
}

void Reader::complain(const std::string& path, const Json& found, std::string limit) {
  if (problem_) return;
  problem_ = json::Problem{"", path, json::shown(found), std::move(limit), ""};
}

void Reader::refuse(const char* key, const char* why) {
  const Json* json = json_.is_object() && json_.contains(key) ? &json_.at(key) : &kNothing;
  complain(json::child_path(path_, key), *json, why);
}

const nlohmann::json* Reader::at(const std::string& key) {
  known_.insert(key);
  if (!json_.is_object()) return nullptr;
  const auto found = json_.find(key);
  if (found != json_.end()) return &*found;
  if (!problem_) problem_ = json::Problem{"", json::child_path(path_, key), "nothing", "must be there", ""};
  return nullptr;
}

const nlohmann::json* Reader::list_at(const std::string& key) {
  const Json* json = at(key);
  if (json == nullptr || json->is_array()) return json;
  complain(json::child_path(path_, key), *json, "must be a list in [ ]");
  return nullptr;
}

void Reader::finish() {
  if (!json_.is_object() || problem_) return;
  for (const auto& item : json_.items()) {
    if (known_.count(item.key()) > 0) continue;
    complain(json::child_path(path_, item.key()), item.value(), "is a field that this version does not know");
    return;
  }
}

void Reader::schema(const char* key, std::string_view /*prefix*/, int /*version*/) {
  std::string ignored;  // checked before anything else was read
  text(key, ignored);
}

// The head of the file speaks of the source before the source itself is read.
bool Reader::simulated_ahead() const {
  if (!json_.is_object()) return false;
  const auto source = json_.find("source");
  return source != json_.end() && source->is_object() && source->value("kind", Json()) == Json("simulated");
}

void Reader::notice(const char* key, bool /*not read yet*/) {
  const Json* json = at(key);
  if (json == nullptr) return;
  if (simulated_ahead() ? *json != Json(kSimulatedNotice) : !json->is_null()) {
    refuse(key, "must be the notice of a simulated document, or null in all others");
  }
}

void Reader::derived(const char* key, bool value, const char* from) {
  if (std::string_view{from} == "source.kind") value = simulated_ahead();
  bool stated = false;
  flag(key, stated);
  if (stated != value) refuse(key, (std::string{"contradicts "} + from).c_str());
}

void Reader::text(const char* key, std::string& value) {
  const Json* json = at(key);
  if (json == nullptr) return;
  if (json->is_string()) {
    value = json->get<std::string>();
  } else {
    complain(json::child_path(path_, key), *json, "must be a text");
  }
}

void Reader::text_or_null(const char* key, std::string& value) {
  const Json* json = at(key);
  if (json == nullptr || json->is_null()) return;
  text(key, value);
  if (value.empty()) refuse(key, "must be null where there is no text");
}

void Reader::texts(const char* key, std::vector<std::string>& values) {
  const Json* json = list_at(key);
  for (std::size_t i = 0; json != nullptr && i < json->size(); ++i) {
    if ((*json)[i].is_string()) {
      values.push_back((*json)[i].get<std::string>());
    } else {
      complain(json::child_path(json::child_path(path_, key), i), (*json)[i], "must be a text");
    }
  }
}

void Reader::flag(const char* key, bool& value) {
  const Json* json = at(key);
  if (json == nullptr) return;
  if (json->is_boolean()) {
    value = json->get<bool>();
  } else {
    complain(json::child_path(path_, key), *json, "must be true or false");
  }
}

void Reader::count(const char* key, int& value) {
  const Json* json = at(key);
  if (json == nullptr) return;
  // A whole number beyond 64 bits is a float here, so it is refused as well.
  if (json->is_number_unsigned() && json->get<std::uint64_t>() <= std::uint64_t{kMostCounted}) {
    value = json->get<int>();
  } else {
    complain(json::child_path(path_, key), *json, "must be a whole number from 0");
  }
}

void Reader::count_or_null(const char* key, int& value) {
  const Json* json = at(key);
  if (json == nullptr || json->is_null()) return;
  count(key, value);
  if (value == 0) refuse(key, "must be null or more than 0");
}

bool Reader::read_number(const Json& json, const std::string& path, double& value) {
  if (is_measurable(json)) {
    value = json.get<double>();
    return true;
  }
  complain(path, json, "must be a number");
  return false;
}

void Reader::number(const std::string& key, double& value, int /*decimals*/) {
  if (const Json* json = at(key)) read_number(*json, json::child_path(path_, key), value);
}

void Reader::number(const std::string& key, std::optional<double>& value, int /*decimals*/) {
  const Json* json = at(key);
  if (json == nullptr || json->is_null()) return;
  double read = 0;
  if (read_number(*json, json::child_path(path_, key), read)) value = read;
}

void Reader::numbers(const char* key, std::vector<double>& values, int /*decimals*/) {
  const Json* json = list_at(key);
  for (std::size_t i = 0; json != nullptr && !problem_ && i < json->size(); ++i)
    read_number((*json)[i], json::child_path(json::child_path(path_, key), i), values.emplace_back());
}

void Reader::numbers(const char* key, std::vector<std::optional<double>>& values, int /*decimals*/) {
  const Json* json = list_at(key);
  for (std::size_t i = 0; json != nullptr && !problem_ && i < json->size(); ++i) {
    auto& value = values.emplace_back();
    if (!(*json)[i].is_null())
      read_number((*json)[i], json::child_path(json::child_path(path_, key), i), value.emplace());
  }
}

void Reader::seconds(const char* key, Seconds& value) {
  double read = 0;
  number(key, read, 3);
  value = Seconds{read};
}

void Reader::seconds(const char* key, std::optional<Seconds>& value) {
  std::optional<double> read;
  number(key, read, 3);
  if (read) value = Seconds{*read};
}

void Reader::hertz(const char* key, std::optional<Hertz>& value) {
  std::optional<double> read;
  number(key, read, 3);
  if (read) value = Hertz{*read};
}

void Reader::value(const char* key, engine::Measure measure, double& value) {
  number(with_unit(key, measure), value, 0);
  value = engine::from_degrees(measure, value);
}

void Reader::value(const char* key, engine::Measure measure, std::optional<double>& value) {
  number(with_unit(key, measure), value, 0);
  if (value) value = engine::from_degrees(measure, *value);
}

void Reader::speed(const char* key, engine::Measure measure, std::optional<double>& value) {
  number(with_speed_unit(key, measure), value, 0);
  if (value) value = engine::from_degrees(measure, *value);
}

void Reader::side(const char* key, std::optional<engine::Side>& side, bool sided) {
  const Json* json = at(key);
  if (json == nullptr || json->is_null()) return;
  const std::string path = json::child_path(path_, key);
  if (sided && *json == Json("both")) return;
  side = json->is_string() ? from_word<engine::Side>(json->get_ref<const std::string&>()) : std::nullopt;
  if (!side)
    complain(path, *json, sided ? "must be left, right, both or null" : "must be left, right or null");
}

void Reader::times(const char* key, std::vector<Seconds>& times) {
  const Json* json = list_at(key);
  for (std::size_t i = 0; json != nullptr && i < json->size(); ++i) {
    double time = 0;
    const std::string path = problem_ ? "" : json::child_path(json::child_path(path_, key), i);
    if (!read_number((*json)[i], path, time)) return;
    if (!times.empty() && time < times.back().value()) return complain(path, (*json)[i], "must not fall");
    times.emplace_back(time);
  }
}

void Reader::values(const char* key, engine::Measure measure, std::vector<std::optional<double>>& values,
                    std::size_t times) {
  const std::string with = with_unit(key, measure);
  const Json* json = list_at(with);
  if (json == nullptr) return;
  if (json->size() != times) {
    return complain(json::child_path(path_, with), *json,
                    "must have one value for each of the " + std::to_string(times) + " times in times_s");
  }
  values.reserve(times);
  for (std::size_t i = 0; i < json->size(); ++i) {
    const Json& one = (*json)[i];
    if (one.is_null()) {
      values.emplace_back();
      continue;
    }
    if (!is_measurable(one))
      return complain(json::child_path(json::child_path(path_, with), i), one, "must be a number or null");
    values.emplace_back(engine::from_degrees(measure, one.get<double>()));
  }
}

void Reader::visibility(const char* key, std::vector<LandmarkVisibility>& visibility) {
  group(key, [&](Reader& inner) {
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      const auto landmark = static_cast<engine::Landmark>(l);
      const std::string named{engine::name(landmark)};
      if (!inner.json_.contains(named)) continue;  // not every source knows every landmark
      double mean = 0;
      inner.number(named, mean, 3);
      visibility.push_back({landmark, mean});
    }
  });
}

void Reader::points(const char* key, engine::PerLandmark<Vec3<Camera>>& points) {
  group(key, [&](Reader& inner) {
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      const std::string named{engine::name(static_cast<engine::Landmark>(l))};
      const Json* json = inner.list_at(named);
      if (json == nullptr) return;
      const std::string path = json::child_path(inner.path_, named);
      if (json->size() != 3) return complain(path, *json, "must be x, y and z in meters");
      for (std::size_t k = 0; k < 3; ++k) {
        double one = 0;
        if (!read_number((*json)[k], path, one)) return;
        points[l].v[static_cast<Eigen::Index>(k)] = one;
      }
    }
  });
}

void Reader::shares(const char* key, engine::PerLandmark<double>& shares) {
  group(key, [&](Reader& inner) {
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      inner.number(std::string{engine::name(static_cast<engine::Landmark>(l))}, shares[l], 2);
    }
  });
}

}  // namespace reprise::session
