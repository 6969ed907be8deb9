// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest_names.h"
#include "json/strict_json.h"
#include "session/session_json_names.h"
#include "session/session_json_writer.h"

namespace reprise::session {

/// Reads the fields of one object. Strict: every field must be there, of its type, and no other. The first
/// problem found is kept; after it, reading goes on with empty values and means nothing.
class Reader {
 public:
  using Json = nlohmann::json;

  Reader(const Json& json, std::string path, std::optional<json::Problem>& problem);
  /// Call when all fields were read: any other field is a problem.
  void finish();

  void schema(const char* key, std::string_view prefix, int version);
  void notice(const char* key, bool simulated);
  void derived(const char* key, bool value, const char* from);
  void refuse(const char* key, const char* why);

  void text(const char* key, std::string& value);
  void text_or_null(const char* key, std::string& value);
  void texts(const char* key, std::vector<std::string>& values);
  void texts_if_any(const char* key, std::vector<std::string>& values) {
    if_there(key, [&] { texts(key, values); });
  }
  void flag(const char* key, bool& value);
  void count(const char* key, int& value);
  void count_or_null(const char* key, int& value);
  void number(const std::string& key, double& value, int decimals);
  void number(const std::string& key, std::optional<double>& value, int decimals);
  void numbers(const char* key, std::vector<double>& values, int decimals);
  void numbers(const char* key, std::vector<std::optional<double>>& values, int decimals);
  void seconds(const char* key, Seconds& value);
  void seconds(const char* key, std::optional<Seconds>& value);
  void hertz(const char* key, std::optional<Hertz>& value);
  void value(const char* key, engine::Measure measure, double& value);
  void value(const char* key, engine::Measure measure, std::optional<double>& value);
  void speed(const char* key, engine::Measure measure, std::optional<double>& value);
  void side(const char* key, std::optional<engine::Side>& side, bool sided);

  template <class Enum>
  void choice(const char* key, Enum& value) {
    if (const Json* json = at(key)) read_word(*json, json::child_path(path_, key), value);
  }
  template <class Enum>
  void choice(const char* key, std::optional<Enum>& value) {
    const Json* json = at(key);
    if (json == nullptr || json->is_null()) return;
    read_word(*json, json::child_path(path_, key), value.emplace());
  }
  template <class Enum>
  void choices(const char* key, std::vector<Enum>& values) {
    const Json* json = list_at(key);
    for (std::size_t i = 0; json != nullptr && i < json->size(); ++i) {
      read_word((*json)[i], json::child_path(json::child_path(path_, key), i), values.emplace_back());
    }
  }

  /// Fields that older documents of this version lack, `key` the first of them: read where it is there.
  template <class Fields>
  void if_there(const char* key, Fields&& fields) {
    if (json_.is_object() && json_.contains(key)) fields();
  }
  /// Fields that are written only where they say something.
  template <class Fields>
  void if_there(const char* key, bool /*there*/, Fields&& fields) {
    if_there(key, fields);
  }
  template <class Fields>
  void group(const char* key, Fields&& fields) {
    const Json* json = at(key);
    if (json == nullptr) return;
    Reader inner{*json, json::child_path(path_, key), problem_};
    fields(inner);
    inner.finish();
  }
  template <class T, class Fields>
  void group_or_null(const char* key, std::optional<T>& value, Fields&& fields) {
    const Json* json = at(key);
    if (json == nullptr || json->is_null()) return;
    T& inside = value.emplace(T{});
    group(key, [&](Reader& inner) { fields(inner, inside); });
  }
  template <class Fields>
  void group_or_null(const char* key, bool /*there*/, Fields&& fields) {
    const Json* json = at(key);
    if (json != nullptr && !json->is_null()) group(key, fields);
  }
  template <class T, class Fields>
  void list(const char* key, std::vector<T>& items, Fields&& fields) {
    const Json* json = list_at(key);
    for (std::size_t i = 0; json != nullptr && !problem_ && i < json->size(); ++i) {
      Reader inner{(*json)[i], json::child_path(json::child_path(path_, key), i), problem_};
      fields(inner, items.emplace_back(T{}));
      inner.finish();
    }
  }
  template <class T, class Fields>
  void list_or_null(const char* key, bool /*there*/, std::vector<T>& items, Fields&& fields) {
    const Json* json = at(key);
    if (json != nullptr && !json->is_null()) list(key, items, fields);
  }

  void times(const char* key, std::vector<Seconds>& times);
  void values(const char* key, engine::Measure measure, std::vector<std::optional<double>>& values,
              std::size_t times);
  void visibility(const char* key, std::vector<LandmarkVisibility>& visibility);
  void points(const char* key, engine::PerLandmark<Vec3<Camera>>& points);
  void shares(const char* key, engine::PerLandmark<double>& shares);

 private:
  template <class Enum>
  void read_word(const Json& json, const std::string& path, Enum& value) {
    const auto known = json.is_string() ? from_word<Enum>(json.get_ref<const std::string&>()) : std::nullopt;
    if (known) {
      value = *known;
    } else {
      complain(path, json, "must be " + any_of(all_words<Enum>()));
    }
  }

  [[nodiscard]] bool simulated_ahead() const;
  /// The value of a field; null where it is missing, which is a problem.
  const Json* at(const std::string& key);
  const Json* list_at(const std::string& key);
  void complain(const std::string& path, const Json& found, std::string limit);
  bool read_number(const Json& json, const std::string& path, double& value);

  const Json& json_;
  std::string path_;
  std::optional<json::Problem>& problem_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace reprise::session
