// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/mail_templates.h"

#include <fmt/format.h>

namespace reprise::server {

record::Mail invitation_mail(const std::string& site, const record::Account& account,
                             const std::string& link) {
  return {account.mail, site + ": your invitation",
          fmt::format("You are invited to {0}. Your account's name is {1}.\n\n"
                      "Choose your password here, within 7 days:\n\n  {2}\n\n"
                      "The link works once. If you did not expect it, do nothing.\n",
                      site, account.name, link)};
}

record::Mail address_changed_mail(const std::string& site, const std::string& old_mail,
                                  const std::string& origin) {
  return {old_mail, site + ": your mail address was changed",
          fmt::format("A member of the clinic changed the mail address of your "
                      "account. Mails now go to the new one.\n"
                      "If you do not know of this, call the clinic. What "
                      "happened to your account:\n\n  {}/account\n",
                      origin)};
}

record::Mail reset_mail(const std::string& site, const std::string& to, const std::string& origin) {
  return {to, site + ": a link to a new password",
          fmt::format("The clinic made a link by which a new password can be "
                      "chosen for your account.\n"
                      "If you did not ask for it, call the clinic. What "
                      "happened to your account:\n\n  {}/account\n",
                      origin)};
}

record::Mail oversight_mail(const std::string& site, const std::string& to, const std::string& origin) {
  return {to, site + ": a change of access rights",
          fmt::format("An administrator made a change of the right to sign in "
                      "or to see a record.\n"
                      "What it was, and who did it:\n\n  {}/account\n\n"
                      "If you do not know of it, ask the administrators.\n",
                      origin)};
}

record::Mail emergency_mail(const std::string& site, const std::string& to, bool to_patient,
                            const std::string& origin) {
  const char* what =
      to_patient
          ? "A clinician who is not in your care team opened your record in an emergency."
          : "A clinician opened the record of a patient who is not theirs in an emergency. Further ones "
            "within an hour are not mailed; the list has them all.";
  return {to, site + ": a record was opened in an emergency",
          fmt::format("{0}\nIt ends after 4 hours. Who it was, and the reason they gave:\n\n  {1}/account\n",
                      what, origin)};
}

}  // namespace reprise::server
