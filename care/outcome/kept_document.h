// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "fhir/fields/transaction.h"

namespace reprise::care {

/// Bytes that the record keeps beside the values that were measured from them.
struct KeptDocument {
  std::string binary;        ///< id of its Binary, made once
  std::string content_type;  ///< a media type
  std::string base64;
  std::string title;
  std::string code;   ///< of urn:reprise:document
  std::string words;  ///< the same in words
  std::string identifier;
  std::string session;  ///< "urn:uuid:…", in common with the Observations
  std::string patient;
  std::string start;
  std::string end;
  bool simulated = false;
};

/// Returns the DocumentReference. The patient is its author only if `by_patient`.
[[nodiscard]] fhir::Json document_reference(const KeptDocument& kept, bool by_patient);

/// Adds a DocumentReference and its Binary, both once, however often they are sent.
void add_document(fhir::Transaction& transaction, fhir::Json document, const KeptDocument& kept);

}  // namespace reprise::care
