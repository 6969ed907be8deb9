// SPDX-License-Identifier: Apache-2.0
// Hostile searches. An accepted query keeps its meaning through serializing and parsing, and runs on a
// database; ignored parameters are reported. The first byte chooses the type.

#include <stdlib.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/operation_outcome.h"
#include "fhir/model/resource.h"
#include "record/database/schema.h"
#include "record/database/sqlite.h"
#include "record/index/index_rows.h"
#include "record/search/parse_query.h"
#include "record/search/search.h"

namespace {

using namespace reprise;
using namespace reprise::record;

template <class T>
T must(Result<T> result) {
  if (!result) std::abort();
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) std::abort();
}

constexpr std::array kResources = {
    R"({"resourceType":"Patient","id":"a","gender":"male","birthDate":"1970","name":[{"family":"Lee"}],
        "identifier":[{"type":{"coding":[{"code":"MR"}]},"system":"http://i","value":"1"}]})",
    R"({"resourceType":"Observation","id":"b","status":"final","code":{"coding":[{"system":"http://c","code":"x"}]},
        "subject":{"reference":"Patient/a"},"effectiveDateTime":"2026-03-14","valueQuantity":{"value":5,"unit":"mg"}})",
    R"({"resourceType":"Questionnaire","id":"c","status":"active","url":"http://q/1","date":"2026"})"};

struct Record {
  std::unique_ptr<Connection> connection;
  IndexIds index_ids;
};

Record filled() {
  std::string folder = (std::filesystem::temp_directory_path() / "reprise_fuzz_XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) std::abort();
  SqliteOptions options;
  options.file = std::filesystem::path{folder} / "record.db";
  options.sync = false;
  auto connection = must(open_sqlite(options));
  must(migrate(*connection));
  // It is open and needs no name; a crash would leave it behind.
  std::filesystem::remove_all(folder);
  must(assign_index_ids(*connection));
  IndexIds index_ids = must(load_index_ids(*connection));
  std::int64_t pk = 0;
  for (const std::string_view text : kResources) {
    const fhir::Json resource = must(fhir::parse_resource(text));
    const std::string id = resource["id"];
    const std::array<Value, 7> row = {++pk,
                                      index_ids.find(resource["resourceType"].get<std::string>())->number,
                                      std::string_view{id},
                                      std::int64_t{1},
                                      std::int64_t{0},
                                      std::string_view{"PUT"},
                                      text};
    must(connection->insert("resource", "pk, type, id, version, updated, method, content", row.size(), row));
    must(insert_rows(*connection, pk, index_rows(resource, index_ids)));
  }
  return {std::move(connection), std::move(index_ids)};
}

ReadQuery read_one(std::string_view type, std::string_view form, bool lenient) {
  const std::array<std::string_view, 1> forms = {form};
  return parse_query(type, forms, {lenient, 1'800'000'000'000, "https://here.org/fhir"});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Record kRecord = filled();
  if (size == 0) return 0;
  constexpr std::array<std::string_view, 3> kTypes = {"Patient", "Observation", "Questionnaire"};
  const std::string_view type = kTypes[data[0] % kTypes.size()];
  const std::string_view form{reinterpret_cast<const char*>(data + 1), size - 1};
  const ReadQuery strict = read_one(type, form, false);
  const ReadQuery lenient = read_one(type, form, true);
  if (lenient.errors.size() > strict.errors.size()) std::abort();
  static_cast<void>(fhir::operation_outcome(strict.errors));
  if (!lenient.errors.empty()) return 0;

  const ReadQuery again = read_one(type, query_text(lenient.query), false);
  if (!again.errors.empty() || again.query.accepted != lenient.query.accepted ||
      fingerprint(again.query) != fingerprint(lenient.query)) {
    std::abort();
  }
  const Scope scope{false, {"a"}, {"Questionnaire"}};
  const auto some = search(*kRecord.connection, lenient.query, kRecord.index_ids, scope);
  const auto all = search(*kRecord.connection, lenient.query, kRecord.index_ids, {});
  // Only a forged cursor may be refused.
  if (!lenient.query.cursor && (!some || !all)) std::abort();
  if (some && all && some->matches.size() > all->matches.size()) std::abort();
  return 0;
}
