// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/prefetching_reader.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace reprise::sensing {

struct PrefetchingReader::Impl {
  struct Slot {
    std::vector<std::uint8_t> pixels;
    Result<std::optional<VideoFrame>> frame = std::optional<VideoFrame>{};
    VideoFindings findings;  // after this frame: the reader itself belongs to the other thread
  };

  Impl(VideoReader source, int frames_ahead)
      : reader(std::move(source)), info(reader.info()), slots(static_cast<std::size_t>(frames_ahead) + 1) {
    for (Slot& slot : slots) free.push_back(&slot);
    thread = std::thread{[this] { decode(); }};
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    {
      const std::lock_guard lock{mutex};
      stopping = true;
    }
    changed.notify_all();
    thread.join();
  }

  void decode() {
    while (true) {
      Slot* slot = nullptr;
      {
        std::unique_lock lock{mutex};
        changed.wait(lock, [this] { return stopping || !free.empty(); });
        if (stopping) return;
        slot = free.front();
        free.pop_front();
      }
      slot->frame = reader.next(slot->pixels);
      slot->findings = reader.findings();
      const bool last = !slot->frame || !*slot->frame;
      {
        const std::lock_guard lock{mutex};
        ready.push_back(slot);
      }
      changed.notify_all();
      if (last) return;
    }
  }

  VideoReader reader;  // touched by the thread only
  const VideoInfo info;
  std::vector<Slot> slots;

  std::mutex mutex;  // guards the four below
  std::condition_variable changed;
  std::deque<Slot*> free;
  std::deque<Slot*> ready;
  bool stopping = false;

  Slot* shown = nullptr;  // the caller's
  bool ended = false;
  VideoFindings findings;
  std::thread thread;
};

PrefetchingReader::PrefetchingReader(VideoReader reader, int frames_ahead)
    : impl_(std::make_unique<Impl>(std::move(reader), std::clamp(frames_ahead, 1, 16))) {}

PrefetchingReader::~PrefetchingReader() = default;

const VideoInfo& PrefetchingReader::info() const {
  return impl_->info;
}

const VideoFindings& PrefetchingReader::findings() const {
  return impl_->findings;
}

Result<std::optional<VideoFrame>> PrefetchingReader::next() {
  Impl& impl = *impl_;
  if (impl.ended) return std::nullopt;
  {
    std::unique_lock lock{impl.mutex};
    if (impl.shown != nullptr) {
      impl.free.push_back(impl.shown);
      impl.shown = nullptr;
      impl.changed.notify_all();
    }
    impl.changed.wait(lock, [&] { return !impl.ready.empty(); });
    impl.shown = impl.ready.front();
    impl.ready.pop_front();
  }
  impl.findings = impl.shown->findings;
  impl.ended = !impl.shown->frame || !*impl.shown->frame;
  return impl.shown->frame;
}

}  // namespace reprise::sensing
