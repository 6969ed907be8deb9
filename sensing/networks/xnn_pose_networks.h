// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "base/result.h"
#include "engine/pose/networks.h"
#include "sensing/networks/models.h"

namespace reprise::sensing {

struct PoseNetworksOptions {
  int threads = 1;  ///< 1 to 64; both networks share them
  bool segmentation =
      false;  ///< also compute the person's outline, as the published graph does; half the speed
};

/// BlazePose's two networks on XNNPACK. The models' bytes are not needed afterwards.
/// Errors: invalid_argument (threads), corrupt or unsupported (a file that is not the expected network).
[[nodiscard]] Result<std::unique_ptr<engine::PoseNetworks>> make_pose_networks(
    const PoseModels& models, const PoseNetworksOptions& options = {});

}  // namespace reprise::sensing
