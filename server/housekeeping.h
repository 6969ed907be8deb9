#pragma once

#include "record/store/record.h"
#include "server/settings.h"
#include "server/sign_in/housekeeping.h"

namespace reprise::server {

/// What the service gives its administrators: how it is, its settings, requests to erase, the verification of
/// the audit log, and a copy of the record where `backup.folder` is set and the database is SQLite.
/// `record` outlives all of it.
[[nodiscard]] Housekeeping housekeeping_of(const Settings& settings, const record::RecordOptions& options,
                                           const record::Record& record);

}  // namespace reprise::server
