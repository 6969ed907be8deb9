#include "server/api/batch.h"

#include <fmt/format.h>

#include "fhir/exact_json.h"
#include "fhir/invariants.h"
#include "fhir/operation_outcome.h"
#include "fhir/resource.h"
#include "record/store/transaction.h"
#include "server/api/audit.h"
#include "server/api/bundle_text.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using fhir::Json;
using record::Outcome;
using record::Refusal;
using record::Why;

constexpr std::size_t kMostEntries = 1000;
static_assert(kMostEntries <= static_cast<std::size_t>(record::kMostNewResources));

std::string text_field(const Json& group, const char* name) {
  const auto at = group.find(name);
  return at != group.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

// A JSON Patch comes inside a Binary.
std::string body_of(const Json& entry, FhirInteraction interaction) {
  const auto resource = entry.find("resource");
  if (resource == entry.end()) return {};
  if (interaction != FhirInteraction::patch) return fhir::write_exactly(*resource);
  return from_base64(text_field(*resource, "data"));
}

Outcome<ApiRequest> read_entry(const Json& entry, const ApiRequest& whole) {
  const auto request = entry.find("request");
  if (request == entry.end()) {
    return record::refuse(Why::malformed, IssueType::required,
                          "an entry of a batch or transaction needs a request");
  }
  std::string url = text_field(*request, "url");
  if (url.rfind(whole.base + "/", 0) == 0) url.erase(0, whole.base.size());
  auto asked = read_address(text_field(*request, "method"), url);
  if (!asked) return tl::unexpected(std::move(asked.error()));
  if (asked->interaction == FhirInteraction::bundle) {
    return record::refuse(Why::malformed, IssueType::not_supported,
                          "a bundle inside a bundle is not carried out");
  }
  ApiRequest read;
  read.asked = std::move(*asked);
  read.base = whole.base;
  read.body = body_of(entry, read.asked.interaction);
  read.full_url = text_field(entry, "fullUrl");
  const auto problem = fhir::problem_in_full_url(read.full_url);
  if (problem && !read.full_url.empty()) {
    return record::refuse(Why::malformed, IssueType::invariant, "its fullUrl " + std::string{*problem});
  }
  read.if_match = text_field(*request, "ifMatch");
  read.if_none_match = text_field(*request, "ifNoneMatch");
  read.if_none_exist = text_field(*request, "ifNoneExist");
  read.remote_address = whole.remote_address;
  read.request_id = whole.request_id;
  read.permission = whole.permission;
  read.head = text_field(*request, "method") == "HEAD";
  read.wanted = whole.wanted;
  read.lenient = whole.lenient;
  return read;
}

struct ReadBundle {
  bool transaction = false;
  std::vector<Outcome<ApiRequest>> entries;
};

Outcome<ReadBundle> read_bundle(const ApiRequest& request) {
  // The entries are checked one by one when they are carried out: one of a batch that is wrong keeps no other
  // back.
  auto strict = fhir::parse_resource(request.body);
  if (!strict) {
    const Why why = strict.error().code == ErrorCode::unsupported ? Why::too_large : Why::malformed;
    return tl::unexpected(Refusal{why, {fhir::to_issue(strict.error())}});
  }
  const auto bundle = fhir::read_exactly(request.body);
  if (!bundle || !bundle->is_object() || text_field(*bundle, "resourceType") != "Bundle") {
    return record::refuse(Why::malformed, IssueType::structure, "what is sent to the base is a Bundle");
  }
  const std::string type = text_field(*bundle, "type");
  if (type != "batch" && type != "transaction") {
    return record::refuse(Why::invalid, IssueType::value, "only a batch or a transaction can be carried out",
                          "Bundle.type");
  }
  ReadBundle read{type == "transaction", {}};
  const auto entries = bundle->find("entry");
  if (entries == bundle->end()) return read;
  if (!entries->is_array())
    return record::refuse(Why::malformed, IssueType::structure, "must be a list", "Bundle.entry");
  if (entries->size() > kMostEntries) {
    return record::refuse(Why::too_large, IssueType::too_long,
                          fmt::format("at most {} entries", kMostEntries), "Bundle.entry");
  }
  for (const Json& entry : *entries) {
    if (!entry.is_object()) {
      return record::refuse(Why::malformed, IssueType::structure, "must be groups", "Bundle.entry");
    }
    read.entries.push_back(read_entry(entry, request));
  }
  return read;
}

// An entry of the answer, out of the response that the request would have had alone.
BundleEntry entry_of(const http::Response& response) {
  std::string rest = fmt::format(R"("response":{{"status":"{}")", response.status);
  const auto append = [&](const char* name, const char* field) {
    if (const auto* value = http::find_field(response.fields, field))
      rest += fmt::format(",\"{}\":{}", name, json_text(*value));
  };
  append("location", "location");
  append("etag", "etag");
  const bool wrong = response.status >= 400;
  if (wrong && !response.body.empty()) rest += ",\"outcome\":" + response.body;
  rest += "}";
  return {{}, wrong ? std::string{} : response.body, std::move(rest)};
}

http::Response answer_bundle(bool transaction, const std::vector<http::Response>& responses) {
  BundleParts bundle{transaction ? "transaction-response" : "batch-response", {}, {}, {}};
  for (const auto& response : responses) bundle.entries.push_back(entry_of(response));
  return answer(200, bundle_text(bundle));
}

/// A batch under way. Each entry begins when the one before has ended.
struct Batch : std::enable_shared_from_this<Batch> {
  std::shared_ptr<Api> api;
  std::vector<Outcome<ApiRequest>> entries;
  std::vector<http::Response> responses;
  http::Respond respond;

  void go_on(record::Connection& connection) {
    while (responses.size() < entries.size()) {
      const auto& entry = entries[responses.size()];
      if (!entry) {
        responses.push_back(answer(entry.error()));
      } else if (is_reading(entry->asked.interaction)) {
        auto read = answer_in_one_state(*entry, connection, api->context_of(*entry));
        api->note(std::move(read.entry), read.response.status);
        responses.push_back(std::move(read.response));
        if (entry->head) responses.back().body.clear();
      } else {
        return api->perform(*entry, connection, [self = shared_from_this()](http::Response response) {
          self->responses.push_back(std::move(response));
          self->wait();
        });
      }
    }
    respond(answer_bundle(false, responses));
  }

  void wait() {
    const bool taken = api->record().read(
        [self = shared_from_this()](record::Connection& connection) { self->go_on(connection); });
    if (!taken) respond(answer(too_busy()));
  }
};

struct Transaction {
  ApiRequest request;  ///< the whole
  std::vector<ApiRequest> requests;
  std::vector<record::TransactionEntry> changes;
  std::vector<std::size_t> places;  ///< of the changes among the requests
  std::optional<record::ReadyTransaction> ready;
  std::vector<http::Response> responses;
  record::Context context;
};

std::optional<Refusal> carry_out(const Api& api, Transaction& transaction,
                                 const record::WriteSession& session) {
  auto ready = transaction.ready;
  if (!ready) {
    auto made = make_ready(transaction.changes, session, transaction.context);
    if (!made) return std::move(made.error());
    ready = std::move(*made);
  }
  const auto done = record::perform(session, transaction.context, *ready);
  if (!done) return done.error();
  if (auto refusal = api.after_changes(session, *done, transaction.context.permission)) return refusal;
  transaction.responses.assign(transaction.requests.size(), {});
  for (std::size_t i = 0; i < done->size(); ++i) {
    const ApiRequest& request = transaction.requests[transaction.places[i]];
    http::Response& response = transaction.responses[transaction.places[i]];
    response = answer((*done)[i], ready->operations[i].operation.verb, request.wanted, request.base);
    session.entries.push_back(entry_of(request, response.status));
    add_change(session.entries.back(), (*done)[i], transaction.context);
  }
  // What only reads comes last, and sees what was written.
  for (std::size_t i = 0; i < transaction.requests.size(); ++i) {
    if (!is_reading(transaction.requests[i].asked.interaction)) continue;
    auto read = answer_reading(transaction.requests[i], session.connection, transaction.context);
    transaction.responses[i] = std::move(read.response);
    if (transaction.requests[i].head) transaction.responses[i].body.clear();
    session.entries.push_back(std::move(read.entry));
  }
  return {};
}

Outcome<std::shared_ptr<Transaction>> read_transaction(const ApiRequest& request,
                                                       std::vector<Outcome<ApiRequest>> entries,
                                                       const record::Context& context) {
  auto transaction = std::make_shared<Transaction>(Transaction{request, {}, {}, {}, {}, {}, context});
  transaction->request.body.clear();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto refused = [&](Refusal refusal) {
      for (auto& issue : refusal.issues) {
        if (issue.expression.empty()) issue.expression = fmt::format("Bundle.entry[{}]", i);
      }
      return tl::unexpected(std::move(refusal));
    };
    if (!entries[i]) return refused(std::move(entries[i].error()));
    ApiRequest& entry = *entries[i];
    if (!is_reading(entry.asked.interaction)) {
      auto operation = operation_of(entry);
      if (!operation) return refused(std::move(operation.error()));
      transaction->changes.push_back({entry.full_url, std::move(*operation)});
      transaction->places.push_back(i);
    }
    transaction->requests.push_back(std::move(entry));
  }
  if (!looks_into_record(transaction->changes)) {
    auto ready = make_ready(transaction->changes, context);
    if (!ready) return tl::unexpected(std::move(ready.error()));
    transaction->ready = std::move(*ready);
  }
  return transaction;
}

}  // namespace

void perform_bundle(const std::shared_ptr<Api>& api, const ApiRequest& request,
                    record::Connection& connection, const http::Respond& respond) {
  const auto refuse_whole = [&](const Refusal& refusal) {
    auto response = answer(refusal);
    api->note(entry_of(request, response.status), response.status);
    respond(std::move(response));
  };
  auto bundle = read_bundle(request);
  if (!bundle) return refuse_whole(bundle.error());
  if (!bundle->transaction) {
    auto batch = std::make_shared<Batch>();
    batch->api = api;
    batch->entries = std::move(bundle->entries);
    batch->respond = respond;
    return batch->go_on(connection);
  }
  auto read = read_transaction(request, std::move(bundle->entries), api->context_of(request));
  if (!read) return refuse_whole(read.error());
  const auto transaction = std::move(*read);
  api->record().write({[api, transaction](const record::WriteSession& session) {
                         return carry_out(*api, *transaction, session);
                       },
                       [api, transaction, respond](const std::optional<Refusal>& refusal) {
                         if (!refusal) return respond(answer_bundle(true, transaction->responses));
                         auto response = answer(*refusal);
                         api->note(entry_of(transaction->request, response.status), response.status);
                         respond(std::move(response));
                       }});
}

}  // namespace reprise::server
