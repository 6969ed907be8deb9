// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulation/clinic/registration.h"

namespace reprise::simulation {

/// What came of one session at home: answers, and each exercise as a set that was done, as transactions.
/// Errors: those of set_bundle and answers_bundle.
[[nodiscard]] Result<std::vector<Json>> session_bundles(const Registration& registration,
                                                        const DiarySession& session);

}  // namespace reprise::simulation
