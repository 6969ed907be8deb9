// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "server/budget/limits.h"
#include "server/http/message.h"

namespace reprise::server::http {

/// The reason for refusal: a status and a plain sentence.
struct Refusal {
  unsigned status = 400;
  std::string_view reason;  ///< static
};

/// Parses HTTP/1.0 and 1.1 requests from the bytes of a connection, however they are split. Stricter than RFC
/// 9112 against request smuggling: exactly one Content-Length or one "Transfer-Encoding: chunked".
class RequestReader {
 public:
  enum class State {
    head,      ///< in the request line or the fields
    body,      ///< all fields are read, the body is not
    complete,  ///< take_request() has it
    refused,   ///< see refusal(); the connection cannot be read further
  };

  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Parses `bytes` and returns how many it consumed. Pass the rest again, with the following bytes. Must be
  /// called while the state is `head` or `body`.
  [[nodiscard]] std::size_t read(std::string_view bytes);

  [[nodiscard]] State state() const;
  [[nodiscard]] Refusal refusal() const;

  /// Returns whether any byte of the request was read.
  [[nodiscard]] bool has_begun() const;
  /// In `body`: returns whether the client waits for "100 Continue".
  [[nodiscard]] bool awaits_continue() const;
  /// Returns the body's bytes received so far.
  [[nodiscard]] std::size_t body_bytes() const;
  /// In `complete`: returns whether the client keeps the connection alive.
  [[nodiscard]] bool keep_alive() const;
  [[nodiscard]] bool is_http_1_0() const;

  /// Returns the complete request without `remote_address` and `secure`. The next one can then be read.
  [[nodiscard]] Request take_request();

 private:
  class Parser;
  Limits limits_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace reprise::server::http
