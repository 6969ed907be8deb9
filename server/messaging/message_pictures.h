// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/reactions/reaction.h"

namespace reprise::server {

/// Guards the pictures and videos in messages of patients and carers (contentAttachment of a Communication).
/// A Reaction:
/// - refuses an attachment of such a message that is not of the same patient, without metadata, and created
/// by
///   the same transaction as a Binary: a JPEG of at most 2 MiB with the tag `message-picture`, or an MP4 or
///   WebM of at most 3 MiB with the tag `message-video`; and more than three pictures or one video;
/// - refuses another version of such a Binary, and its deletion: a clinician may have relied on it.
[[nodiscard]] std::optional<record::Refusal> guard_message_pictures(
    record::Record& record, const record::WriteTransaction& session,
    std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
