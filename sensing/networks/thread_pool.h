// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthreadpool.h>

#include <memory>

namespace reprise::sensing {

struct ThreadPoolDeleter {
  void operator()(pthreadpool_t pool) const { pthreadpool_destroy(pool); }
};

/// The workers that all networks of a process share: two pools would fight for the same cores. Empty for one
/// thread; else the caller works too, so a pool of N threads starts N - 1.
using ThreadPool = std::shared_ptr<pthreadpool>;

/// `threads`: 1 or more; 1 gives the empty pool.
[[nodiscard]] inline ThreadPool make_thread_pool(int threads) {
  if (threads <= 1) return nullptr;
  return ThreadPool(pthreadpool_create(static_cast<std::size_t>(threads)), ThreadPoolDeleter{});
}

}  // namespace reprise::sensing
