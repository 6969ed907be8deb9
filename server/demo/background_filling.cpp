// SPDX-License-Identifier: Apache-2.0
#include "server/demo/background_filling.h"

#include <sys/resource.h>
#include <unistd.h>

namespace reprise::server {
namespace {

constexpr int kFillingNice = 10;

}  // namespace

BackgroundFilling::BackgroundFilling(record::Record& record, Options options)
    : record_(record), options_(std::move(options)) {
  set_today(options_.clinic);
  note({0, options_.clinic.patients});
  thread_ = std::thread{[this] { fill(); }};
}

void BackgroundFilling::end() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void BackgroundFilling::fill() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kFillingNice);
  const auto added =
      add_simulated_clinic(record_, options_.clinic, options_.exercises,
                           {options_.on_progress, [this] { return stopping_ || options_.interrupted(); },
                            [this](Filling filling) { note(filling); }, options_.has_history});
  note({});
  if (!added && added.error().code != ErrorCode::cancelled) options_.on_error(added.error());
  options_.on_end();
}

void BackgroundFilling::note(Filling filling) {
  const std::scoped_lock lock{mutex_};
  filling_ = filling;
}

std::optional<std::pair<int, int>> BackgroundFilling::progress() const {
  const std::scoped_lock lock{mutex_};
  return filling_.of == 0 ? std::nullopt : std::optional{std::pair{filling_.patients, filling_.of}};
}

}  // namespace reprise::server
