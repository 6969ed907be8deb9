// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/libav.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <set>
#include <system_error>

namespace reprise::sensing::libav {

// The state behind FFmpeg's one log callback. The mutex guards the set and every sink's texts.
struct LogHook {
  std::mutex mutex;
  std::set<const void*> sinks;

  static LogHook& instance() {
    static LogHook hook;
    return hook;
  }
  static LogSink*& current() {
    thread_local LogSink* sink = nullptr;
    return sink;
  }

  static void log(void* object, int level, const char* format, va_list arguments) {
    if (level > AV_LOG_ERROR) return;
    char text[200];
    std::vsnprintf(text, sizeof text, format, arguments);
    LogHook& hook = instance();
    const std::lock_guard lock{hook.mutex};
    void* owner = current();
    // A decoder's own threads have no current sink; their contexts are copies of ours. Contexts of others in
    // this process may hold anything in `opaque`, so it counts only where it is one of our sinks.
    const AVClass* type = object != nullptr ? *static_cast<const AVClass**>(object) : nullptr;
    if (owner == nullptr && type != nullptr && std::strcmp(type->class_name, "AVCodecContext") == 0) {
      owner = static_cast<AVCodecContext*>(object)->opaque;
    }
    if (!hook.sinks.contains(owner)) return;
    keep(*static_cast<LogSink*>(owner), text);
  }

  static void keep(LogSink& sink, std::string text) {
    for (char& c : text) {
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    while (text.ends_with(' ') || text.ends_with('.')) text.pop_back();
    if (text.empty()) return;
    if (sink.first_messages_.size() < 4000) sink.first_messages_ += text + "\n";
    sink.last_ = std::move(text);
  }
};

std::string error_text(int error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, text, sizeof text);
  return text;
}

LogSink::LogSink() {
  LogHook& hook = LogHook::instance();
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(&LogHook::log); });
  const std::lock_guard lock{hook.mutex};
  hook.sinks.insert(this);
}

LogSink::~LogSink() {
  LogHook& hook = LogHook::instance();
  const std::lock_guard lock{hook.mutex};
  hook.sinks.erase(this);
}

LogSink::Scope::Scope(LogSink& sink) : before_(LogHook::current()) {
  LogHook::current() = &sink;
}

LogSink::Scope::~Scope() {
  LogHook::current() = before_;
}

std::string LogSink::last() const {
  const std::lock_guard lock{LogHook::instance().mutex};
  return last_;
}

bool LogSink::mentions(std::string_view words) const {
  const std::lock_guard lock{LogHook::instance().mutex};
  return first_messages_.find(words) != std::string::npos;
}

Result<std::unique_ptr<FileInput>> FileInput::open(const std::filesystem::path& path) {
  const std::string name = "'" + path.string() + "'";
  // Not blocking: a named pipe without a writer would hold us for ever.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat facts {};
  if (fd < 0 || ::fstat(fd, &facts) != 0) {
    const int error = errno;
    if (fd >= 0) ::close(fd);
    const bool missing = error == ENOENT || error == ENOTDIR;
    return fail(missing ? ErrorCode::not_found : ErrorCode::unreadable, "opening a video",
                name + " cannot be opened: " + std::generic_category().message(error),
                missing ? "check the name and the folder" : "check that you may read it");
  }
  if (!S_ISREG(facts.st_mode)) {
    ::close(fd);
    const bool folder = S_ISDIR(facts.st_mode);
    return fail(ErrorCode::invalid_argument, "opening a video",
                name + (folder ? " is a folder" : " is not a regular file"),
                folder ? "name a video in it" : "name a video file");
  }
  if (facts.st_size == 0) {
    ::close(fd);
    return fail(ErrorCode::unreadable, "opening a video", name + " is empty (0 bytes)",
                "copy or record it again");
  }
  std::unique_ptr<FileInput> input{new FileInput{fd, facts.st_size}};
  if (input->context_ == nullptr) {
    return fail(ErrorCode::unreadable, "opening a video", "there is not enough memory",
                "close other programs");
  }
  return input;
}

FileInput::FileInput(int fd, std::int64_t size) : fd_(fd), size_(size) {
  constexpr int kBufferBytes = 64 << 10;
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  if (buffer == nullptr) return;
  context_ = avio_alloc_context(buffer, kBufferBytes, 0, this, &FileInput::read, nullptr, &FileInput::seek);
  if (context_ == nullptr) av_free(buffer);
}

FileInput::~FileInput() {
  if (context_ != nullptr) {
    av_freep(&context_->buffer);  // FFmpeg may have replaced the one we gave
    avio_context_free(&context_);
  }
  ::close(fd_);
}

std::string FileInput::brand() const {
  char start[12];
  if (::pread(fd_, start, sizeof start, 0) != sizeof start || std::memcmp(start + 4, "ftyp", 4) != 0)
    return {};
  return {start + 8, 4};
}

int FileInput::read(void* self, std::uint8_t* buffer, int size) {
  auto& input = *static_cast<FileInput*>(self);
  while (true) {
    const ssize_t got = ::pread(input.fd_, buffer, static_cast<std::size_t>(size), input.position_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return AVERROR(errno);
    if (got == 0) return AVERROR_EOF;
    input.position_ += got;
    return static_cast<int>(got);
  }
}

std::int64_t FileInput::seek(void* self, std::int64_t offset, int whence) {
  auto& input = *static_cast<FileInput*>(self);
  std::int64_t from = 0;
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE: return input.size_;
    case SEEK_SET: break;
    case SEEK_CUR: from = input.position_; break;
    case SEEK_END: from = input.size_; break;
    default: return AVERROR(EINVAL);
  }
  std::int64_t target = 0;
  if (__builtin_add_overflow(from, offset, &target) || target < 0) return AVERROR(EINVAL);
  input.position_ = target;
  return target;
}

}  // namespace reprise::sensing::libav
