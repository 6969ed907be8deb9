// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <string>

namespace reprise {

/// The address of a schema of its own, empty, in a PostgreSQL server that this process starts on first use:
/// in a temporary folder, on a unix socket, for this user alone. It ends with the process. Throws where the
/// server does not start: the tests need it.
struct PrivateSchema {
  std::string address;
  std::string name;
};

[[nodiscard]] PrivateSchema new_postgres_schema();

/// Ends the server's processes at once, as a loss of power would, or starts them again.
void kill_private_postgres();
void restart_private_postgres();

}  // namespace reprise
