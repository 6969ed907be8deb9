#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "server/budget/limits.h"
#include "server/http/message.h"

namespace reprise::server::http {

/// Why a request is not served: the status for it, and a plain sentence.
struct Refusal {
  unsigned status = 400;
  std::string_view reason;  ///< lives as long as the program
};

/// Reads HTTP/1.0 and 1.1 requests out of the bytes of a connection, however they are cut. Stricter than RFC
/// 9112 where two readers could differ on where a request ends (request smuggling): one Content-Length or one
/// "Transfer-Encoding: chunked", never both, never two.
class RequestReader {
 public:
  enum class State {
    head,      ///< in the request line or the fields
    body,      ///< all fields are read, the body is not
    complete,  ///< take_request() has it
    refused,   ///< refusal() says why; nothing more can be read from this connection
  };

  explicit RequestReader(const Limits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Reads from `bytes` and returns how many it is done with. The rest must be given again, with what follows
  /// it. AppRequest it while the state is `head` or `body`.
  [[nodiscard]] std::size_t read(std::string_view bytes);

  [[nodiscard]] State state() const;
  [[nodiscard]] Refusal refusal() const;

  /// A byte of the request is read.
  [[nodiscard]] bool has_begun() const;
  /// In `body`: the client waits for "100 Continue" before it sends it.
  [[nodiscard]] bool awaits_continue() const;
  /// Of the body, so far.
  [[nodiscard]] std::size_t body_bytes() const;
  /// In `complete`: the client wants the connection to stay.
  [[nodiscard]] bool keep_alive() const;
  [[nodiscard]] bool is_http_1_0() const;

  /// The request that is complete; `remote_address` and `secure` are not set. The next one can be read.
  [[nodiscard]] Request take_request();

 private:
  class Parser;
  Limits limits_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace reprise::server::http
