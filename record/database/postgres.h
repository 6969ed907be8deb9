// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "record/database/connection.h"

namespace reprise::record {

struct PostgresOptions {
  std::string address;  ///< in libpq's form: "postgresql://user@host/database" or "host=… dbname=…"
  std::string schema = "public";  ///< schema of the tables
};

/// Returns whether the connection is secure in transit: it stays on this machine (a Unix socket or a loopback
/// address), or requires TLS with a verified certificate (sslmode=verify-full). False if libpq cannot
/// parse the address.
[[nodiscard]] bool is_protected(const std::string& address);

/// Connects. A broken connection is reopened by its next use outside a transaction. Errors: unavailable (no
/// server, no such database, no permission).
[[nodiscard]] Result<std::unique_ptr<Connection>> open_postgres(const PostgresOptions& options);

}  // namespace reprise::record
