#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "record/store/record.h"
#include "server/settings.h"

namespace reprise::server {

/// The record that settings name, and what is in its folder besides: keys, and the heads of the audit log.
struct RecordFolder {
  record::RecordOptions options;
  std::vector<std::string> made;  ///< sentences about keys that were made now, for whoever starts the server
};

/// Where the heads of the audit log are kept.
[[nodiscard]] std::filesystem::path anchor_file(const Settings& settings);

/// Makes the folder (mode 0700) and the keys where they are missing. Errors: unwritable; those of
/// `read_or_make_key`.
[[nodiscard]] Result<RecordFolder> open_record_folder(const Settings& settings);

}  // namespace reprise::server
