#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "record/access/attempts.h"
#include "record/access/password.h"
#include "record/store/record.h"
#include "server/http/server.h"
#include "server/sign_in/housekeeping.h"

namespace reprise::server {

constexpr const char* kSignInPath = "/auth";

struct SignInOptions {
  std::string site = "Reprise";  ///< what apps with codes call it
  std::string public_url;        ///< by which people reach the server; empty: by what each request came
  std::string network_url;       ///< the server's address in its network; may be empty
  bool sends_mail = false;       ///< whether the server has a mail server
  record::PasswordCost password_cost = {};
  record::RateLimit addresses = {};
  Housekeeping housekeeping = {};
  /// While a demonstration's history is being written: how many of how many simulated patients are complete.
  std::function<std::optional<std::pair<int, int>>()> filling = [] {
    return std::optional<std::pair<int, int>>{};
  };
};

struct Desk;

/// What people need for signing in, and for their accounts: JSON below /auth (docs/access.md). Its functions
/// may be called from any thread, and return at once.
class SignIn {
 public:
  SignIn(record::Record& record, SignInOptions options);
  ~SignIn();
  SignIn(const SignIn&) = delete;
  SignIn& operator=(const SignIn&) = delete;

  /// Answers a request below /auth.
  void handle(http::Request request, http::Respond respond);

  /// Compares no more passwords and ends what takes long. To be called before the record ends, which still
  /// answers what waits; destroyed after it.
  void end();

 private:
  std::unique_ptr<Desk> desk_;
};

}  // namespace reprise::server
