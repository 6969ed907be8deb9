// SPDX-License-Identifier: Apache-2.0
#include "session/session_json_writer.h"

#include <algorithm>
#include <cmath>

namespace reprise::session {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kColumns = 110;

double rounded(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  const double scaled = std::round(value * scale);
  if (!std::isfinite(scaled)) return value;
  return scaled == 0 ? 0.0 : scaled / scale;  // no -0
}

int decimals_of(engine::Measure measure) {
  return engine::is_angle(measure) ? 2 : 3;
}

std::string plain(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void lay_out(const Json& value, std::size_t indent, std::string& out);

void lay_out_plain_list(const Json& list, std::size_t indent, std::string& out) {
  std::string all;
  std::size_t line_begin = 0;
  bool wrapped = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string item = plain(list[i]);
    if (i > 0) {
      all += ',';
      if (all.size() - line_begin + item.size() + indent + 2 > kColumns) {
        all += '\n';
        line_begin = all.size();
        all.append(indent + 2, ' ');
        wrapped = true;
      } else {
        all += ' ';
      }
    }
    all += item;
  }
  if (!wrapped) {
    out += '[' + all + ']';
    return;
  }
  out += "[\n" + std::string(indent + 2, ' ') + all + '\n' + std::string(indent, ' ') + ']';
}

template <class Each>
void lay_out_block(char open, char close, std::size_t size, std::size_t indent, std::string& out,
                   Each&& each) {
  out += open;
  for (std::size_t i = 0; i < size; ++i) {
    out += i > 0 ? ",\n" : "\n";
    out.append(indent + 2, ' ');
    each(i);
  }
  if (size > 0) out += '\n' + std::string(indent, ' ');
  out += close;
}

void lay_out(const Json& value, std::size_t indent, std::string& out) {
  if (value.is_object()) {
    auto item = value.begin();
    lay_out_block('{', '}', value.size(), indent, out, [&](std::size_t) {
      out += plain(Json(item.key())) + ": ";
      lay_out(item.value(), indent + 2, out);
      ++item;
    });
  } else if (value.is_array() &&
             !std::all_of(value.begin(), value.end(), [](const Json& v) { return v.is_primitive(); })) {
    lay_out_block('[', ']', value.size(), indent, out,
                  [&](std::size_t i) { lay_out(value[i], indent + 2, out); });
  } else if (value.is_array()) {
    lay_out_plain_list(value, indent, out);
  } else {
    out += plain(value);
  }
}

}  // namespace

std::string with_unit(std::string_view key, engine::Measure measure) {
  return std::string{key} + (engine::is_angle(measure) ? "_deg" : "");
}

std::string with_speed_unit(std::string_view key, engine::Measure measure) {
  return std::string{key} + (engine::is_angle(measure) ? "_deg_s" : "_per_s");
}

void Writer::schema(const char* key, std::string_view prefix, int version) {
  json_[key] = std::string{prefix} + std::to_string(version);
}

void Writer::notice(const char* key, bool simulated) {
  json_[key] = simulated ? Json(kSimulatedNotice) : Json(nullptr);
}

void Writer::refuse(const char* key, const char* why) {
  if (!problem_) problem_ = path_ + '/' + key + ": " + why;
}

void Writer::text_or_null(const char* key, const std::string& value) {
  json_[key] = value.empty() ? Json(nullptr) : Json(value);
}

void Writer::count_or_null(const char* key, int value) {
  json_[key] = value > 0 ? Json(value) : Json(nullptr);
}

void Writer::number(const std::string& key, double value, int decimals) {
  if (!std::isfinite(value)) refuse(key.c_str(), "is not a finite number");
  json_[key] = rounded(value, decimals);
}

void Writer::number(const std::string& key, const std::optional<double>& value, int decimals) {
  json_[key] = nullptr;
  if (value) number(key, *value, decimals);
}

void Writer::numbers(const char* key, const std::vector<double>& values, int decimals) {
  Json out = Json::array();
  for (const double value : values) {
    if (!std::isfinite(value)) refuse(key, "has a value that is not a finite number");
    out.push_back(rounded(value, decimals));
  }
  json_[key] = std::move(out);
}

void Writer::numbers(const char* key, const std::vector<std::optional<double>>& values, int decimals) {
  Json out = Json::array();
  for (const auto& value : values)
    out.push_back(value && std::isfinite(*value) ? Json(rounded(*value, decimals)) : Json(nullptr));
  json_[key] = std::move(out);
}

void Writer::seconds(const char* key, const std::optional<Seconds>& value) {
  number(key, value ? std::optional{value->value()} : std::nullopt, 3);
}

void Writer::hertz(const char* key, const std::optional<Hertz>& value) {
  number(key, value ? std::optional{value->value()} : std::nullopt, 3);
}

void Writer::value(const char* key, engine::Measure measure, double value) {
  number(with_unit(key, measure), engine::in_degrees(measure, value), decimals_of(measure));
}

void Writer::value(const char* key, engine::Measure measure, const std::optional<double>& value) {
  number(with_unit(key, measure), value ? std::optional{engine::in_degrees(measure, *value)} : std::nullopt,
         decimals_of(measure));
}

void Writer::speed(const char* key, engine::Measure measure, const std::optional<double>& value) {
  number(with_speed_unit(key, measure),
         value ? std::optional{engine::in_degrees(measure, *value)} : std::nullopt,
         engine::is_angle(measure) ? 1 : 3);
}

void Writer::side(const char* key, const std::optional<engine::Side>& side, bool sided) {
  if (side) {
    json_[key] = word(*side);
  } else {
    json_[key] = sided ? Json("both") : Json(nullptr);
  }
}

void Writer::times(const char* key, const std::vector<Seconds>& times) {
  std::vector<double> seconds;
  seconds.reserve(times.size());
  for (const Seconds time : times) seconds.push_back(time.value());
  numbers(key, seconds, 3);
}

void Writer::values(const char* key, engine::Measure measure,
                    const std::vector<std::optional<double>>& values, std::size_t times) {
  const std::string with = with_unit(key, measure);
  if (values.size() != times) refuse(with.c_str(), "has another number of values than times_s");
  Json out = Json::array();
  for (const auto& value : values) {
    const bool there = value && std::isfinite(*value);
    out.push_back(there ? Json(rounded(engine::in_degrees(measure, *value), decimals_of(measure)))
                        : Json(nullptr));
  }
  json_[with] = std::move(out);
}

void Writer::visibility(const char* key, const std::vector<LandmarkVisibility>& visibility) {
  group(key, [&](Writer& inner) {
    for (const LandmarkVisibility& v : visibility)
      inner.number(std::string{engine::name(v.landmark)}, v.mean, 3);
  });
}

void Writer::points(const char* key, const engine::PerLandmark<Vec3<Camera>>& points) {
  Json out = Json::object();
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const auto& p = points[l].v;
    if (!p.allFinite()) refuse(key, "has a value that is not a finite number");
    out[std::string{engine::name(static_cast<engine::Landmark>(l))}] = {rounded(p.x(), 3), rounded(p.y(), 3),
                                                                        rounded(p.z(), 3)};
  }
  json_[key] = std::move(out);
}

void Writer::shares(const char* key, const engine::PerLandmark<double>& shares) {
  group(key, [&](Writer& inner) {
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      inner.number(std::string{engine::name(static_cast<engine::Landmark>(l))}, shares[l], 2);
    }
  });
}

std::string laid_out(const nlohmann::ordered_json& json) {
  std::string out;
  lay_out(json, 0, out);
  return out += '\n';
}

}  // namespace reprise::session
