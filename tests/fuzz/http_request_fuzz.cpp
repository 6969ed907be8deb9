// SPDX-License-Identifier: Apache-2.0
// Any bytes on a connection. However they are cut into pieces, the same requests come out of them, or the
// same refusal; limits hold, and a request that came out has one meaning only.
//
// The first byte of an input says how long the pieces are in the second reading.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request_reader.h"

namespace {

using namespace reprise::server::http;
using reprise::server::Limits;

struct Read {
  std::vector<Request> requests;
  unsigned refused = 0;
  bool waits = false;  // in the middle of a request
};

void check_promises(const Request& request, const Limits& limits) {
  if (request.method.empty() || request.target.empty() || request.target.size() > limits.target_bytes)
    std::abort();
  if (request.target.front() != '/' && request.target != "*") std::abort();
  if (request.body.size() > limits.body_bytes) std::abort();
  std::size_t head_bytes = request.method.size() + request.target.size();
  for (const Field& field : request.fields) {
    head_bytes += field.name.size() + field.value.size();
    if (field.name.empty() || field.name.find_first_of("\r\n: ") != std::string::npos) std::abort();
    if (field.value.find_first_of(std::string_view{"\r\n\0", 3}) != std::string::npos) std::abort();
  }
  if (head_bytes > limits.header_bytes) std::abort();
  if (find_field(request.fields, "content-length") != nullptr &&
      find_field(request.fields, "transfer-encoding") != nullptr) {
    std::abort();
  }
}

Read read_in_pieces(std::string_view bytes, std::size_t length, const Limits& limits) {
  using State = RequestReader::State;
  RequestReader reader(limits);
  Read read;
  std::string waiting;
  const auto advance = [&] {
    while (!waiting.empty() && reader.state() != State::refused) {
      const std::size_t done = reader.read(waiting);
      if (done > waiting.size()) std::abort();
      waiting.erase(0, done);
      if (reader.state() == State::complete) {
        read.requests.push_back(reader.take_request());
        check_promises(read.requests.back(), limits);
      } else if (done == 0) {
        break;
      }
    }
  };
  for (; !bytes.empty() && reader.state() != State::refused;
       bytes.remove_prefix(std::min(length, bytes.size()))) {
    waiting += bytes.substr(0, length);
    advance();
    if (reader.state() == State::head && waiting.size() > limits.header_bytes + 2) std::abort();
  }
  if (reader.state() == State::refused) read.refused = reader.refusal().status;
  read.waits = reader.state() == State::body || !waiting.empty() || reader.has_begun();
  return read;
}

bool same(const Request& a, const Request& b) {
  if (a.method != b.method || a.target != b.target || a.body != b.body) return false;
  if (a.fields.size() != b.fields.size()) return false;
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    if (a.fields[i].name != b.fields[i].name || a.fields[i].value != b.fields[i].value) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Limits limits;
  limits.header_bytes = 400;
  limits.target_bytes = 100;
  limits.body_bytes = 200;
  const std::string_view bytes{reinterpret_cast<const char*>(data + 1), size - 1};
  const Read whole = read_in_pieces(bytes, bytes.size() + 1, limits);
  const Read cut = read_in_pieces(bytes, 1U + data[0], limits);
  if (whole.requests.size() != cut.requests.size()) std::abort();
  for (std::size_t i = 0; i < cut.requests.size(); ++i) {
    if (!same(whole.requests[i], cut.requests[i])) std::abort();
  }
  // A reader of pieces may still wait for the end of what the other has refused already; nothing follows a
  // refusal.
  if (whole.refused == 0 && cut.refused != 0 && !whole.waits) std::abort();
  if (cut.refused == 0 && whole.refused != 0 && !cut.waits) std::abort();
  return 0;
}
