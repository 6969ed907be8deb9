// SPDX-License-Identifier: Apache-2.0
#include "server/http/request_reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cassert>
#include <cstdint>
#include <utility>

#include "base/text.h"

namespace reprise::server::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;

constexpr std::size_t kMostFields = 100;
// "0\r\n\r\n": a body in chunks has at least this much before it. Beast 1.81 asserts so, and does not wait
// for it.
constexpr std::size_t kShortestEndOfChunks = 5;
constexpr std::size_t kFirstBodyBytes = 64 * 1024;  // set aside at once: a client's word is not memory yet

// Returns a refusal that does not repeat the client's bytes.
Refusal refusal_of(const error_code& ec, bool has_request_line) {
  using beast_http::error;
  if (ec == error::header_limit) {
    if (!has_request_line) return {414, "the request line is too long"};
    return {431, "the header fields are too long"};
  }
  if (ec == error::body_limit) return {413, "the body is too large"};
  if (ec == error::bad_method) return {400, "the request does not begin with a method"};
  if (ec == error::bad_target) return {400, "the request target is not valid"};
  if (ec == error::bad_version) return {400, "the request line does not end in HTTP/1.0 or HTTP/1.1"};
  if (ec == error::bad_content_length || ec == error::multiple_content_length) {
    return {400, "the length of the body is not clear"};
  }
  if (ec == error::bad_transfer_encoding) return {400, "the transfer encoding of the body is not clear"};
  if (ec == error::bad_chunk || ec == error::bad_chunk_extension) {
    return {400, "the chunks of the body are not valid"};
  }
  return {400, "a header field is not valid"};
}

bool is_unsigned_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// RFC 9112, 5.2: folded field lines are obsolete. Beast accepts them, and a proxy may interpret them
// differently.
bool has_folded_line(std::string_view head) {
  head = head.substr(0, head.find("\r\n\r\n"));
  return head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos;
}

// RFC 3986, 3.2.2 and 3.2.3, without user and password; an empty one is allowed.
bool is_host(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-._~%!$&'()*+;=:[]"}.find(c) != std::string_view::npos;
  });
}

// RFC 9112, 3.2.2: "http://host/path" means "/path". The Host field names the host, too.
void make_origin_form(std::string& target) {
  const std::size_t scheme = target.find("://");
  if (target.front() == '/' || scheme == std::string::npos) return;
  const std::string_view name = std::string_view{target}.substr(0, scheme);
  if (!same_word(name, "http") && !same_word(name, "https")) return;
  const std::size_t path = target.find_first_of("/?", scheme + 3);
  if (path == std::string::npos) {
    target = "/";
  } else {
    target.erase(0, path);
    if (target.front() == '?') target.insert(0, "/");
  }
}

}  // namespace

// Beast parses the bytes; this class stores the result and checks the rest.
class RequestReader::Parser : public beast_http::basic_parser<true> {
 public:
  explicit Parser(const Limits& limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    body_limit(limits.body_bytes);
  }

  void refuse(Refusal refusal) { refusal_ = refusal; }
  [[nodiscard]] bool is_refused() const { return !refusal_.reason.empty(); }
  [[nodiscard]] Refusal refusal() const { return refusal_; }
  [[nodiscard]] bool has_request_line() const { return !request_.target.empty(); }
  [[nodiscard]] bool has_head() const { return has_head_; }
  [[nodiscard]] bool awaits_continue() const { return awaits_continue_; }
  [[nodiscard]] bool is_http_1_0() const { return http_1_0_; }
  [[nodiscard]] Request& request() { return request_; }
  [[nodiscard]] const Request& request() const { return request_; }

  std::size_t head_bytes = 0;

 private:
  void refuse(Refusal refusal, error_code& ec) {
    refusal_ = refusal;
    ec = beast_http::error::bad_field;  // any: `refusal_` says what it is
  }

  void on_request_impl(beast_http::verb, boost::beast::string_view method, boost::beast::string_view target,
                       int version, error_code& ec) override {
    if (target.size() > limits_.target_bytes) return refuse({414, "the request target is too long"}, ec);
    if (target.empty() || target.find('#') != boost::beast::string_view::npos) {
      return refuse({400, "the request target is not valid"}, ec);
    }
    request_.method.assign(method.data(), method.size());
    request_.target.assign(target.data(), target.size());
    http_1_0_ = version == 10;
    make_origin_form(request_.target);
    if (request_.target.front() != '/' && request_.target != "*") {
      refuse({400, "the request target is not a path"}, ec);
    }
  }

  void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}

  void on_field_impl(beast_http::field, boost::beast::string_view name, boost::beast::string_view value,
                     error_code& ec) override {
    if (has_head_) return;  // behind the last chunk: too late to mean anything
    if (request_.fields.size() == kMostFields) return refuse({431, "there are too many header fields"}, ec);
    request_.fields.push_back({lower_case({name.data(), name.size()}), {value.data(), value.size()}});
  }

  void on_header_impl(error_code& ec) override {
    has_head_ = true;
    if (const Refusal found = check_head(); !found.reason.empty()) return refuse(found, ec);
    const std::string* expected = find_field(request_.fields, "expect");
    awaits_continue_ = expected != nullptr && !http_1_0_;
  }

  [[nodiscard]] std::size_t count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(request_.fields.begin(), request_.fields.end(),
                                                  [&](const Field& field) { return field.name == name; }));
  }

  // RFC 9112, 3.2 and 6.3; where it leaves a choice, the strict one.
  [[nodiscard]] Refusal check_head() const {
    const std::size_t hosts = count("host");
    if (hosts > 1 || (hosts == 0 && !http_1_0_)) return {400, "there must be one Host field"};
    if (hosts == 1 && !is_host(*find_field(request_.fields, "host"))) {
      return {400, "the Host field is not valid"};
    }
    const std::size_t lengths = count("content-length");
    const std::size_t encodings = count("transfer-encoding");
    if (lengths + encodings > 1 || (encodings > 0 && http_1_0_)) {
      return {400, "the length of the body is not clear"};
    }
    if (lengths == 1 && !is_unsigned_number(*find_field(request_.fields, "content-length"))) {
      return {400, "the length of the body is not clear"};
    }
    if (encodings == 1 && !same_word(*find_field(request_.fields, "transfer-encoding"), "chunked")) {
      return {501, "the only transfer encoding is chunked"};
    }
    if (const std::string* expected = find_field(request_.fields, "expect");
        expected != nullptr && !same_word(*expected, "100-continue")) {
      return {417, "the only expectation is 100-continue"};
    }
    return {0, {}};
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) request_.body.reserve(std::min<std::size_t>(*length, kFirstBodyBytes));
  }

  std::size_t on_body_impl(boost::beast::string_view bytes, error_code&) override {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view bytes, error_code&) override {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_finish_impl(error_code&) override {}

  const Limits& limits_;
  Request request_;
  Refusal refusal_{0, {}};
  bool has_head_ = false;
  bool awaits_continue_ = false;
  bool http_1_0_ = false;
};

RequestReader::RequestReader(const Limits& limits)
    : limits_(limits), parser_(std::make_unique<Parser>(limits_)) {}

RequestReader::~RequestReader() = default;

std::size_t RequestReader::read(std::string_view bytes) {
  assert(state() == State::head || state() == State::body);
  std::size_t done = 0;
  // RFC 9112, 2.2: old clients put an empty line behind a body.
  while (!parser_->got_some() && bytes.substr(done, 2) == "\r\n") done += 2;
  while (done < bytes.size() && (state() == State::head || state() == State::body)) {
    const std::string_view rest = bytes.substr(done);
    if (!parser_->got_some() && rest == "\r") break;
    if (parser_->has_head() && parser_->chunked() && rest.size() < kShortestEndOfChunks) break;
    const bool in_head = !parser_->has_head();
    if (in_head && has_folded_line(rest)) {
      parser_->refuse({400, "a header field goes on in a second line"});
      break;
    }
    error_code ec;
    const std::size_t taken = parser_->put(boost::asio::const_buffer(rest.data(), rest.size()), ec);
    done += taken;
    if (in_head) parser_->head_bytes += taken;
    const bool has_request_line = parser_->has_request_line() || rest.find("\r\n") != std::string_view::npos;
    const std::size_t waiting = parser_->has_head() ? 0 : rest.size() - taken;
    if (parser_->is_refused()) break;
    if (ec && ec != beast_http::error::need_more) {
      parser_->refuse(refusal_of(ec, has_request_line));
    } else if (in_head && parser_->head_bytes + waiting > limits_.header_bytes) {
      // Beast's own limit covers only the part that it sees at once.
      parser_->refuse(refusal_of(beast_http::error::header_limit, has_request_line));
    } else if (ec) {
      break;
    }
  }
  return done;
}

RequestReader::State RequestReader::state() const {
  if (parser_->is_refused()) return State::refused;
  if (parser_->is_done()) return State::complete;
  return parser_->has_head() ? State::body : State::head;
}

Refusal RequestReader::refusal() const {
  assert(state() == State::refused);
  return parser_->refusal();
}

bool RequestReader::has_begun() const {
  return parser_->got_some();
}

bool RequestReader::awaits_continue() const {
  return state() == State::body && parser_->awaits_continue() && parser_->request().body.empty();
}

std::size_t RequestReader::body_bytes() const {
  return parser_->request().body.size();
}

bool RequestReader::keep_alive() const {
  return parser_->keep_alive();
}

bool RequestReader::is_http_1_0() const {
  return parser_->is_http_1_0();
}

Request RequestReader::take_request() {
  assert(state() == State::complete);
  Request request = std::move(parser_->request());
  parser_ = std::make_unique<Parser>(limits_);
  return request;
}

}  // namespace reprise::server::http
