// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_document.h"

#include "base/base64.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {

using fhir::Json;

Json document_reference(const KeptDocument& kept, bool by_patient) {
  Json document = Json::object();
  document["resourceType"] = "DocumentReference";
  fhir::mark(document, kept.simulated);
  document["identifier"] = Json::array({Json{{"system", fhir::kResult}, {"value", kept.identifier}},
                                        Json{{"system", fhir::kSession}, {"value", kept.session}}});
  document["status"] = "current";
  document["type"] = fhir::codeable(fhir::kDocument, kept.code, kept.words);
  document["subject"] = fhir::reference_to("Patient", kept.patient);
  document["date"] = kept.end;
  if (by_patient) document["author"] = Json::array({fhir::reference_to("Patient", kept.patient)});
  Json attachment = {{"contentType", kept.content_type},
                     {"url", "Binary/" + kept.binary},
                     {"size", from_base64(kept.base64)->size()},
                     {"title", kept.title}};
  document["content"] = Json::array({Json{{"attachment", std::move(attachment)}}});
  document["context"] = {{"period", {{"start", kept.start}, {"end", kept.end}}}};
  return document;
}

void add_document(fhir::Transaction& transaction, Json document, const KeptDocument& kept) {
  transaction.create(std::move(document), fhir::kResult, kept.identifier);
  Json binary = Json::object();
  binary["resourceType"] = "Binary";
  binary["id"] = kept.binary;
  binary["contentType"] = kept.content_type;
  binary["securityContext"] = fhir::reference_to("Patient", kept.patient);
  binary["data"] = kept.base64;
  transaction.put(std::move(binary));
}

}  // namespace reprise::care
