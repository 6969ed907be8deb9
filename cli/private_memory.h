#pragma once

namespace reprise {

/// The keys and the patients' data that this process holds in memory stay there: it leaves no core dump when
/// it fails, and no other process of the same user may look into it.
void keep_memory_private();

}  // namespace reprise
