#pragma once

#include <string>
#include <string_view>

#include "record/store/operation.h"
#include "server/http/message.h"

// Responses of the FHIR API.
namespace reprise::server {

constexpr std::string_view kFhirJson = "application/fhir+json;charset=utf-8";

/// What the client wants back of what it wrote (the header Prefer).
enum class Wanted { representation, minimal, outcome };

/// The one place where a refusal gets its HTTP status.
[[nodiscard]] unsigned status_of(record::Why why);
[[nodiscard]] http::Response answer(const record::Refusal& refusal);

/// A response with a resource's JSON text, not of the record itself.
[[nodiscard]] http::Response answer(unsigned status, std::string text);

/// One version of a resource, with its tag and time; of a deletion: 410.
[[nodiscard]] http::Response answer(const record::Stored& stored);

/// What came of a change. `base`: the address of the API, without a slash at its end.
[[nodiscard]] http::Response answer(const record::ChangeResult& done, record::Verb verb, Wanted wanted,
                                    std::string_view base);

/// `W/"3"`.
[[nodiscard]] std::string tag_of(std::int64_t version);

}  // namespace reprise::server
