// SPDX-License-Identifier: Apache-2.0
// Requests to the FHIR API as far as they are read without a database: the first line is a method and an
// address, the rest a body.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fhir/model/primitive.h"
#include "record/content/content.h"
#include "record/content/patch.h"
#include "server/fhir_api/request.h"

namespace {

using namespace reprise;

void read(std::string_view method, std::string_view target, std::string_view body) {
  server::http::Request request{
      std::string{method},
      "/fhir" + std::string{target},
      {{"content-type", "application/fhir+json"}, {"if-match", std::string{target}}},
      std::string{body},
      "127.0.0.1",
      false};
  auto asked = server::read_address(method, target);
  if (!asked) return;
  const auto read =
      server::read_request(std::move(request), std::move(*asked), "/fhir", "https://localhost/fhir");
  if (!read) return;
  // An accepted request has an address of its kind.
  if (!read->asked.id.empty() && !fhir::is_id(read->asked.id)) std::abort();
  static_cast<void>(server::operation_of(*read));
}

void keep(std::string_view body) {
  const auto resource = record::read_resource(body, "Patient");
  if (!resource) return;
  const auto content = record::content_text(body);
  if (!content) return;
  // An accepted resource is still one after reassembly.
  const std::string whole = record::whole_text({"Patient", "x", 1, 0}, *content);
  if (!record::read_resource(whole, "Patient")) std::abort();
  static_cast<void>(record::patched(whole, body));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto line_end = text.find('\n');
  const std::string_view line = text.substr(0, line_end);
  const std::string_view body =
      line_end == std::string_view::npos ? std::string_view{} : text.substr(line_end + 1);
  const auto blank = line.find(' ');
  if (blank != std::string_view::npos) read(line.substr(0, blank), line.substr(blank + 1), body);
  keep(body);
  static_cast<void>(reprise::record::patched(R"({"resourceType":"Patient","id":"x","active":true})", body));
  return 0;
}
