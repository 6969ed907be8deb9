// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "server/reactions/reaction.h"
#include "tests/support/app_browser.h"

namespace reprise::server {

/// A record that runs one reaction after each change, with a patient ("a") and their clinician, both signed
/// in.
class ReactionFixture : public AppTest {
 protected:
  explicit ReactionFixture(Reaction react) {
    ApiOptions options;
    options.after_changes = [this, react = std::move(react)](const record::WriteTransaction& session,
                                                             std::span<const record::ChangeResult> changes) {
      return react(*record_, session, changes);
    };
    api_ = std::make_shared<Api>(*record_, std::move(options));
    fill();
    patient_ = person("ann", Role::patient, "a");
    clinician_ = person("dr-a", Role::clinician, "dr-a");
  }

  Answer fhir(Browser& browser, const char* method, const std::string& target, const Json& body = {}) {
    return ask(browser, method, "/fhir" + target, body, "application/fhir+json");
  }

  Browser patient_;
  Browser clinician_;
};

}  // namespace reprise::server
