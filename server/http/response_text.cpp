// SPDX-License-Identifier: Apache-2.0
#include "server/http/response_text.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/text.h"

namespace reprise::server::http {
namespace {

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
  });
}

// RFC 9110, 5.5: anything but control characters; tabs are allowed.
bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

bool is_written_by_server(std::string_view name) {
  constexpr std::array<std::string_view, 5> kOurs = {"content-length", "transfer-encoding", "connection",
                                                     "date", "keep-alive"};
  return std::any_of(kOurs.begin(), kOurs.end(), [&](std::string_view one) { return same_word(one, name); });
}

std::string_view reason_phrase(unsigned status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "";  // RFC 9112, 4: clients ignore it
  }
}

bool has_content(unsigned status) {
  return status != 204 && status != 304;
}

}  // namespace

bool is_sendable(const Response& response) {
  if (response.status < 200 || response.status > 599) return false;
  return std::all_of(response.fields.begin(), response.fields.end(), [](const Field& field) {
    return is_token(field.name) && is_field_value(field.value) && !is_written_by_server(field.name);
  });
}

bool sends_body(const Response& response, const Framing& framing) {
  return !framing.head && has_content(response.status);
}

std::string head_text(const Response& response, const Framing& framing) {
  std::string text;
  text.reserve(512);
  text += "HTTP/1.1 ";
  text += std::to_string(response.status);
  text += ' ';
  text += reason_phrase(response.status);
  text += "\r\nDate: ";
  text += framing.date;
  for (const Field& field : response.fields) {
    text += "\r\n";
    text += field.name;
    text += ": ";
    text += field.value;
  }
  if (has_content(response.status)) {
    text += "\r\nContent-Length: ";
    text += std::to_string(response.body.size());
  }
  if (framing.close) {
    text += "\r\nConnection: close";
  } else if (framing.http_1_0) {
    text += "\r\nConnection: keep-alive";
  }
  text += "\r\n\r\n";
  return text;
}

std::string http_date(std::int64_t seconds_since_1970) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t time = seconds_since_1970;
  std::tm utc{};
  gmtime_r(&time, &utc);
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::string{kDays[utc.tm_wday]} + ", " + two(utc.tm_mday) + ' ' + kMonths[utc.tm_mon] + ' ' +
         std::to_string(utc.tm_year + 1900) + ' ' + two(utc.tm_hour) + ':' + two(utc.tm_min) + ':' +
         two(utc.tm_sec) + " GMT";
}

}  // namespace reprise::server::http
