#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "record/store/record.h"
#include "server/budget/budget.h"
#include "server/fhir_api/refusals.h"
#include "server/fhir_api/request.h"
#include "server/http/server.h"

namespace reprise::server {

struct ApiOptions {
  std::string base_path = "/fhir";
  bool sign_in = true;      ///< every request but that for the capabilities needs a token
  std::string public_base;  ///< the API's address for clients; empty: from each request's Host
  bool simulated = false;   ///< a demonstration: everything that is written is tagged as simulated
  /// Is shown what was changed, in the same transaction; a refusal undoes it. May be empty.
  std::function<std::optional<record::Refusal>(const record::WriteTransaction&,
                                               std::span<const record::ChangeResult>)>
      after_changes = {};
  record::BeforeWriting before_writing = {};  ///< may be empty
  Limits limits = {};
};

/// FHIR's RESTful API on a record. Its functions may be called from any thread, and return at once.
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

  /// Answers a request that is read already, with a connection to read by.
  void perform(const ApiRequest& request, record::Connection& connection, const http::Respond& respond);

  [[nodiscard]] record::Record& record() { return record_; }
  [[nodiscard]] const Limits& limits() const { return options_.limits; }
  /// To be called within each change.
  [[nodiscard]] std::optional<record::Refusal> after_changes(const record::WriteTransaction& session,
                                                             std::span<const record::ChangeResult> changes,
                                                             const record::Permission& permission) const {
    if (!options_.after_changes) return {};
    return options_.after_changes(
        {session.connection, session.now_ms, session.next_pk, session.entries, permission.asker()}, changes);
  }
  /// Notes in the audit log what did not change anything, by how it ended (an HTTP status).
  void note(record::AuditEntry entry, unsigned status);
  /// Notes what is still counted; to be called before the record ends.
  void end();
  /// Called by the thread that writes: what is indented or compressed is work for another one.
  void respond_off_writer(http::Response response, const http::Respond& respond);
  [[nodiscard]] record::Context context_of(const ApiRequest& request) const {
    return {record_.index_ids(), record_.checks_references(), request.permission,      record_.opened(),
            request.base,        options_.simulated,          &options_.before_writing};
  }

 private:
  void answer_request(http::Request request, record::Outcome<RequestAddress> asked,
                      record::Connection& connection, const http::Respond& respond);
  /// Answers when it is the turn of the account.
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

/// Whether an account's limits are those of patients.
[[nodiscard]] bool is_of_patient(const record::Permission& permission);

/// What is said where an answer has more bytes than one may have, or has taken too long.
[[nodiscard]] record::Refusal too_costly();

/// How often a change is prepared anew, because the resource was changed meanwhile. After that it is prepared
/// while nobody else writes.
constexpr int kMostPreparations = 3;

/// What is said where more is asked for than can be answered.
[[nodiscard]] record::Refusal too_busy();

struct ReadAnswer {
  http::Response response;
  record::AuditEntry entry;  ///< for the caller to note
};

/// Answers what changes nothing: read, vread, histories, searches and the capabilities. For a search, the
/// connection is in a transaction.
[[nodiscard]] ReadAnswer answer_reading(const ApiRequest& request, record::Connection& connection,
                                        const record::Context& context);

/// The same with a transaction of its own, where one is needed.
[[nodiscard]] ReadAnswer answer_in_one_state(const ApiRequest& request, record::Connection& connection,
                                             const record::Context& context);

}  // namespace reprise::server
