#include "care/transaction.h"

#include "care/vocabulary.h"

namespace reprise::care {

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
      std::string{text_of(resource, "resourceType")} + "/" + std::string{text_of(resource, "id")};
  entry["request"] = {{"method", "PUT"}, {"url", address}};
  entry["resource"] = std::move(resource);
  bundle_["entry"].push_back(std::move(entry));
}

void mark(Json& resource, bool simulated) {
  if (!simulated) return;
  resource["meta"]["tag"] =
      Json::array({Json{{"system", kTag}, {"code", "simulated"}, {"display", "simulated: about no person"}}});
}

}  // namespace reprise::care
