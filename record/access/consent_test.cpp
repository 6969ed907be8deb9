// SPDX-License-Identifier: Apache-2.0
#include "record/access/consent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fhir/validation/validate.h"
#include "tests/support/access_samples.h"

namespace reprise::record {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kMay2026 = 1'777'593'600'000'000;  // 2026-05-01T00:00:00Z

TEST(CareTeam, NamesItsClinicians) {
  const auto members = members_of(care_team("p1", R"([
    {"member": {"reference": "Practitioner/a"}},
    {"member": {"reference": "Practitioner/b"}, "period": {"start": "2026-05-01", "end": "2026-05-02"}},
    {"member": {"reference": "Patient/p1"}}, {"member": {"reference": "Organization/o"}},
    {"member": {"reference": "https://elsewhere.example/Practitioner/c"}}])"));
  EXPECT_THAT(members, ElementsAre(CareMember{"p1", "a", {}},
                                   CareMember{"p1", "b", {kMay2026, kMay2026 + 2 * kDayUs}}));
}

TEST(CareTeam, CountsOnlyWhileItIsActive) {
  fhir::Json team = care_team("p1", R"([{"member": {"reference": "Practitioner/a"},
                                         "period": {"start": "2026-05-01"}}])");
  team["period"] = {{"end", "2026-05-01T12:00:00Z"}};
  EXPECT_THAT(members_of(team),
              ElementsAre(CareMember{"p1", "a", {kMay2026, kMay2026 + kDayUs / 2 + 1'000'000}}));
  team["period"] = {{"end", "2026-04-30"}};
  EXPECT_THAT(members_of(team), IsEmpty()) << "the two do not meet";
  team.erase("period");
  for (const char* status : {"proposed", "suspended", "inactive", "entered-in-error"}) {
    team["status"] = status;
    EXPECT_THAT(members_of(team), IsEmpty()) << status;
  }
  team["status"] = "active";
  team["subject"] = {{"reference", "Group/g"}};
  EXPECT_THAT(members_of(team), IsEmpty());
}

TEST(Consent, DeniesTheNamedPractitioners) {
  EXPECT_THAT(
      rules_of(consent("p1", "OPTIN", R"({"provision": [{"type": "deny", "actor": [
                {"role": {"text": "r"}, "reference": {"reference": "Practitioner/a"}}]}]})")),
      ElementsAre(ConsentRule{"p1", true, "", {}, "r."}, ConsentRule{"p1", false, "a", {}, "r.1000."}));
  EXPECT_THAT(rules_of(consent("p1", "OPTOUT", "{}")), ElementsAre(ConsentRule{"p1", false, "", {}, "r."}));
}

TEST(Consent, IsCautiousWithConditionsThatAreNotEvaluated) {
  const auto with = [](const std::string& type, const std::string& more) {
    return rules_of(consent("p1", "",
                            R"({"provision": [{"type": ")" + type + R"(", "actor": [
      {"role": {"text": "r"}, "reference": {"reference": "Practitioner/a"}}], )" +
                                more + "}]}"));
  };
  const std::string document =
      R"("class": [{"system": "http://hl7.org/fhir/resource-types", "code": "Media"}])";
  EXPECT_THAT(with("deny", document), ElementsAre(ConsentRule{"p1", false, "a", {}, "r.1000."}));
  EXPECT_THAT(with("permit", document), IsEmpty());
  EXPECT_EQ(with("permit", R"("action": [{"coding": [{"code": "access"}]}])").size(), 1U);
  EXPECT_THAT(with("permit", R"("action": [{"coding": [{"code": "disclose"}]}])"), IsEmpty());
}

TEST(Consent, IsCautiousWithUnresolvableActors) {
  const auto with = [](const std::string& type, const std::string& actor) {
    return rules_of(consent("p1", "",
                            R"({"provision": [{"type": ")" + type + R"(", "actor": [
      {"role": {"text": "r"}, "reference": {"reference": ")" +
                                actor + R"("}}]}]})"));
  };
  for (const char* actor : {"Organization/o", "PractitionerRole/r", "CareTeam/t"}) {
    EXPECT_THAT(with("deny", actor), ElementsAre(ConsentRule{"p1", false, "", {}, "r.1000."})) << actor;
    EXPECT_THAT(with("permit", actor), IsEmpty()) << actor;
  }
  EXPECT_THAT(with("deny", "RelatedPerson/x"), IsEmpty());
}

TEST(Consent, CountsOnlyWhereItIsActiveAndAboutPrivacy) {
  fhir::Json one = consent("p1", "OPTOUT", "{}");
  one["status"] = "inactive";
  EXPECT_THAT(rules_of(one), IsEmpty());
  one["status"] = "active";
  one["scope"]["coding"][0]["code"] = "research";
  EXPECT_THAT(rules_of(one), IsEmpty());
}

TEST(Consent, InnerProvisionsStayInsideOuterOnes) {
  const auto rules = rules_of(consent("p1", "OPTOUT", R"({"period": {"start": "2026-05-01"}, "provision": [
      {"type": "permit", "actor": [{"role": {"text": "r"}, "reference": {"reference": "Practitioner/a"}},
                                   {"role": {"text": "r"}, "reference": {"reference": "Practitioner/b"}}],
       "period": {"end": "2026-05-01"},
       "provision": [{"type": "deny", "actor": [
          {"role": {"text": "r"}, "reference": {"reference": "Practitioner/b"}},
          {"role": {"text": "r"}, "reference": {"reference": "Practitioner/c"}}]}]},
      {"type": "permit", "period": {"end": "2026-04-30"}}]})"));
  const TimeRange day{kMay2026, kMay2026 + kDayUs};
  const TimeRange from{kMay2026, TimeRange{}.end_us};
  EXPECT_THAT(rules, ElementsAre(ConsentRule{"p1", false, "", from, "r."},
                                 ConsentRule{"p1", true, "a", day, "r.1000."},
                                 ConsentRule{"p1", true, "b", day, "r.1000."},
                                 ConsentRule{"p1", false, "b", day, "r.1000.1000."}));
}

}  // namespace
}  // namespace reprise::record
