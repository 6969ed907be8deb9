// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/links.h"

#include <gmock/gmock.h>

#include "fhir/model/resource.h"

namespace reprise::fhir {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> links_in(Json resource) {
  std::vector<std::string> found;
  replace_links(resource, [&](const Link& link) -> std::optional<std::string> {
    found.push_back(std::string{link.text} + " " + expression(link.place));
    return {};
  });
  return found;
}

Json with_narrative(const std::string& inner) {
  return {{"resourceType", "Patient"}, {"text", {{"div", "<div>" + inner + "</div>"}}}};
}

// FHIR finding D6
TEST(ReplaceLinks, KnowsWhatIsALinkByTheDefinitions) {
  const auto resource =
      parse_resource(R"({"resourceType":"Questionnaire","url":"urn:a","derivedFrom":["urn:b"],
    "version":"urn:c","identifier":[{"system":"urn:d","value":"urn:e"}],
    "contained":[{"resourceType":"Patient","id":"p","photo":[{"url":"urn:f"}],
                  "managingOrganization":{"reference":"urn:g","display":"urn:h"}}],
    "_status":{"extension":[{"url":"http://x","valueReference":{"reference":"urn:i"}}]},
    "reference":"urn:j"})");
  ASSERT_TRUE(resource);
  EXPECT_THAT(links_in(*resource),
              ElementsAre("urn:a Questionnaire.url", "urn:d Questionnaire.identifier[0].system",
                          "urn:f Questionnaire.contained[0].photo[0].url",
                          "urn:g Questionnaire.contained[0].managingOrganization",
                          "http://x Questionnaire.status.extension[0].url",
                          "urn:i Questionnaire.status.extension[0].value"));
}

// FHIR finding D6
TEST(ReplaceLinks, FindsThoseOfNarratives) {
  EXPECT_THAT(
      links_in(with_narrative(R"(<a href="urn:a">x</a><img alt='>' src='urn:b'/><p title="urn:c"/>)")),
      ElementsAre("urn:a Patient.text.div", "urn:b Patient.text.div"));
  EXPECT_THAT(links_in(with_narrative(R"(<!-- <a href="urn:a"> --><ab href="urn:b"/>href="urn:c")")),
              IsEmpty());
  Json resource = with_narrative(R"(<a class="k" href="urn:a" >x</a> y <img src="urn:b"/>)");
  EXPECT_TRUE(replace_links(resource, [](const Link& link) -> std::optional<std::string> {
    return link.text == "urn:b" ? std::nullopt : std::optional<std::string>{"Patient/1"};
  }));
  EXPECT_EQ(resource["text"]["div"],
            R"(<div><a class="k" href="Patient/1" >x</a> y <img src="urn:b"/></div>)");
}

TEST(ReplaceLinks, PassesOverWhatIsNoResource) {
  for (const char* broken : {"<", "<a", "<a href", "<a href=", "<a href='", "<a =\"x\"", "<a/ /", "<!--",
                             "<a <a href=\"\"", "</a href='x'", "<a href=\"x"}) {
    Json resource = with_narrative(broken);
    EXPECT_FALSE(replace_links(resource, [](const Link&) { return std::nullopt; })) << broken;
  }
  for (const char* text :
       {"[]", "1", R"({"resourceType":7})", R"({"resourceType":"Patient","link":[[null]]})"}) {
    EXPECT_THAT(links_in(Json::parse(text)), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace reprise::fhir
