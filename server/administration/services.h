#pragma once

#include "record/store/record.h"
#include "server/administration/administration.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// What the service gives its administrators: how it is, its settings, requests to erase, the verification of
/// the audit log, and a copy of the record where `backup.folder` is set and the database is SQLite.
/// `record` outlives all of it.
[[nodiscard]] AdministrationServices administration_services(const Settings& settings,
                                                             const record::RecordOptions& options,
                                                             const record::Record& record);

}  // namespace reprise::server
