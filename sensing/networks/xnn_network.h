// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <xnnpack.h>

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "sensing/networks/network_graph.h"
#include "sensing/networks/thread_pool.h"

namespace reprise::sensing {

/// A network made ready to run by XNNPACK on this machine's processor. Used from one thread at a time.
class XnnNetwork {
 public:
  /// Prepares `graph`, which must have passed `check_graph` and have one input. Operators that no output
  /// needs are left out. `pool` may be empty: then the calling thread does all the work. Errors: unsupported
  /// where XNNPACK refuses the processor or an operator.
  [[nodiscard]] static Result<std::unique_ptr<XnnNetwork>> make(NetworkGraph graph, ThreadPool pool);

  /// Where the next input is written; as many floats as the graph's input tensor holds.
  [[nodiscard]] std::span<float> input();
  /// Runs the network on what `input()` holds. After it, `output(i)` is what the graph's output i says.
  [[nodiscard]] Result<void> run();
  [[nodiscard]] std::span<const float> output(std::size_t i) const;

 private:
  struct RuntimeDeleter {
    void operator()(xnn_runtime_t runtime) const { xnn_delete_runtime(runtime); }
  };
  /// XNNPACK's kernels may read a few bytes past the end.
  struct Tensor {
    std::vector<float> values;
    std::size_t count = 0;
  };

  explicit XnnNetwork(NetworkGraph graph, ThreadPool pool)
      : graph_(std::move(graph)), pool_(std::move(pool)) {}
  [[nodiscard]] Result<void> prepare();

  // In the order in which they must outlive one another: weights and buffers, workers, then the runtime.
  NetworkGraph graph_;
  Tensor input_;
  std::vector<Tensor> outputs_;
  ThreadPool pool_;
  std::unique_ptr<xnn_runtime, RuntimeDeleter> runtime_;
};

}  // namespace reprise::sensing
