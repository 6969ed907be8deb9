// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/reactions/reaction.h"

namespace reprise::server {

/// Keeps photos of posture (DocumentReference of type `urn:reprise:document|posture-photo`) only while the
/// patient agrees. A Reaction:
/// - refuses a consent to them that a clinician gives;
/// - refuses a new one without the patient's consent, or without a JPEG of the same patient that the same
///   transaction creates;
/// - erases the picture of one that is marked entered-in-error, deleted or given another picture;
/// - with a consent that no longer holds, marks all photos of the patient entered-in-error and erases them.
[[nodiscard]] std::optional<record::Refusal> guard_posture_photos(
    record::Record& record, const record::WriteTransaction& session,
    std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
