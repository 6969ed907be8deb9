// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <atomic>

#include "cli/commands.h"
#include "cli/record_settings.h"
#include "record/accounts/secret.h"
#include "record/outbox/mail_address.h"
#include "record/store/writer.h"
#include "server/mail/mail_page.h"
#include "server/mail/transfer.h"

namespace reprise::cli {
namespace {

constexpr const char* kMailStage = "sending a mail";
constexpr const char* kSubject = "Reprise: a test";

struct MailOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  std::string address;
};

Result<void> send_test(const MailOptions& options) {
  using record::Try;
  const auto settings = options.settings->read();
  if (!settings) return tl::unexpected(settings.error());
  const auto& mail = settings->mail;
  if (mail.host.empty()) {
    return fail(ErrorCode::invalid_argument, kMailStage, "the settings name no mail server",
                "give mail.server and mail.from; packaging/reprise.toml shows all");
  }
  if (!record::is_mail_address(options.address)) {
    return fail(ErrorCode::invalid_argument, kMailStage, "that is no address of the form name@example.org",
                "give one address, in ASCII, without a name before it");
  }
  const std::string body =
      "This mail shows that the record's server can send mail. Its links lead here:\n\n  " +
      settings->listen.public_url + '\n';
  const record::Message message{.id = record::random_id(),
                                .recipient = options.address,
                                .subject = kSubject,
                                .body = body,
                                .html = server::mail::mail_page({.language = "en",
                                                                 .site = "Reprise",
                                                                 .subject = kSubject,
                                                                 .text = body,
                                                                 .labels = {"Open the pages"}}),
                                .queued_us = record::milliseconds_now() * 1000};
  const std::atomic<bool> stop = false;
  const Try tried = send_mail(mail, message, stop);
  if (tried.end == Try::End::sent) return {};
  return fail(ErrorCode::unavailable, kMailStage,
              fmt::format("by {}, port {}: {}", mail.host, port_of(mail), tried.why),
              tried.end == Try::End::refused ? "check the address; the mail server refuses it for good"
                                             : "check mail.server, mail.port, mail.security, mail.user, the "
                                               "password and mail.authorities");
}

}  // namespace

void add_mail_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<MailOptions>();
  auto* command = app.add_subcommand("mail", "Mails that the record's server sends");
  command->require_subcommand(1);
  command->footer("Examples:\n  reprise mail test me@example.org --config /etc/reprise.toml");
  auto* testing = command->add_subcommand("test", "Send a mail, and report problems");
  testing->add_option("address", options->address, "To whom")->required();
  add_record_settings(*testing, options->settings, false);
  testing->callback([options, &code] {
    const auto sent = send_test(*options);
    if (sent) fmt::print("The mail server took it. See whether it arrives.\n");
    code = sent ? ExitCode::success : report_error(sent.error());
  });
}

}  // namespace reprise::cli
