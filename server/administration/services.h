// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/store/record.h"
#include "server/administration/administration.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Returns the administrators' functions: state, settings, requests to erase, verification of the audit log,
/// and backups if `backup.folder` is set and the database is SQLite. `record` must outlive them.
[[nodiscard]] AdministrationServices administration_services(const Settings& settings,
                                                             const record::RecordOptions& options,
                                                             const record::Record& record);

}  // namespace reprise::server
