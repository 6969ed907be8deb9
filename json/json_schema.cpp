// SPDX-License-Identifier: Apache-2.0
#include "json/json_schema.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <regex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/nearest_names.h"
#include "json/strict_json.h"

namespace reprise::json {
namespace {

using Steps = std::vector<std::string>;
using Problems = std::vector<Problem>;

const nlohmann::json& behind_ref(const nlohmann::json& root, const nlohmann::json& schema) {
  if (!schema.contains("$ref")) return schema;
  const auto ref = schema.at("$ref").get<std::string>();  // "#/definitions/name"
  return behind_ref(root, root.at(nlohmann::json::json_pointer(ref.substr(1))));
}

// The required constant field by which an alternative of a oneOf is known, such as its "kind"; empty if it
// has none.
std::string discriminator(const nlohmann::json& alternative) {
  for (const nlohmann::json& name : alternative.value("required", nlohmann::json::array())) {
    const nlohmann::json& field =
        alternative.at("properties").value(name.get<std::string>(), nlohmann::json());
    if (field.contains("const")) return name.get<std::string>();
  }
  return {};
}

// Follows references, and of a oneOf the alternative whose discriminator `value` has.
const nlohmann::json& resolved(const nlohmann::json& root, const nlohmann::json& schema,
                               const nlohmann::json& value) {
  const nlohmann::json& here = behind_ref(root, schema);
  if (!here.contains("oneOf") || !value.is_object()) return here;
  for (const nlohmann::json& one : here.at("oneOf")) {
    const nlohmann::json& alternative = behind_ref(root, one);
    const std::string field = discriminator(alternative);
    if (!field.empty() && value.contains(field) &&
        value.at(field) == alternative.at("properties").at(field).at("const")) {
      return alternative;
    }
  }
  return here;
}

// The part of the schema that a field or item of `schema` must satisfy; null where the schema has none.
const nlohmann::json* below(const nlohmann::json& schema, const nlohmann::json& parent,
                            const std::string& step) {
  if (parent.is_array()) return schema.contains("items") ? &schema.at("items") : nullptr;
  if (schema.contains("properties") && schema.at("properties").contains(step)) {
    return &schema.at("properties").at(step);
  }
  if (schema.contains("additionalProperties") && schema.at("additionalProperties").is_object()) {
    return &schema.at("additionalProperties");
  }
  return nullptr;
}

const nlohmann::json* value_below(const nlohmann::json& parent, const std::string& step) {
  if (parent.is_object() && parent.contains(step)) return &parent.at(step);
  if (parent.is_array()) {
    const auto index = static_cast<std::size_t>(std::strtoul(step.c_str(), nullptr, 10));
    if (index < parent.size()) return &parent.at(index);
  }
  return nullptr;
}

std::string description(const nlohmann::json& schema) {
  return schema.value("description", std::string{});
}

std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text.empty() ? text : text + '.';
}

bool has_type(const nlohmann::json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  return true;
}

std::string plain_type(const std::string& type) {
  static const std::map<std::string, std::string> kWords = {
      {"object", "a group of fields in { }"}, {"array", "a list in [ ]"},
      {"string", "a text in quotes"},         {"boolean", "true or false, without quotes"},
      {"number", "a number, without quotes"}, {"integer", "a whole number, without quotes"}};
  const auto found = kWords.find(type);
  return found == kWords.end() ? type : found->second;
}

// Explains what one value alone breaks (not what its parts break).
class Explainer {
 public:
  Explainer(const nlohmann::json& value, const nlohmann::json& schema, std::string path,
            const std::string& file, const nlohmann::json& root)
      : value_(value), schema_(schema), path_(std::move(path)), file_(file), root_(root) {}

  Problems explain() {
    if (schema_.contains("type") && !has_type(value_, schema_.at("type").get<std::string>())) {
      add("must be " + plain_type(schema_.at("type").get<std::string>()), sentence(description(schema_)));
      return problems_;
    }
    if (schema_.contains("oneOf")) explain_alternatives();
    explain_enum();
    if (value_.is_string()) explain_text();
    if (value_.is_number()) explain_number();
    if (value_.is_array()) explain_list();
    if (value_.is_object()) explain_fields();
    return problems_;
  }

 private:
  void add(std::string limit, std::string remedy) {
    problems_.push_back({file_, path_, shown(value_), std::move(limit), std::move(remedy)});
  }

  [[nodiscard]] std::optional<double> bound(const char* keyword) const {
    if (!schema_.contains(keyword)) return std::nullopt;
    return schema_.at(keyword).get<double>();
  }

  void explain_enum() {
    if (schema_.contains("enum")) explain_choice(value_, path_, schema_.at("enum"), description(schema_));
    if (schema_.contains("const"))
      explain_choice(value_, path_, nlohmann::json::array({schema_.at("const")}), description(schema_));
  }

  void explain_choice(const nlohmann::json& value, const std::string& path, const nlohmann::json& allowed,
                      const std::string& about) {
    if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return;
    std::vector<std::string> names;
    for (const nlohmann::json& one : allowed)
      names.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    const std::string near = value.is_string() ? did_you_mean(value.get<std::string>(), names) : "";
    problems_.push_back({file_, path, value.is_null() ? "nothing" : shown(value), "must be " + any_of(names),
                         near.empty() ? sentence(about) : near});
  }

  // No alternative has the value's discriminator.
  void explain_alternatives() {
    if (!value_.is_object()) return add("must be " + plain_type("object"), sentence(description(schema_)));
    nlohmann::json allowed = nlohmann::json::array();
    std::string field;
    for (const nlohmann::json& one : schema_.at("oneOf")) {
      const nlohmann::json& alternative = behind_ref(root_, one);
      field = discriminator(alternative);
      if (field.empty()) return;
      allowed.push_back(alternative.at("properties").at(field).at("const"));
    }
    explain_choice(value_.value(field, nlohmann::json()), child_path(path_, field), allowed,
                   "it decides which other fields belong here");
  }

  void explain_text() {
    const auto& text = value_.get_ref<const std::string&>();
    // valijson counts code points; so do we: all bytes but continuation bytes.
    const auto length = static_cast<double>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    if (const auto min = bound("minLength"); min && length < *min) {
      add(*min == 1 ? "must not be empty" : "must have at least " + shown(*min) + " characters",
          "Write " + description(schema_) + ".");
    }
    if (const auto max = bound("maxLength"); max && length > *max) {
      add("must have at most " + shown(*max) + " characters, and has " + shown(length), "Shorten it.");
    }
    const auto has = [&](const nlohmann::json& schema) {
      return std::regex_search(text, std::regex(schema.at("pattern").get<std::string>()));
    };
    const bool misses = schema_.contains("pattern") && !has(schema_);
    if (misses ||
        (schema_.contains("not") && schema_.at("not").contains("pattern") && has(schema_.at("not"))))
      add("must be " + description(schema_), "Write it that way.");
  }

  void explain_number() {
    const double number = value_.get<double>();
    const auto min = bound("minimum");
    const auto max = bound("maximum");
    if (const auto above = bound("exclusiveMinimum"); above && number <= *above)
      return add("must be above " + shown(*above), sentence(description(schema_)));
    if ((!min || number >= *min) && (!max || number <= *max)) return;
    std::string limit = "must be at ";
    if (min && max) {
      limit = "must be from " + shown(*min) + " to " + shown(*max);
    } else {
      limit += min ? "least " + shown(*min) : "most " + shown(*max);
    }
    add(limit, sentence(description(schema_)));
  }

  void explain_list() {
    const auto size = static_cast<double>(value_.size());
    if (const auto min = bound("minItems"); min && size < *min) {
      add("must have at least " + shown(*min) + (*min == 1 ? " entry" : " entries"),
          "Add " + description(schema_) + ".");
    }
    if (const auto max = bound("maxItems"); max && size > *max) {
      add("must have at most " + shown(*max) + " entries", "Remove some.");
    }
    if (!schema_.value("uniqueItems", false)) return;
    for (std::size_t i = 0; i < value_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (value_[i] != value_[j]) continue;
        problems_.push_back({file_, child_path(path_, i), shown(value_[i]) + " a second time",
                             "each entry may stand in this list only once", "Remove one of the two."});
        break;
      }
    }
  }

  void explain_fields() {
    if (const auto min = bound("minProperties"); min && static_cast<double>(value_.size()) < *min) {
      add("must not be empty", "Write " + description(schema_) + ".");
    }
    const nlohmann::json properties = schema_.value("properties", nlohmann::json::object());
    for (const nlohmann::json& wanted : schema_.value("required", nlohmann::json::array())) {
      const auto name = wanted.get<std::string>();
      if (value_.contains(name)) continue;
      const std::string about =
          properties.contains(name) ? description(behind_ref(root_, properties.at(name))) : "";
      problems_.push_back(
          {file_, child_path(path_, name), "nothing", "must be there", "Add it: " + about + "."});
    }
    if (!schema_.contains("additionalProperties") ||
        schema_.at("additionalProperties") != nlohmann::json(false))
      return;
    std::vector<std::string> known;
    for (const auto& item : properties.items()) known.push_back(item.key());
    for (const auto& item : value_.items()) {
      if (properties.contains(item.key())) continue;
      const std::string near = did_you_mean(item.key(), known);
      problems_.push_back({file_, child_path(path_, item.key()), "a field that is not known here",
                           "only known fields are read",
                           near.empty() ? "Remove it; known here: " + any_of(known) + "." : near});
    }
  }

  const nlohmann::json& value_;
  const nlohmann::json& schema_;
  std::string path_;
  const std::string& file_;
  const nlohmann::json& root_;
  Problems problems_;
};

Steps steps_of(const std::vector<std::string>& context) {
  Steps steps;  // "<root>", "[form]", "[0]"
  for (std::size_t i = 1; i < context.size(); ++i) {
    const std::string& part = context[i];
    steps.push_back(part.size() >= 2 ? part.substr(1, part.size() - 2) : part);
  }
  return steps;
}

bool starts_with(const Steps& longer, const Steps& shorter) {
  return longer.size() > shorter.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

}  // namespace

struct Schema::Impl {
  nlohmann::json root;
  valijson::Schema compiled;

  [[nodiscard]] Problems explain(const nlohmann::json& document, const Steps& steps,
                                 const std::string& file) const {
    const nlohmann::json* value = &document;
    const nlohmann::json* schema = &resolved(root, root, document);
    std::string path;
    for (const std::string& step : steps) {
      schema = below(*schema, *value, step);
      value = value_below(*value, step);
      if (schema == nullptr || value == nullptr) return {};
      schema = &resolved(root, *schema, *value);
      path = child_path(path, step);
    }
    return Explainer(*value, *schema, path, file, root).explain();
  }
};

Schema::Schema(std::string_view text) : impl_(std::make_unique<Impl>()) {
  impl_->root = nlohmann::json::parse(text.begin(), text.end());
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(impl_->root), impl_->compiled);
}

Schema::~Schema() = default;

Problems Schema::check(const nlohmann::json& document, const std::string& file) const {
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(impl_->compiled, valijson::adapters::NlohmannJsonAdapter(document), &results)) {
    return {};
  }
  std::map<Steps, std::string>
      failures;  // where, with valijson's own words; sorted: a parent before its parts
  for (const auto& error : results) failures.emplace(steps_of(error.context), error.description);
  Problems problems;
  for (const auto& [steps, words] : failures) {
    Problems here = impl_->explain(document, steps, file);
    problems.insert(problems.end(), here.begin(), here.end());
  }
  if (!problems.empty()) return problems;
  for (auto failure = failures.begin(); failure != failures.end(); ++failure) {
    const auto next = std::next(failure);
    if (next != failures.end() && starts_with(next->first, failure->first)) continue;  // its parts fail
    std::string path;
    for (const std::string& step : failure->first) path = child_path(path, step);
    problems.push_back(
        {file, path, "a value that does not fit", failure->second, "See docs/reference/catalog.md."});
  }
  return problems;
}

}  // namespace reprise::json
