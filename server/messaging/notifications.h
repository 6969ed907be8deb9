#pragma once

#include <string>
#include <vector>

#include "record/outbox/outbox.h"
#include "record/store/writer.h"

// Mails that say that there is something to see. They are queued in the transaction that made it.
namespace reprise::server {

/// What mails are made with.
struct NotificationOptions {
  std::string site = "Reprise";
  std::string address;      ///< of the pages, for links: "https://clinic.example.org/"
  bool sends_mail = false;  ///< whether the server has a mail server
};

using Addresses = std::vector<std::string>;

/// Of the clinicians who care for the patient now and have a mail address.
[[nodiscard]] Result<Addresses> clinicians_of(const record::WriteTransaction& session,
                                              const std::string& patient);
/// Of all administrators who have one.
[[nodiscard]] Result<Addresses> administrators(const record::WriteTransaction& session);
/// Of the patient's own account; none where it has none.
[[nodiscard]] Result<Addresses> patient_of(const record::WriteTransaction& session,
                                           const std::string& patient);

/// Queues the mail for each, whatever `mail.to` says. Errors: that of `addresses`; those of queue_mail.
[[nodiscard]] Result<void> mail_each(const record::WriteTransaction& session,
                                     const Result<Addresses>& addresses, record::Mail mail);

}  // namespace reprise::server
