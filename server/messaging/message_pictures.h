// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/reactions/reaction.h"

namespace reprise::server {

/// Guards the pictures in messages of patients and carers (contentAttachment of a Communication). A Reaction:
/// - refuses an attachment of such a message that is no JPEG without metadata, of the same patient and of at
///   most 2 MiB, that the same transaction creates as a Binary with the tag `message-picture`; and more than
///   three of them;
/// - refuses another version of such a Binary, and its deletion: a clinician may have relied on it.
[[nodiscard]] std::optional<record::Refusal> guard_message_pictures(
    record::Record& record, const record::WriteTransaction& session,
    std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
