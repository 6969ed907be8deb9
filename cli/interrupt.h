// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

namespace reprise::cli {

/// From now on Ctrl-C and a polite kill are remembered instead of ending the process, so that work stops
/// between two frames and leaves nothing half-written. A second one ends it at once.
void catch_interrupts();
[[nodiscard]] bool interrupted();

/// From now on SIGHUP is remembered: for a server it means to look at its files again.
void catch_hangups();
/// Whether it came since this was asked last.
[[nodiscard]] bool take_hangup();

/// The error for work that stopped because of it.
[[nodiscard]] tl::unexpected<Error> interrupted_error(std::string stage);

}  // namespace reprise::cli
