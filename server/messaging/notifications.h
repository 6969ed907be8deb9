// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "json/fields.h"
#include "record/outbox/outbox.h"
#include "record/store/writer.h"

// Notifications by mail, without content. They are queued in the transaction of their cause.
namespace reprise::server {

/// The options of notifications.
struct NotificationOptions {
  std::string site = "Reprise";
  std::string address;      ///< URL of the pages, for links: "https://clinic.example.org/"
  bool sends_mail = false;  ///< whether the server has a mail server
  bool sends_push = false;  ///< whether it sends reminders by Web Push
  std::vector<std::string> extra_languages = {};  ///< that patients may choose
};

using Addresses = std::vector<std::string>;

/// Returns the mail addresses of the clinicians who treat the patient now.
[[nodiscard]] Result<Addresses> clinicians_of(const record::WriteTransaction& session,
                                              const std::string& patient);
/// Returns the mail addresses of all administrators.
[[nodiscard]] Result<Addresses> administrators(const record::WriteTransaction& session);
/// Returns the mail address of the patient's own account; empty if there is none.
[[nodiscard]] Result<Addresses> patient_of(const record::WriteTransaction& session,
                                           const std::string& patient);

/// Writes the mail `key` (translations/LANGUAGE/mail.json) with a link to the pages. `tag`: as in
/// mail::write_mail.
[[nodiscard]] record::Mail notification(std::string_view key, std::string_view tag,
                                        const NotificationOptions& options);

/// Returns the language in which a Patient or Practitioner wants to be written to, of BCP 47: the preferred
/// one of `communication`, else the first; empty if none is said. Further languages that the clinic does not
/// permit are left out.
[[nodiscard]] std::string language_of(const Json& person, const NotificationOptions& options);

/// Queues the mail to each address, ignoring `mail.to`. Errors: that of `addresses`; those of queue_mail.
[[nodiscard]] Result<void> mail_each(const record::WriteTransaction& session,
                                     const Result<Addresses>& addresses, record::Mail mail);

}  // namespace reprise::server
