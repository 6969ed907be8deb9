// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/resource.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fhir/model/element_path.h"

namespace reprise::fhir {
namespace {

constexpr const char* kReadingResource = "reading a resource";
constexpr std::size_t kLongestPlace = 200;

std::string line_and_column(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// Builds the value while the parser goes by, and stops at the first thing that must not be. Fields are
// appended without a search through those before, which would take forever for a group with a million of
// them.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Builder(std::string_view text, const ParseOptions& options) : text_(text), options_(options) {}

  bool null() override { return add(Json(nullptr)); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(number_integer_t value) override { return add(Json(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(Json(value)); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return add(Json(value)); }
  bool string(string_t& value) override { return add(Json(std::move(value))); }
  bool binary(binary_t& /*value*/) override { return false; }  // JSON has none
  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    const auto& fields = open_.back()->get_ref<Json::object_t&>();
    if (std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; })) {
      return refuse(
          place() + (may_be_shown(name) ? " has the field " + name + " twice" : " has a field twice"),
          "keep one of the two");
    }
    if (fields.size() >= options_.max_fields) {
      return refuse(place() + " has more than " + std::to_string(options_.max_fields) + " fields",
                    "give FHIR resources; no group in one has as many fields");
    }
    name_ = std::move(name);
    return true;
  }

  bool parse_error(std::size_t byte, const std::string& /*token*/,
                   const nlohmann::detail::exception& thrown) override {
    const std::string at = line_and_column(text_, byte);
    if (thrown.id == 406)
      return refuse("a number at " + at + " is too large for double precision", "correct the number");
    return refuse("the text is not JSON in UTF-8 at " + at,
                  "look there for a missing comma, quote or bracket, a character that is not UTF-8, or text "
                  "after the end");
  }

  Json root;
  std::optional<Error> error;

 private:
  bool refuse(std::string cause, std::string remedy) {
    error = Error{ErrorCode::corrupt, kReadingResource, std::move(cause), std::move(remedy)};
    return false;
  }

  Json* put(Json value) {
    if (open_.empty()) {
      root = std::move(value);
      return &root;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    auto& fields = parent.get_ref<Json::object_t&>();
    fields.emplace_back(std::move(name_), std::move(value));
    return &fields.back().second;
  }

  bool add(Json value) {
    put(std::move(value));
    return true;
  }

  bool open(Json empty) {
    if (open_.size() >= options_.max_depth) {
      return refuse(place() + " holds more than " + std::to_string(options_.max_depth) +
                        " groups and lists inside each other",
                    "look for a bracket that is not closed where it should be");
    }
    // An open value is its parent's last one, and the parent gets no other before this one is closed, so the
    // pointer stays valid.
    open_.push_back(put(std::move(empty)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  // Of the innermost group or list that is open, as an expression.
  [[nodiscard]] std::string place() const {
    if (open_.empty()) return "the text";
    std::string text;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (text.size() > kLongestPlace) return text + "...";
      if (i == 0) {
        text = root.is_object() && root.contains("resourceType") && root["resourceType"].is_string() &&
                       may_be_shown(root["resourceType"].get_ref<const std::string&>())
                   ? root["resourceType"].get<std::string>()
                   : "the resource";
      } else if (open_[i - 1]->is_array()) {
        text += '[' + std::to_string(open_[i - 1]->size() - 1) + ']';
      } else {
        const std::string& name = open_[i - 1]->get_ref<const Json::object_t&>().back().first;
        text += '.' + (may_be_shown(name) ? name : std::string{"(a field)"});
      }
    }
    return text;
  }

  std::string_view text_;
  const ParseOptions& options_;
  std::vector<Json*> open_;
  std::string name_;
};

}  // namespace

Result<Json> parse_resource(std::string_view text, const ParseOptions& options) {
  if (text.size() > options.max_bytes) {
    return fail(
        ErrorCode::unsupported, kReadingResource,
        "it has " + std::to_string(text.size()) + " bytes, the limit is " + std::to_string(options.max_bytes),
        "keep recordings and pictures elsewhere and refer to them; split a large bundle");
  }
  Builder builder(text, options);
  Json::sax_parse(text.begin(), text.end(), &builder);
  if (builder.error) return tl::unexpected<Error>(std::move(*builder.error));
  return std::move(builder.root);
}

}  // namespace reprise::fhir
