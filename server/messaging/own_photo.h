// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "server/app_api/route.h"

namespace reprise::server {

/// Returns the routes of a clinician's own photo, which patients see beside the name (Practitioner.photo):
/// put one, a JPEG without metadata, as base64 in `jpeg`; remove it.
[[nodiscard]] std::vector<Route> own_photo_routes();

}  // namespace reprise::server
