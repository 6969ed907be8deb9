// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/protocol.h"

#include <gmock/gmock.h>

#include "care/protocols/protocol_checks.h"
#include "care/protocols/protocol_definition.h"
#include "care/protocols/protocol_programme.h"
#include "fhir/profiles/vocabulary.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

exercises::CatalogFile acl_file() {
  return exercises::read_catalog_file(std::filesystem::path(REPRISE_SOURCE_DIR) /
                                      "catalog/protocols/acl-reconstruction.json")
      .value();
}

Json acl() {
  return Json::parse(acl_file().text);
}

Protocol parsed(const Json& json) {
  const auto protocol = parse_protocol({"acl-reconstruction.json", json.dump()});
  EXPECT_TRUE(protocol) << to_string(protocol.error());
  return protocol.value();
}

ProgrammeOrder left_knee() {
  ProgrammeOrder order;
  order.patient = "robin";
  order.affected = AffectedSide::left;
  order.start = "2026-03-02";
  return order;
}

std::function<std::string()> ids() {
  return [next = 0]() mutable { return "id-" + std::to_string(++next); };
}

TEST(Protocol, SaysWhatIsWrongWithAFile) {
  const auto refused = [&](const char* pointer, const Json& instead) {
    Json changed = acl();
    changed[Json::json_pointer(pointer)] = instead;
    const auto protocol = parse_protocol({"acl-reconstruction.json", changed.dump()});
    return protocol ? std::string{"taken"} : protocol.error().cause;
  };
  EXPECT_THAT(refused("/id", "another"), HasSubstr("/id:"));
  EXPECT_THAT(refused("/version", 0), HasSubstr("/version:"));
  EXPECT_THAT(refused("/title/de", ""), HasSubstr("/title/de:"));
  EXPECT_THAT(refused("/summary/es", Json()), HasSubstr("/summary/es:"));
  EXPECT_THAT(refused("/summary/fr", "Ici"), HasSubstr("/summary/fr:"));
  EXPECT_THAT(refused("/conditions", Json::array()), HasSubstr("/conditions:"));
  EXPECT_THAT(refused("/conditions/0/system", "http://example.org"), HasSubstr("/conditions/0/system:"));
  EXPECT_THAT(refused("/course", "later"), HasSubstr("/course:"));
  EXPECT_THAT(refused("/fall_risk", "none"), HasSubstr("/fall_risk:"));
  EXPECT_THAT(refused("/phases/0/weeks/to", 0), HasSubstr("/phases/0/weeks/to:"));
  EXPECT_THAT(refused("/phases/1/id", "early"), HasSubstr("/phases/1/id:"));
  EXPECT_THAT(refused("/phases/0/exercises/1/sets", 11), HasSubstr("/phases/0/exercises/1/sets:"));
  EXPECT_THAT(refused("/phases/0/exercises/1/side", "left"), HasSubstr("/phases/0/exercises/1/side:"));
  EXPECT_THAT(refused("/phases/0/exercises/1/celing", 80),
              HasSubstr("/phases/0/exercises/1/celing: found a field that is not known here"));
  EXPECT_THAT(refused("/phases/0/exercises/1/ceiling", "80"),
              HasSubstr("/phases/0/exercises/1/ceiling: found \"80\"; must be a number"));
  EXPECT_THAT(refused("/phases/0/criteria", Json::array()),
              HasSubstr("/phases/0/criteria: found a list of 0;"));
  EXPECT_THAT(refused("/phases/0/criteria/1/comparator", ">="),
              HasSubstr("/phases/0/criteria/1/comparator: found \">=\"; must be <="));
  EXPECT_THAT(refused("/phases/0/criteria/1/value", 11),
              HasSubstr("/phases/0/criteria/1/value: found 11; must be from 0 to 10"));
  EXPECT_THAT(refused("/red_flags", Json::array()), HasSubstr("/red_flags:"));
  EXPECT_THAT(refused("/unsourced_defaults", Json::array({"weeks"})),
              HasSubstr("no source supports exercises"));
  EXPECT_THAT(refused("/sources/0/says", ""), HasSubstr("/sources/0/says:"));
  EXPECT_THAT(refused("/phases/0/criteria/1/kind", "paint"), HasSubstr("Did you mean pain?"));
  EXPECT_THAT(refused("/phases/0/criteria/1/text", "x"), HasSubstr("/phases/0/criteria/1/text:"));
  EXPECT_THAT(parse_protocol({"a.json", "[]"}).error().remedy, HasSubstr("docs/clinician/protocols.md"));
}

TEST(Protocol, IsRefusedWhereTheResourceTellsAnotherVersion) {
  Json definition = protocol_definition(acl_file()).value();
  EXPECT_TRUE(read_protocol_definition(definition));
  definition["version"] = "2";
  EXPECT_EQ(read_protocol_definition(definition).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(read_protocol_definition(Json::object()));
}

TEST(ProtocolChecks, FindWhatTheCatalogDoesNotBearOut) {
  ASSERT_THAT(check_protocol(parsed(acl()), shipped()), IsEmpty());
  const auto found = [&](const char* pointer, const Json& instead) {
    Json changed = acl();
    changed[Json::json_pointer(pointer)] = instead;
    const auto problems = check_protocol(parsed(changed), shipped());
    return problems.empty() ? std::string{"clean"} : problems.front();
  };
  EXPECT_THAT(found("/phases/0/exercises/0/id", "flying"), HasSubstr("does not have it"));
  EXPECT_THAT(found("/phases/0/exercises/0/id", "heel_slide"), HasSubstr("not done on that side"));
  EXPECT_THAT(found("/phases/0/exercises/0/side", "affected"), HasSubstr("not done on that side"));
  EXPECT_THAT(found("/phases/0/exercises/1/side", "both"), HasSubstr("not done on that side"));
  EXPECT_THAT(found("/phases/0/exercises/1/hold_s", 10), HasSubstr("hold_s"));
  EXPECT_THAT(found("/phases/0/exercises/1/ceiling", 3), HasSubstr("ceiling"));
  EXPECT_THAT(found("/phases/0/exercises/1/ceiling", 4000), HasSubstr("ceiling"));
  EXPECT_THAT(found("/phases/0/exercises/1/target", 95), HasSubstr("past the ceiling"));
  EXPECT_THAT(found("/phases/0/exercises/2/id", "heel_slide"), HasSubstr("twice"));
  EXPECT_THAT(found("/phases/0/criteria/0/value", 95), HasSubstr("past the ceiling"));
  EXPECT_THAT(found("/phases/0/criteria/0/value", 0), HasSubstr("holds at rest"));
  EXPECT_THAT(found("/phases/0/criteria/0/comparator", "<="), HasSubstr("wrong way round"));
  EXPECT_THAT(found("/phases/0/criteria/0/measure", "hip_flexion"),
              HasSubstr("not what heel_slide measures"));
  EXPECT_THAT(found("/phases/0/criteria/0/exercise", "squat"), HasSubstr("not among"));
}

// SAFETY: balance has a support within reach, and with a high risk of falls a helper.
TEST(ProtocolChecks, BalanceWantsASupportAndWithAHighRiskAHelper) {
  Json bare = acl();
  bare["phases"][2]["exercises"][1].erase("support");
  EXPECT_THAT(check_protocol(parsed(bare), shipped()), ElementsAre(HasSubstr("names no support")));
  Json risky = acl();
  risky["fall_risk"] = "high";
  const auto problems = check_protocol(parsed(risky), shipped());
  EXPECT_THAT(problems, SizeIs(11));
  EXPECT_THAT(problems, Each(HasSubstr("names no helper")));
}

TEST(ProtocolProgramme, IsADraftUntilAClinicianAcceptsIt) {
  const auto made = programme_of(parsed(acl()), "early", shipped(), left_knee(), ids());
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->care_plan["status"], "draft");
  EXPECT_EQ(made->care_plan["instantiatesCanonical"][0], "urn:reprise:protocol:acl-reconstruction|1");
  ASSERT_THAT(made->requests, SizeIs(3));
  for (const Json& request : made->requests) EXPECT_EQ(request["status"], "draft");
  EXPECT_FALSE(made->requests[0].contains("bodySite")) << "it has no sides";
  ASSERT_THAT(made->requests[1]["bodySite"], SizeIs(1));
  EXPECT_TRUE(fhir::has_coding(&made->requests[1]["bodySite"][0], fhir::kSnomed, fhir::kSnomedLeft));
}

TEST(ProtocolProgramme, AffectsBothSidesByTwoPrescriptionsWhereASetDoesOne) {
  ProgrammeOrder order = left_knee();
  order.affected = AffectedSide::both;
  const auto made = programme_of(parsed(acl()), "early", shipped(), order, ids());
  ASSERT_TRUE(made);
  ASSERT_THAT(made->requests, SizeIs(5)) << "heel slide and straight-leg raise on each side";
  EXPECT_TRUE(fhir::has_coding(&made->requests[1]["bodySite"][0], fhir::kSnomed, fhir::kSnomedLeft));
  EXPECT_TRUE(fhir::has_coding(&made->requests[2]["bodySite"][0], fhir::kSnomed, fhir::kSnomedRight));
  const auto load = programme_of(parsed(acl()), "load", shipped(), order, ids());
  ASSERT_TRUE(load);
  EXPECT_THAT(load->requests[0]["bodySite"], SizeIs(2)) << "a lunge can be done in turn";
}

TEST(ProtocolProgramme, IsNotMadeOfWhatIsMissing) {
  const Protocol protocol = parsed(acl());
  const auto refused = [&](const char* phase, const ProgrammeOrder& order) {
    const auto made = programme_of(protocol, phase, shipped(), order, ids());
    return made ? std::string{"made"} : made.error().cause;
  };
  EXPECT_THAT(refused("never", left_knee()), HasSubstr("no such phase"));
  ProgrammeOrder order = left_knee();
  order.affected.reset();
  EXPECT_THAT(refused("early", order), HasSubstr("affected side"));
  order = left_knee();
  order.start = "soon";
  EXPECT_THAT(refused("early", order), HasSubstr("first day"));
  order = left_knee();
  order.patient = "a/b";
  EXPECT_THAT(refused("early", order), HasSubstr("patient"));
  const auto made = programme_of(protocol, "early", {}, left_knee(), ids());
  EXPECT_THAT(made.error().cause, HasSubstr("does not have it"));
}

}  // namespace
}  // namespace reprise::care
