// SPDX-License-Identifier: Apache-2.0
#include "server/observability/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <iterator>
#include <random>
#include <utility>

namespace reprise::server {
namespace {

constexpr std::size_t kLinesThatWait = 8192;

std::string_view level_text(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
    case LogLevel::off: break;
  }
  return "off";
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
    case LogLevel::off: break;
  }
  return spdlog::level::off;
}

// Escapes text inside quotation marks, so that a line stays one line and JSON stays JSON. Non-ASCII bytes are
// kept: all our texts are UTF-8.
void append_escaped(fmt::memory_buffer& line, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      line.push_back('\\');
      line.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      fmt::format_to(std::back_inserter(line), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      line.push_back(c);
    }
  }
}

void append(fmt::memory_buffer& line, std::string_view text) {
  line.append(text.data(), text.data() + text.size());
}

bool is_word(std::string_view text) {
  return !text.empty() && text.find_first_of(" \"\\=") == std::string_view::npos &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string time_text() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  // Caches the second's text: formatting a date takes longer than the rest of a line.
  thread_local std::chrono::sys_seconds last;
  thread_local std::string text;
  if (text.empty() || second != last) {
    last = second;
    text = fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(second)));
  }
  return fmt::format("{}.{:03}Z", text, (now - second).count());
}

// Builds the line of one event.
class Line {
 public:
  Line(LogFormat format, LogLevel level, std::string_view message) : json_(format == LogFormat::json) {
    append(text_, json_ ? R"({"time":")" : "");
    append(text_, time_text());
    append(text_, json_ ? R"(","level":")" : " ");
    append(text_, level_text(level));
    append(text_, json_ ? R"(","message":)" : " ");
    append_value(message);
  }

  void add(std::string_view name, std::string_view value) {
    begin(name);
    append_value(value);
  }

  void add_number(std::string_view name, std::string_view number) {
    begin(name);
    append(text_, number);
  }

  [[nodiscard]] spdlog::string_view_t finish() {
    if (json_) append(text_, "}");
    return {text_.data(), text_.size()};
  }

 private:
  void begin(std::string_view name) {
    append(text_, json_ ? ",\"" : " ");
    append(text_, name);
    append(text_, json_ ? "\":" : "=");
  }

  void append_value(std::string_view value) {
    const std::string_view quote = json_ || !is_word(value) ? "\"" : "";
    append(text_, quote);
    append_escaped(text_, value);
    append(text_, quote);
  }

  bool json_;
  fmt::memory_buffer text_;
};

}  // namespace

std::string new_request_id() {
  // Differs between processes and starts; within one, a counter.
  static const std::uint32_t kStart = std::random_device{}();
  static std::atomic<std::uint64_t> next{0};
  return fmt::format("{:08x}{:08x}", kStart, next.fetch_add(1));
}

class Log::Impl {
 public:
  Impl(const Settings::Log& settings, spdlog::sink_ptr sink)
      : format(settings.format),
        pool(std::make_shared<spdlog::details::thread_pool>(kLinesThatWait, 1)),
        logger(std::make_shared<spdlog::async_logger>("reprise", std::move(sink), pool,
                                                      spdlog::async_overflow_policy::overrun_oldest)) {
    logger->set_pattern("%v");
    logger->set_level(spdlog_level(settings.level));
  }

  void write(LogLevel level, Line& line) { logger->log(spdlog_level(level), line.finish()); }

  LogFormat format;
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

Log::Log(const Settings::Log& settings)
    : impl_(std::make_unique<Impl>(settings, std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

Log::Log(const Settings::Log& settings, std::ostream& out)
    : impl_(std::make_unique<Impl>(settings, std::make_shared<spdlog::sinks::ostream_sink_mt>(out))) {}

Log::~Log() = default;

bool Log::writes(LogLevel level) const {
  return level != LogLevel::off && impl_->logger->should_log(spdlog_level(level));
}

void Log::request(const RequestLine& request) {
  const LogLevel level = request.status >= 500 ? LogLevel::error : LogLevel::info;
  if (!writes(level)) return;
  Line line(impl_->format, level, "request");
  line.add("request", request.request_id);
  line.add("method", http::known_method(request.method));
  line.add("interaction", to_string(request.interaction));
  line.add_number("status", std::to_string(request.status));
  line.add_number("milliseconds", fmt::format("{:.3f}", request.took.count()));
  impl_->write(level, line);
}

void Log::event(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!writes(level)) return;
  Line line(impl_->format, level, message);
  for (const LogField& field : fields) line.add(field.name, field.value);
  impl_->write(level, line);
}

void Log::error(const Error& error) {
  event(LogLevel::error, error.cause,
        {{"code", to_string(error.code)}, {"stage", error.stage}, {"remedy", error.remedy}});
}

std::size_t Log::dropped() const {
  return impl_->pool->overrun_counter();
}

}  // namespace reprise::server
