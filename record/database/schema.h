// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "record/database/connection.h"

namespace reprise::record {

/// Migrates the database to this program's version, each step in a transaction. Errors: unsupported (a newer
/// version), and those of the connection.
[[nodiscard]] Result<void> migrate(Connection& connection);

/// Returns the schema version of this program.
[[nodiscard]] int schema_version();

}  // namespace reprise::record
