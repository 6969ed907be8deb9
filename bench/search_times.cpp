// SPDX-License-Identifier: Apache-2.0
// How long searches take, and whether that grows with the record: `build/release/bench/reprise_search_times
// [FOLDER]`, with 1,000 and 64,000 generated patients, ten observations each, on encrypted SQLite databases
// in a new folder inside FOLDER
// (.; it takes 1.2 GB there for three minutes). From the text of the search to the rows of the page.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "record/database/schema.h"
#include "record/database/sqlite.h"
#include "record/index/index_rows.h"
#include "record/search/parse_query.h"
#include "record/search/search.h"

namespace {

using namespace reprise;
using namespace reprise::record;

constexpr std::array kPatientCounts = {1'000, 64'000};
constexpr std::array kNames = {"Adams",  "Brown", "Clark",  "Davis",  "Evans", "Flores", "Garcia",
                               "Hill",   "Jones", "King",   "Lee",    "Moore", "Nguyen", "Perez",
                               "Rivera", "Scott", "Taylor", "Walker", "Young", "Wright"};

template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", to_string(result.error()).c_str());
    std::exit(3);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// Draws what stands for # (a patient), @ (a name) and % (a code).
class Draw {
 public:
  explicit Draw(int patients) : patients_(patients) {}

  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  std::string name() { return kNames[static_cast<std::size_t>(below(static_cast<int>(kNames.size())))]; }
  std::string code() { return "c" + std::to_string(below(20)); }
  std::string day(int first_year, int years) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", first_year + below(years), 1 + below(12),
                  1 + below(28));
    return text.data();
  }
  std::string filled(const char* pattern) {
    std::string text;
    for (const char* c = pattern; *c != '\0'; ++c) {
      if (*c == '#')
        text += std::to_string(below(patients_));
      else if (*c == '@')
        text += name();
      else if (*c == '%')
        text += code();
      else
        text += *c;
    }
    return text;
  }

 private:
  int patients_;
  std::mt19937 random_{1};
};

struct Record {
  std::unique_ptr<Connection> connection;
  IndexIds index_ids;
  std::int64_t last_pk = 0;

  void put(const Json& resource) {
    const std::string content = resource.dump();
    const std::string id = resource["id"];
    const std::array<Value, 7> row = {++last_pk,
                                      index_ids.find(resource["resourceType"].get<std::string>())->number,
                                      std::string_view{id},
                                      std::int64_t{1},
                                      last_pk * 1000,
                                      std::string_view{"PUT"},
                                      std::string_view{content}};
    need(connection->insert("resource", "pk, type, id, version, updated, method, content", row.size(), row));
    need(insert_rows(*connection, last_pk, index_rows(resource, index_ids)));
  }
};

Json patient_of(const std::string& number, Draw& draw) {
  return {{"resourceType", "Patient"},
          {"id", "p" + number},
          {"gender", draw.below(2) == 0 ? "female" : "male"},
          {"birthDate", draw.day(1930, 80)},
          {"name", Json::array({{{"family", draw.name()}, {"given", Json::array({draw.name()})}}})},
          {"identifier", Json::array({{{"system", "http://h"}, {"value", number}}})}};
}

Json observation_of(const std::string& number, int which, Draw& draw) {
  return {{"resourceType", "Observation"},
          {"id", "p" + number + "-" + std::to_string(which)},
          {"status", "final"},
          {"code", {{"coding", Json::array({{{"system", "http://c"}, {"code", draw.code()}}})}}},
          {"subject", {{"reference", "Patient/p" + number}}},
          {"effectiveDateTime", draw.day(2025, 1)},
          {"valueQuantity", {{"value", draw.below(1800) / 10.0}, {"unit", "deg"}}}};
}

Record filled(const std::filesystem::path& file, int patients) {
  SqliteOptions options;
  options.file = file;
  options.sync = false;
  auto connection = need(open_sqlite(options));
  need(migrate(*connection));
  need(connection->begin_writing());
  need(assign_index_ids(*connection));
  IndexIds index_ids = need(load_index_ids(*connection));
  Record record{std::move(connection), std::move(index_ids)};
  Draw draw(patients);
  for (int i = 0; i < patients; ++i) {
    const std::string number = std::to_string(i);
    record.put(patient_of(number, draw));
    for (int k = 0; k < 10; ++k) record.put(observation_of(number, k, draw));
  }
  need(record.connection->commit());
  return record;
}

constexpr std::array kSearches = {"Patient?_id=p#",
                                  "Patient?identifier=http://h|#",
                                  "Patient?family=@&_count=10",
                                  "Patient?family=@&gender=male&_count=10",
                                  "Patient?family=@&given=@&_count=10",
                                  "Patient?birthdate=ge1990&_count=10",
                                  "Patient?gender:not=male&_count=10",
                                  "Patient?family:contains=ar&_count=10",
                                  "Patient?_sort=family&_count=10",
                                  "Patient?gender=male&_sort=-birthdate&_count=10",
                                  "Observation?patient=p#",
                                  "Observation?patient=p#&code=%",
                                  "Observation?patient=p#&_sort=-date",
                                  "Observation?code=http://c|%&_count=10",
                                  "Observation?code=%,%&_count=10",
                                  "Observation?code=%&date=ge2025-11&_count=10",
                                  "Observation?code-value-quantity=%$gt90&_count=10",
                                  "Observation?date=ge2025-12-27&_count=10",
                                  "Observation?patient.identifier=http://h|#",
                                  "Observation?patient.family=@&_count=10",
                                  "Observation?patient=p#&_include=Observation:subject",
                                  "Patient?_id=p#&_revinclude=Observation:subject"};

double median_us(Record& record, const char* pattern, int patients) {
  constexpr int kTimes = 300;
  Draw draw(patients);
  std::vector<double> all;
  for (int i = 0; i < kTimes; ++i) {
    const std::string text = draw.filled(pattern);
    const auto start = std::chrono::steady_clock::now();
    const std::size_t question = text.find('?');
    const std::array<std::string_view, 1> forms = {std::string_view{text}.substr(question + 1)};
    const ReadQuery read = parse_query(text.substr(0, question), forms, {});
    if (!read.errors.empty()) std::exit(3);
    need(record.connection->begin_reading());
    need(search(*record.connection, read.query, record.index_ids, {}));
    need(record.connection->commit());
    all.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  std::nth_element(all.begin(), all.begin() + kTimes / 2, all.end());
  return all[kTimes / 2];
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder = std::string{argc > 1 ? argv[1] : "."} + "/search_times_XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) {
    std::fprintf(stderr, "cannot make a folder in %s\n", argc > 1 ? argv[1] : ".");
    return 3;
  }
  std::vector<Record> records;
  for (const int patients : kPatientCounts)
    records.push_back(filled(folder + "/" + std::to_string(patients) + ".db", patients));
  std::filesystem::remove_all(folder);  // open, they need no name
  std::printf("%-56s %10d %10d patients\n", "median, microseconds", kPatientCounts[0], kPatientCounts[1]);
  for (const char* pattern : kSearches) {
    std::printf("%-56s", pattern);
    for (std::size_t i = 0; i < records.size(); ++i)
      std::printf(" %10.0f", median_us(records[i], pattern, kPatientCounts[i]));
    std::printf("\n");
  }
  return 0;
}
