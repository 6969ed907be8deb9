#pragma once

#include "base/result.h"
#include "record/database/connection.h"

namespace reprise::record {

/// Brings the database to this program's version, one migration after the other, each in a transaction.
/// Errors: unsupported (the database was made by a newer version), and those of the connection.
[[nodiscard]] Result<void> migrate(Connection& connection);

/// The schema's version that this program makes and needs.
[[nodiscard]] int schema_version();

}  // namespace reprise::record
