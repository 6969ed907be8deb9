// SPDX-License-Identifier: Apache-2.0
#include "fhir/fields/transaction.h"

namespace reprise::fhir {

Transaction::Transaction() : bundle_(Json::object()) {
  bundle_["resourceType"] = "Bundle";
  bundle_["type"] = "transaction";
  bundle_["entry"] = Json::array();
}

void Transaction::create(Json resource, std::string_view identifier_system, const std::string& identifier,
                         const std::string& full_url) {
  Json entry = Json::object();
  if (!full_url.empty()) entry["fullUrl"] = full_url;
  // Both consist of letters, digits, '-', '.' and ':', which mean themselves in a query.
  entry["request"] = {{"method", "POST"},
                      {"url", resource["resourceType"]},
                      {"ifNoneExist", "identifier=" + std::string{identifier_system} + "%7C" + identifier}};
  entry["resource"] = std::move(resource);
  bundle_["entry"].push_back(std::move(entry));
}

void Transaction::put(Json resource) {
  Json entry = Json::object();
  const std::string address =
      std::string{json::text_of(resource, "resourceType")} + "/" + std::string{json::text_of(resource, "id")};
  entry["request"] = {{"method", "PUT"}, {"url", address}};
  entry["resource"] = std::move(resource);
  bundle_["entry"].push_back(std::move(entry));
}

void Transaction::add(Json resource, const std::string& full_url) {
  Json entry = Json::object();
  entry["fullUrl"] = full_url;
  entry["request"] = {{"method", "POST"}, {"url", resource["resourceType"]}};
  entry["resource"] = std::move(resource);
  append(std::move(entry));
}

void Transaction::update(Json resource) {
  const Json* meta = json::field(resource, "meta");
  const std::string version{meta == nullptr ? std::string_view{} : json::text_of(*meta, "versionId")};
  put(std::move(resource));
  bundle_["entry"].back()["request"]["ifMatch"] = "W/\"" + version + "\"";
}

void Transaction::append(Json entry) {
  bundle_["entry"].push_back(std::move(entry));
}

}  // namespace reprise::fhir
