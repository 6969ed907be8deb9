// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "record/store/operation.h"
#include "server/http/message.h"

// Responses of the FHIR API.
namespace reprise::server {

constexpr std::string_view kFhirJson = "application/fhir+json;charset=utf-8";

/// The content of a response to a write (the header Prefer).
enum class Wanted { representation, minimal, outcome };

/// Maps a refusal to its HTTP status; the only place that does.
[[nodiscard]] unsigned status_of(record::RefusalKind kind);
[[nodiscard]] http::Response answer(const record::Refusal& refusal);

/// Makes a response with a resource's JSON text that is not of the record.
[[nodiscard]] http::Response answer(unsigned status, std::string text);

/// Makes a response with one version of a resource, its tag and time; 410 for a deletion.
[[nodiscard]] http::Response answer(const record::Stored& stored);

/// Makes the response to a change. `base`: the API's URL, without a trailing slash.
[[nodiscard]] http::Response answer(const record::ChangeResult& done, record::Verb verb, Wanted wanted,
                                    std::string_view base);

/// Returns the entity tag of a version: `W/"3"`.
[[nodiscard]] std::string tag_of(std::int64_t version);

}  // namespace reprise::server
