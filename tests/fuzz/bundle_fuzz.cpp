// SPDX-License-Identifier: Apache-2.0
// Batches and transactions, carried out on a record of their own: any bytes are sent to the base. What comes
// back is an answer of FHIR's and never a fault of the server; of a refused transaction nothing is there.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <future>
#include <string>
#include <string_view>

#include "server/fhir_api/api.h"
#include "tests/support/test_files.h"

namespace {

using namespace reprise;

// Made anew now and then, so that a long search stays quick.
class FuzzedRecord {
 public:
  FuzzedRecord() {
    record::SqliteOptions sqlite;
    sqlite.file = folder_ / "record.db";
    sqlite.key.fill(7);
    sqlite.sync = false;
    record::RecordOptions options;
    options.database = sqlite;
    options.readers = 1;
    auto opened = record::Record::open(options, [](std::string_view) {});
    if (!opened) std::abort();
    record_ = std::move(*opened);
    api_ = std::make_shared<server::Api>(
        *record_, server::ApiOptions{.base_path = "/fhir", .sign_in = false, .public_base = {}});
  }

  server::http::Response ask(const std::string& method, const std::string& target, std::string_view body) {
    std::promise<server::http::Response> answered;
    api_->handle({method,
                  "/fhir" + target,
                  {{"host", "localhost"}, {"content-type", "application/fhir+json"}},
                  std::string{body},
                  "127.0.0.1",
                  false},
                 [&](server::http::Response response) { answered.set_value(std::move(response)); });
    return answered.get_future().get();
  }

  /// All that was ever written to patients, as an answer tells it.
  std::string history() { return ask("GET", "/Patient/_history?_count=1000", "").body; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<record::Record> record_;
  std::shared_ptr<server::Api> api_;
};

// Without the links and the time of asking, which differ by themselves.
std::string entries_of(const std::string& bundle) {
  const auto read = fhir::Json::parse(bundle, nullptr, false);
  return read.is_object() && read.contains("entry") ? read["entry"].dump() : std::string{};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto record = std::make_unique<FuzzedRecord>();
  static int runs = 0;
  if (++runs % 500 == 0) record = std::make_unique<FuzzedRecord>();
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  const std::string before = record->history();
  const auto answer = record->ask("POST", "", body);
  const auto said = fhir::Json::parse(answer.body, nullptr, false);
  if (!said.is_object() || !said.contains("resourceType")) std::abort();
  if (answer.status >= 500) std::abort();
  if (answer.status == 200) {
    if (said["resourceType"] != "Bundle") std::abort();
  } else {
    if (said["resourceType"] != "OperationOutcome") std::abort();
    if (entries_of(record->history()) != entries_of(before)) std::abort();
  }
  return 0;
}
