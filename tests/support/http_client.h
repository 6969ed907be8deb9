// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "server/http/server.h"

namespace reprise::server::http {

struct Reply {
  unsigned status = 0;  ///< 0: the connection ended before a whole answer
  std::map<std::string, std::string> fields;
  std::string body;
};

/// A client made of bare bytes, so that tests can send what no HTTP library would. Waits at most ten seconds.
class TestClient {
 public:
  /// Connects to 127.0.0.1. `receive_buffer`: of the kernel, 0 for the usual one.
  explicit TestClient(std::uint16_t port, int receive_buffer = 0);
  ~TestClient();
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  /// Whether all of it went out.
  bool send(std::string_view bytes);
  /// Says that nothing more comes, and still listens.
  void half_close();
  /// The next answer; of a HEAD request only its head.
  Reply reply(bool of_head = false);
  /// All bytes until the server closes.
  std::string rest();
  /// The server closes without another byte.
  bool is_closed();
  [[nodiscard]] int socket() const { return socket_; }

 private:
  bool receive();
  int socket_ = -1;
  std::string received_;
};

/// Answers with "METHOD target body".
void echo(Request request, Respond respond);

/// "refused STATUS: reason", as a text.
Response worded_refusal(unsigned status, std::string_view reason);

/// On 127.0.0.1, any port; fails the test where it cannot start.
std::unique_ptr<Server> started(Handler handler, Limits limits = {}, unsigned threads = 1);

}  // namespace reprise::server::http
