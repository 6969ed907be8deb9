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

/// A request to the FHIR API, read: from HTTP, or from an entry of a bundle.
struct ApiRequest {
  RequestAddress asked;
  std::string base;  ///< the API's address as the client knows it, without a slash at its end
  std::string body;
  std::string form;      ///< parameters of a search by POST, beside those of the address
  std::string full_url;  ///< of an entry
  std::string if_match;
  std::string if_none_match;
  std::string if_none_exist;
  std::string if_modified_since;
  record::Permission permission;  ///< of whoever asks
  record::SearchQuery part;       ///< of a read: its `_summary` and `_elements`
  bool native = false;            ///< a Binary is read in its own media type, not as FHIR's JSON
  std::string accept;             ///< of such a request
  std::string fetch_destination;  ///< what a browser makes of the answer (Sec-Fetch-Dest)
  bool head = false;              ///< an entry asks for everything but the body
  Wanted wanted = Wanted::representation;
  std::string remote_address;
  std::string request_id;  ///< in the audit log, and in the answer's X-Request-Id
  bool pretty = false;     ///< the answer is for people
  std::size_t most_bytes = std::numeric_limits<std::size_t>::max();  ///< of a page of the answer
  bool lenient = false;  ///< what a search does not understand is named, and left out
};

/// Reads the rest of a request whose address is read. `base_path`: where the API begins, "/fhir". Refuses a
/// format that is not JSON.
[[nodiscard]] record::Outcome<ApiRequest> read_request(http::Request request, RequestAddress asked,
                                                       std::string_view base_path,
                                                       std::string_view public_base);

/// The change that a request asks for; of create, update, patch and remove.
[[nodiscard]] record::Outcome<record::Operation> operation_of(const ApiRequest& request);

}  // namespace reprise::server
