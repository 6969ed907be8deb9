// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "sensing/networks/network_graph.h"

namespace reprise::sensing {

/// Reads a TensorFlow Lite model (a FlatBuffer with the identifier "TFL3"; schema version 3) from memory.
///
/// Half-precision and sparse weights become plain 32-bit floats, so DEQUANTIZE and DENSIFY are gone from the
/// result. No offset, length or number in the file is trusted; the returned graph has passed `check_graph`.
/// Errors: corrupt (the bytes contradict the format), unsupported (an operator, type or option that BlazePose
/// does not use). The bytes are not needed afterwards.
[[nodiscard]] Result<NetworkGraph> read_tflite(std::span<const std::uint8_t> bytes);

}  // namespace reprise::sensing
