#pragma once

#include <memory>
#include <string>

#include "record/database/connection.h"

namespace reprise::record {

struct PostgresOptions {
  std::string address;  ///< as libpq reads it: "postgresql://user@host/database" or "host=… dbname=…"
  std::string schema = "public";  ///< where the tables are
};

/// Whether what goes over such a connection cannot be read or changed on the way: it stays on this machine (a
/// Unix socket or a loopback address), or it demands TLS with a verified certificate (sslmode=verify-full).
/// False where libpq cannot read the address.
[[nodiscard]] bool is_protected(const std::string& address);

/// Connects. A connection that breaks is made again by its next use outside a transaction.
/// Errors: unavailable (no server there, no such database, no permission).
[[nodiscard]] Result<std::unique_ptr<Connection>> open_postgres(const PostgresOptions& options);

}  // namespace reprise::record
