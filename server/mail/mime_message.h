// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/outbox/deliver.h"

// What libcurl does not know of a mail that it sends: its header, and how its text is encoded.
namespace reprise::server::mail {

/// Returns the mail's header fields (RFC 5322), without those of MIME. A subject beyond short ASCII becomes
/// encoded words (RFC 2047). The message's id makes its Message-ID, so that it stays the same when it is sent
/// again. `message`: a mail as `queue_mail` takes it.
[[nodiscard]] std::vector<std::string> header_fields(const record::Message& message, std::string_view from);

/// A text as a MIME part.
struct TextPart {
  std::string text;  ///< each line ended by CR LF
  const char*
      encoder;  ///< libcurl's: 7bit for ASCII in short lines, which arrives as it is; else quoted-printable
};

[[nodiscard]] TextPart text_part(std::string_view text);

}  // namespace reprise::server::mail
