#pragma once

#include <string>
#include <string_view>

#include "record/outbox/deliver.h"

namespace reprise::server::mail {

/// The mail as it goes over the wire (RFC 5322): a header, an empty line, and the text, each line ended by
/// CR LF. Subjects beyond short ASCII become encoded words (RFC 2047), texts beyond ASCII in short lines
/// base64. The message's id makes its Message-ID, so that it stays the same when it is sent again.
/// `message`: a mail as `queue_mail` takes it.
[[nodiscard]] std::string letter_of(const record::Message& message, std::string_view from);

}  // namespace reprise::server::mail
