// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/base64.h"
#include "fhir/model/lossless_json.h"
#include "fhir/model/operation_outcome.h"
#include "fhir/model/resource.h"
#include "fhir/validation/invariants.h"
#include "record/content/media_content.h"
#include "record/store/transaction.h"
#include "server/fhir_api/audit.h"
#include "server/fhir_api/payload/bundle_text.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::Outcome;
using record::Refusal;
using record::RefusalKind;

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
  return from_base64(text_field(*resource, "data")).value_or("");
}

Outcome<ApiRequest> read_entry(const Json& entry, const ApiRequest& whole) {
  const auto request = entry.find("request");
  if (request == entry.end()) {
    return record::refuse(RefusalKind::malformed, IssueType::required,
                          "an entry of a batch or transaction needs a request");
  }
  std::string url = text_field(*request, "url");
  if (url.rfind(whole.base + "/", 0) == 0) url.erase(0, whole.base.size());
  auto asked = read_address(text_field(*request, "method"), url);
  if (!asked) return tl::unexpected(std::move(asked.error()));
  if (asked->interaction == FhirInteraction::bundle) {
    return record::refuse(RefusalKind::malformed, IssueType::not_supported,
                          "a bundle inside a bundle is not carried out");
  }
  ApiRequest read;
  read.asked = std::move(*asked);
  read.base = whole.base;
  read.body = body_of(entry, read.asked.interaction);
  read.full_url = text_field(entry, "fullUrl");
  const auto problem = fhir::problem_in_full_url(read.full_url);
  if (problem && !read.full_url.empty()) {
    return record::refuse(RefusalKind::malformed, IssueType::invariant,
                          "its fullUrl " + std::string{*problem});
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

Outcome<ReadBundle> read_bundle(const ApiRequest& request, const Limits& limits) {
  // Each entry is validated when it is performed: an invalid one of a batch does not block others.
  if (const auto strict = fhir::parse_resource(request.body); !strict) {
    const RefusalKind kind =
        strict.error().code == ErrorCode::unsupported ? RefusalKind::too_large : RefusalKind::malformed;
    return tl::unexpected(Refusal{kind, {fhir::to_issue(strict.error())}});
  }
  const auto bundle = fhir::parse_lossless(request.body);
  if (!bundle || !bundle->is_object() || text_field(*bundle, "resourceType") != "Bundle") {
    return record::refuse(RefusalKind::malformed, IssueType::structure,
                          "the body of a POST to the base must be a Bundle");
  }
  const std::string type = text_field(*bundle, "type");
  if (type != "batch" && type != "transaction") {
    return record::refuse(RefusalKind::invalid, IssueType::value,
                          "only a batch or a transaction can be carried out", "Bundle.type");
  }
  ReadBundle read{type == "transaction", {}};
  const auto entries = bundle->find("entry");
  if (entries == bundle->end()) return read;
  if (!entries->is_array())
    return record::refuse(RefusalKind::malformed, IssueType::structure, "must be a list", "Bundle.entry");
  const std::size_t most =
      is_of_patient(request.permission) ? std::min(kMostEntries, limits.patient_entries) : kMostEntries;
  if (entries->size() > most) {
    return record::refuse(RefusalKind::too_large, IssueType::too_long,
                          fmt::format("at most {} entries", most), "Bundle.entry");
  }
  for (const Json& entry : *entries) {
    if (!entry.is_object()) {
      return record::refuse(RefusalKind::malformed, IssueType::structure, "must be groups", "Bundle.entry");
    }
    read.entries.push_back(read_entry(entry, request));
  }
  return read;
}

/// The remaining budget of a Bundle's response.
class AnswerBudget {
 public:
  explicit AnswerBudget(const Limits& limits)
      : bytes_(limits.answer_bytes), ends_(std::chrono::steady_clock::now() + limits.bundle_time) {}

  /// Returns whether a further entry may begin.
  [[nodiscard]] bool is_left() const { return bytes_ > 0 && std::chrono::steady_clock::now() < ends_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  /// Returns the response or its replacement. A change is always confirmed, if need be without the resource.
  [[nodiscard]] http::Response take(http::Response response, bool changes) {
    if (response.body.size() > bytes_) {
      if (changes && response.status < 300) {
        response.body.clear();
      } else {
        response = answer(too_costly());
      }
    }
    bytes_ -= std::min(bytes_, response.body.size());
    return response;
  }

 private:
  std::size_t bytes_;
  std::chrono::steady_clock::time_point ends_;
};

// Answers a read of a batch or a transaction, or refuses it beyond the budget.
http::Response answer_entry(Api& api, ApiRequest& entry, record::Connection& connection,
                            AnswerBudget& budget) {
  if (!budget.is_left()) {
    auto response = answer(too_costly());
    api.note(entry_of(entry, response.status), response.status);
    return response;
  }
  entry.most_bytes = budget.bytes();
  auto read = answer_in_one_state(entry, connection, api.context_of(entry));
  if (entry.head) read.response.body.clear();
  auto response = budget.take(std::move(read.response), false);
  api.note(std::move(read.entry), response.status);
  return response;
}

// Converts the response of a single request to an entry.
BundleEntry entry_of(http::Response response) {
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
  return {{}, wrong ? std::string{} : std::move(response.body), std::move(rest)};
}

http::Response answer_bundle(bool transaction, std::vector<http::Response> responses) {
  BundleParts bundle{transaction ? "transaction-response" : "batch-response", {}, {}, {}};
  for (auto& response : responses) bundle.entries.push_back(entry_of(std::move(response)));
  return answer(200, bundle_text(std::move(bundle)));
}

/// A batch in progress. Each entry starts when the previous one has ended.
struct Batch : std::enable_shared_from_this<Batch> {
  std::shared_ptr<Api> api;
  std::vector<Outcome<ApiRequest>> entries;
  std::vector<http::Response> responses;
  http::Respond respond;
  AnswerBudget budget;

  Batch(std::shared_ptr<Api> on, std::vector<Outcome<ApiRequest>> asked, http::Respond answered)
      : api(std::move(on)), entries(std::move(asked)), respond(std::move(answered)), budget(api->limits()) {}

  void go_on(record::Connection& connection) {
    while (responses.size() < entries.size()) {
      auto& entry = entries[responses.size()];
      if (!entry) {
        responses.push_back(budget.take(answer(entry.error()), false));
      } else if (is_reading(entry->asked.interaction) || !budget.is_left()) {
        responses.push_back(answer_entry(*api, *entry, connection, budget));
      } else {
        return api->perform(*entry, connection, [self = shared_from_this()](http::Response response) {
          self->responses.push_back(self->budget.take(std::move(response), true));
          self->wait();
        });
      }
    }
    respond(answer_bundle(false, std::move(responses)));
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
  http::Respond respond;
  int preparations = 0;
};

std::optional<Refusal> carry_out(const Api& api, Transaction& transaction,
                                 const record::WriteTransaction& session) {
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
  return {};
}

// Reads come last, after the writes; they do not block the writer.
void answer_transaction(const std::shared_ptr<Api>& api, const std::shared_ptr<Transaction>& transaction,
                        record::Connection& connection) {
  AnswerBudget budget{api->limits()};
  auto& responses = transaction->responses;
  for (const std::size_t place : transaction->places) {
    responses[place] = budget.take(std::move(responses[place]), true);
  }
  for (std::size_t i = 0; i < responses.size(); ++i) {
    ApiRequest& request = transaction->requests[i];
    if (is_reading(request.asked.interaction)) responses[i] = answer_entry(*api, request, connection, budget);
  }
  transaction->respond(answer_bundle(true, std::move(responses)));
}

Outcome<std::shared_ptr<Transaction>> read_transaction(const ApiRequest& request,
                                                       std::vector<Outcome<ApiRequest>> entries,
                                                       const record::Context& context,
                                                       const http::Respond& respond) {
  auto transaction =
      std::make_shared<Transaction>(Transaction{request, {}, {}, {}, {}, {}, context, respond, 0});
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
  return transaction;
}

// The writer prepares entries that depend on the record, and blocks other writes meanwhile; hence this limit.
constexpr std::size_t kMostConditionalBytes = 4 * kMebibyte;

Refusal too_large_to_look() {
  return record::refuse(RefusalKind::too_large, IssueType::too_costly,
                        fmt::format("a transaction with conditions has at most {} MB; send it in parts",
                                    kMostConditionalBytes / kMebibyte),
                        "Bundle")
      .value();
}

void refuse_whole(Api& api, const ApiRequest& request, const Refusal& refusal, const http::Respond& respond) {
  auto response = answer(refusal);
  api.note(entry_of(request, response.status), response.status);
  respond(std::move(response));
}

void write_transaction(const std::shared_ptr<Api>& api, const std::shared_ptr<Transaction>& transaction,
                       record::Connection& connection);

using Step = void (*)(const std::shared_ptr<Api>&, const std::shared_ptr<Transaction>&, record::Connection&);

// Continues on a reader thread. Returns false if its queue is full.
bool go_on_later(const std::shared_ptr<Api>& api, const std::shared_ptr<Transaction>& transaction,
                 Step step) {
  return api->record().read(
      [api, transaction, step](record::Connection& connection) { step(api, transaction, connection); });
}

void transaction_written(const std::shared_ptr<Api>& api, const std::shared_ptr<Transaction>& transaction,
                         const std::optional<Refusal>& refusal) {
  if (refusal && refusal->kind == RefusalKind::moved) {
    if (go_on_later(api, transaction, write_transaction)) return;
    return refuse_whole(*api, transaction->request, too_busy(), transaction->respond);
  }
  if (refusal) return refuse_whole(*api, transaction->request, *refusal, transaction->respond);
  if (go_on_later(api, transaction, answer_transaction)) return;
  // The changes are confirmed; the reads are left out.
  for (std::size_t i = 0; i < transaction->requests.size(); ++i) {
    if (is_reading(transaction->requests[i].asked.interaction))
      transaction->responses[i] = answer(too_busy());
  }
  transaction->respond(answer_bundle(true, std::move(transaction->responses)));
}

// Prepares the parts here that do not depend on the record's state at the write.
void write_transaction(const std::shared_ptr<Api>& api, const std::shared_ptr<Transaction>& transaction,
                       record::Connection& connection) {
  transaction->ready.reset();
  if (!reads_record(transaction->changes) && transaction->preparations++ < kMostPreparations) {
    auto ready = make_ready(transaction->changes, transaction->context);
    if (ready) ready = apply_patches(std::move(*ready), connection, transaction->context);
    if (!ready) return refuse_whole(*api, transaction->request, ready.error(), transaction->respond);
    transaction->ready = std::move(*ready);
  }
  api->record().write({[api, transaction](const record::WriteTransaction& session) {
                         return carry_out(*api, *transaction, session);
                       },
                       [api, transaction](const std::optional<Refusal>& refusal) {
                         transaction_written(api, transaction, refusal);
                       }});
}

}  // namespace

void perform_bundle(const std::shared_ptr<Api>& api, const ApiRequest& request,
                    record::Connection& connection, const http::Respond& respond) {
  auto bundle = read_bundle(request, api->limits());
  if (!bundle) return refuse_whole(*api, request, bundle.error(), respond);
  if (!bundle->transaction) {
    return std::make_shared<Batch>(api, std::move(bundle->entries), respond)->go_on(connection);
  }
  const auto read = read_transaction(request, std::move(bundle->entries), api->context_of(request), respond);
  if (!read) return refuse_whole(*api, request, read.error(), respond);
  if (is_of_patient(request.permission) && request.body.size() > kMostConditionalBytes &&
      reads_record((*read)->changes)) {
    return refuse_whole(*api, request, too_large_to_look(), respond);
  }
  if (!(*read)->changes.empty()) return write_transaction(api, *read, connection);
  (*read)->responses.resize((*read)->requests.size());
  answer_transaction(api, *read, connection);
}

}  // namespace reprise::server
