// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reprise::cli {

/// The keys and the patients' data that this process holds in memory stay there: it leaves no core dump when
/// it fails, and no other process of the same user may look into it.
void keep_memory_private();

}  // namespace reprise::cli
