// SPDX-License-Identifier: Apache-2.0
// All of HL7's examples of the supported types: each of its search values finds each again.

#include <map>
#include <set>

#include "fhir/model/definitions.h"
#include "fhir/search/search_walk.h"
#include "tests/support/search_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::record {
namespace {

// Returns a value as a user would search for it; empty if it has no such form.
std::string escaped(const std::string& text) {
  std::string written;
  for (const char c : text) {
    if (c == ',' || c == '|' || c == '$' || c == '\\') written.push_back('\\');
    written.push_back(c);
  }
  return written;
}

std::string instant(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms >= 0 ? ms / 1000 : -((999 - ms) / 1000));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::string fraction = std::to_string(ms - static_cast<std::int64_t>(seconds) * 1000 + 1000).substr(1);
  return std::string{text.data()} + '.' + fraction + 'Z';
}

std::string decimal(double number) {
  return fhir::Json(number).dump();
}

using Form = std::vector<std::pair<std::string, std::string>>;

struct WrittenForms {
  std::string code;
  std::vector<Form> forms;

  void add(const std::string& modifier, const std::string& value) {
    forms.push_back({{code + modifier, value}});
  }

  void operator()(const fhir::SearchToken& v) {
    add("", escaped(v.code));
    if (code == "_id") return;
    add("", escaped(v.system.value_or("")) + '|' + escaped(v.code));
    if (v.system) add("", escaped(*v.system) + '|');
  }
  void operator()(const fhir::SearchTypedIdentifier& v) {
    add(":of-type", escaped(v.system) + '|' + escaped(v.code) + '|' + escaped(v.value));
  }
  void operator()(const fhir::SearchText& v) {
    add(":exact", escaped(v.text));
    const std::string start = fold_text(v.text);
    add("", escaped(std::string{beginning(start)}));
    const std::size_t space = beginning(start).rfind(' ');  // its last word
    add(":contains", escaped(std::string{beginning(start).substr(space == std::string::npos ? 0 : space)}));
  }
  void operator()(const fhir::SearchReference& v) {
    if (v.address.front() == '#') return;  // a canonical of a contained resource
    add("", escaped(v.is_relative ? v.type + '/' + v.id : v.address));
    if (v.is_relative) add(':' + v.type, v.id);
  }
  void operator()(const fhir::SearchLogicalReference& v) {
    add(":identifier", escaped(v.system) + '|' + escaped(v.value));
  }
  void operator()(const fhir::SearchQuantity& v) {
    const std::string unit = '|' + escaped(v.system) + '|' + escaped(v.code.empty() ? v.unit : v.code);
    if (v.low && v.high && *v.low == *v.high) add("", decimal(*v.low) + unit);
    if (v.low) add("", "ge" + decimal(*v.low) + unit);
    if (v.high) add("", "le" + decimal(*v.high) + unit);
  }
  void operator()(const fhir::SearchNumber& v) {
    if (v.low) add("", "ge" + decimal(*v.low));
    if (v.high) add("", "le" + decimal(*v.high));
    if (v.low && v.high && *v.low == *v.high) add("", decimal(*v.low));
  }
  void operator()(const fhir::SearchUri& v) {
    add("", escaped(v.uri));
    if (v.uri.find("://") != std::string::npos) add(":below", escaped(v.uri));
  }
  void operator()(const fhir::Interval& v) {
    Form both;
    if (v.start_ms) both.emplace_back(code, "ge" + instant(*v.start_ms));
    if (v.end_ms) both.emplace_back(code, "le" + instant(*v.end_ms - 1));
    forms.push_back(both);
  }
};

bool is_beginning_empty(const Form& form) {
  return std::any_of(form.begin(), form.end(), [](const auto& field) { return field.second.empty(); });
}

// How a value is written as a part of a composite.
std::string as_part(const fhir::SearchValue& value) {
  WrittenForms written{"x", {}};
  std::visit(written, value);
  return written.forms.empty() ? "" : written.forms[0][0].second;
}

// All searches that must find a resource.
std::set<std::string> searches_of(const fhir::Json& resource, int& values) {
  const std::string type = resource.at("resourceType").get<std::string>();
  std::set<std::string> searches;
  std::map<std::pair<std::string, std::uint32_t>, std::map<std::string, std::vector<std::string>>> parts;
  fhir::each_search_value(
      resource, [&](const fhir::SearchParameter& parameter, std::uint32_t place, fhir::SearchValue&& value) {
        ++values;
        std::string code{parameter.code};
        if (code == "_lastUpdated") return;  // of the table, not of the text
        if (const std::size_t part = code.find('$'); part != std::string::npos) {
          parts[{code.substr(0, part), place}][code].push_back(as_part(value));
          return;
        }
        WrittenForms written{code, {}};
        std::visit(written, value);
        for (const Form& form : written.forms) {
          if (!is_beginning_empty(form)) searches.insert(type + '?' + write_query_string(form));
        }
      });
  for (const auto& [name, values_of] : parts) {
    const auto& first = values_of.at(name.first + "$1");
    const auto& second = values_of.at(name.first + "$2");
    searches.insert(type + '?' + write_query_string({{name.first, first.front() + '$' + second.back()}}));
  }
  return searches;
}

class SearchExamplesTest : public SearchTest {};

TEST_P(SearchExamplesTest, EachIsFoundByEachOfItsValues) {
  const std::filesystem::path folder =
      std::filesystem::path{REPRISE_SOURCE_DIR} / "node_modules/hl7.fhir.r4.examples";
  std::vector<fhir::Json> examples;
  std::map<std::string, Ids> expected;  // by search
  int values = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    if (fhir::find_resource(name.substr(0, name.find('-'))) == nullptr) continue;
    auto parsed = fhir::parse_resource(get_file(entry.path()), {.max_bytes = 64U * 1024 * 1024});
    ASSERT_TRUE(parsed) << name;
    (*parsed)["id"] = "e" + std::to_string(examples.size());  // some have the same
    for (const std::string& search : searches_of(*parsed, values))
      expected[search].push_back((*parsed)["id"]);
    examples.push_back(std::move(*parsed));
  }
  put_all(examples);
  for (auto& [search, ids] : expected) {
    const Ids all = found(search + "&_count=1000");
    std::sort(ids.begin(), ids.end());
    EXPECT_TRUE(std::includes(all.begin(), all.end(), ids.begin(), ids.end())) << search;
  }
  // docs/reference/fhir.md tells these.
  EXPECT_EQ(examples.size(), 417U);
  EXPECT_EQ(values, 5697);
  EXPECT_EQ(expected.size(), 6690U);
}

INSTANTIATE_TEST_SUITE_P(On, SearchExamplesTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
