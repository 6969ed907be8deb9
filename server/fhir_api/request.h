// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "record/search/query.h"
#include "record/store/operation.h"
#include "server/fhir_api/answer.h"
#include "server/fhir_api/fhir_interaction.h"
#include "server/http/message.h"

namespace reprise::server {

/// A parsed request to the FHIR API: from HTTP, or from an entry of a bundle.
struct ApiRequest {
  RequestAddress asked;
  std::string base;  ///< the API's base URL for the client, without a trailing slash
  std::string body;
  std::string form;      ///< parameters of a search by POST, beside those of the address
  std::string full_url;  ///< of an entry
  std::string if_match;
  std::string if_none_match;
  std::string if_none_exist;
  std::string if_modified_since;
  record::Permission permission;  ///< of the principal
  record::SearchQuery part;       ///< of a read: its `_summary` and `_elements`
  bool native = false;            ///< a Binary is read in its own media type, not as FHIR's JSON
  std::string accept;             ///< of such a request
  std::string fetch_destination;  ///< the browser's use of the response (Sec-Fetch-Dest)
  bool head = false;              ///< HEAD of an entry: everything but the body
  Wanted wanted = Wanted::representation;
  std::string remote_address;
  std::string request_id;  ///< in the audit log, and in the answer's X-Request-Id
  bool pretty = false;     ///< the response is indented for readers
  std::size_t most_bytes = std::numeric_limits<std::size_t>::max();  ///< of a page of the answer
  bool lenient = false;  ///< ignores unknown search parameters, with a warning
};

/// Parses the rest of a request after its address. `base_path`: of the API, "/fhir". Refuses a format other
/// than JSON.
[[nodiscard]] record::Outcome<ApiRequest> read_request(http::Request request, RequestAddress asked,
                                                       std::string_view base_path,
                                                       std::string_view public_base);

/// Returns the operation of a create, update, patch or delete request.
[[nodiscard]] record::Outcome<record::Operation> operation_of(const ApiRequest& request);

}  // namespace reprise::server
