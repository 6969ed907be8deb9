// SPDX-License-Identifier: Apache-2.0
#include "cli/private_memory.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace reprise::cli {

void keep_memory_private() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
#if !defined(REPRISE_SANITIZED)  // LeakSanitizer looks into its own process
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

}  // namespace reprise::cli
