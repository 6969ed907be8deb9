// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "record/store/record.h"
#include "server/budget/budget.h"
#include "server/fhir_api/payload/refusals.h"
#include "server/fhir_api/request.h"
#include "server/http/server.h"

namespace reprise::server {

struct ApiOptions {
  std::string base_path = "/fhir";
  bool sign_in = true;      ///< every request except for the capabilities needs a token or a session
  std::string public_base;  ///< the API's base URL for clients; empty: by each request's Host
  bool simulated = false;   ///< a demonstration: every written resource is tagged as simulated
  /// Called with the changes in the same transaction; a refusal rolls it back. May be empty.
  std::function<std::optional<record::Refusal>(const record::WriteTransaction&,
                                               std::span<const record::ChangeResult>)>
      after_changes = {};
  record::BeforeWriting before_writing = {};  ///< may be empty
  Limits limits = {};
};

/// FHIR's RESTful API of a record. Thread-safe; its functions return at once.
class Api : public std::enable_shared_from_this<Api> {
 public:
  Api(record::Record& record, ApiOptions options)
      : record_(record),
        options_(std::move(options)),
        accounts_(options_.limits),
        written_(options_.limits.patient_bytes_per_day),
        refusals_([this](record::AuditEntry entry) { record_.note(std::move(entry)); }) {}

  /// Answers a request below the base path.
  void handle(http::Request request, http::Respond respond);

  /// Answers a parsed request, with a reader's connection.
  void perform(const ApiRequest& request, record::Connection& connection, const http::Respond& respond);

  [[nodiscard]] record::Record& record() { return record_; }
  [[nodiscard]] const Limits& limits() const { return options_.limits; }
  /// Must be called within each change.
  [[nodiscard]] std::optional<record::Refusal> after_changes(const record::WriteTransaction& session,
                                                             std::span<const record::ChangeResult> changes,
                                                             const record::Permission& permission) const {
    if (!options_.after_changes) return {};
    record::WriteTransaction by_principal = session;
    by_principal.principal = permission.principal();
    return options_.after_changes(by_principal, changes);
  }
  /// Logs an unsuccessful or read-only request, with its HTTP status.
  void note(record::AuditEntry entry, unsigned status);
  /// Flushes the counted refusals. Must be called before the record is destroyed.
  void end();
  /// Called by the writer's thread; formatting and compression are left to another one.
  void respond_off_writer(http::Response response, const http::Respond& respond);
  [[nodiscard]] record::Context context_of(const ApiRequest& request) const {
    return {record_.index_ids(), record_.checks_references(), request.permission,      record_.opened(),
            request.base,        options_.simulated,          &options_.before_writing};
  }

 private:
  void answer_request(http::Request request, record::Outcome<RequestAddress> asked,
                      record::Connection& connection, const http::Respond& respond);
  /// Answers the request when the account's queue reaches it.
  void perform_in_turn(ApiRequest request, record::Connection& connection, http::Respond respond);
  [[nodiscard]] std::optional<record::Refusal> check_budget(const ApiRequest& request);
  void change(const ApiRequest& request, record::Connection& connection, const http::Respond& respond,
              int tries = 0);

  record::Record& record_;
  ApiOptions options_;
  AccountBudget accounts_;
  DayBudget written_;  // by patients
  Refusals refusals_;
};

/// Returns whether the limits of patients apply to a principal.
[[nodiscard]] bool is_of_patient(const record::Permission& permission);

/// The refusal if a response exceeds the limit of bytes or takes too long.
[[nodiscard]] record::Refusal too_costly();

/// How often a change is prepared again because the resource changed meanwhile. After that the writer
/// prepares it.
constexpr int kMostPreparations = 3;

/// The refusal if a request asks for too much.
[[nodiscard]] record::Refusal too_busy();

struct ReadAnswer {
  http::Response response;
  record::AuditEntry entry;  ///< for the caller to note
};

/// Answers read-only requests: read, vread, histories, searches and the capabilities. For a search, the
/// connection is in a transaction.
[[nodiscard]] ReadAnswer answer_reading(const ApiRequest& request, record::Connection& connection,
                                        const record::Context& context);

/// Does the same in a transaction of its own, if needed.
[[nodiscard]] ReadAnswer answer_in_one_state(const ApiRequest& request, record::Connection& connection,
                                             const record::Context& context);

}  // namespace reprise::server
