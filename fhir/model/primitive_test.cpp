// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/primitive.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "fhir/model/date_time.h"
#include "fhir/model/reference.h"

namespace reprise::fhir {
namespace {

struct Written {
  std::vector<Json> right;
  std::vector<Json> wrong;
};

// By the rules and regular expressions of http://hl7.org/fhir/R4/datatypes.html#primitive.
const std::map<Kind, Written>& written() {
  static const std::map<Kind, Written> kWritten = {
      {Kind::boolean, {{true, false}, {"true", 1, 0, nullptr}}},
      {Kind::integer,
       {{0, -1, 2147483647, -2147483648LL}, {2147483648LL, -2147483649LL, 1.0, "1", 1e3, true}}},
      {Kind::unsigned_int, {{0, 2147483647}, {-1, 2147483648U, 0.5, 18446744073709551615ULL}}},
      {Kind::positive_int, {{1, 2147483647}, {0, -1, 2147483648U}}},
      {Kind::decimal, {{0, -1.5, 1e-3, 18446744073709551615ULL}, {"1.5", true}}},
      {Kind::string,
       {{"a", " a ", "a\tb\r\nc", "ä"}, {"", " ", "\n", std::string(1, '\0'), "a\x01", 1, true}}},
      {Kind::markdown, {{"# a\n\nb"}, {"", "\t"}}},
      {Kind::code, {{"a", "a b", "nv-1.2"}, {"", " a", "a ", "a  b", "a\t\tb"}}},
      {Kind::id, {{"a", "A-1.b", std::string(64, 'x')}, {"", "a_b", "a b", "ä", std::string(65, 'x'), 7}}},
      {Kind::uri, {{"http://example.org/a", "urn:oid:1.2", "a"}, {"", "http://a b", " a"}}},
      {Kind::url, {{"https://example.org"}, {"", "a b"}}},
      {Kind::canonical, {{"http://example.org/a|1.0#b"}, {"", "a b"}}},
      {Kind::oid,
       {{"urn:oid:1.2.840.113619", "urn:oid:2.0"},
        {"1.2.3", "urn:oid:3.1", "urn:oid:1", "urn:oid:1.02", "urn:oid:1..2", "urn:oid:1.2.", "urn:oid:"}}},
      {Kind::uuid,
       {{"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"},
        {"c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:C757873D-ec9a-4326-a141-556f43239520",
         "urn:uuid:c757873d-ec9a-4326-a141-556f4323952", "urn:uuid:c757873dxec9a-4326-a141-556f43239520"}}},
      {Kind::base64_binary,
       {{"AAAA", "AAA=", "AA==", "AA A=\n", "+/09"}, {"", "AAA", "A===", "AA=A", "AA-A", "====A", " "}}},
      {Kind::date,
       {{"2026", "2026-03", "2026-03-14", "2024-02-29", "2000-02-29", "0001-01-01"},
        {"26", "2026-3", "2026-13", "2026-00", "2025-02-29", "1900-02-29", "2026-04-31", "2026-03-00", "0000",
         "2026-03-14T09:30:00Z", "14.03.2026", " 2026", "2026-", 2026}}},
      {Kind::date_time,
       {{"2026", "2026-03", "2026-03-14", "2026-03-14T09:30:00Z", "2026-03-14T09:30:00.123456789+14:00",
         "2016-12-31T23:59:60Z"},
        {"2026-03-14T09:30:00", "2026-03-14T09:30Z", "2026-03-14T24:00:00Z", "2026-03-14T09:60:00Z",
         "2026-03-14T09:30:61Z", "2026-03-14T09:30:00.Z", "2026-03-14T09:30:00+14:01",
         "2026-03-14T09:30:00+15:00", "2026-03-14 09:30:00Z", "2026-03T09:30:00Z", "2026-03-14T09:30:00Zx"}}},
      {Kind::instant,
       {{"2026-03-14T09:30:00Z", "2026-03-14T09:30:00.5-05:00"}, {"2026-03-14", "2026-03-14T09:30:00"}}},
      {Kind::time,
       {{"09:30:00", "23:59:60", "00:00:00.001"},
        {"9:30:00", "24:00:00", "09:30", "09:30:00Z", "09:30:00."}}},
  };
  return kWritten;
}

TEST(IsWrittenAs, KnowsEveryPrimitiveType) {
  for (int kind = static_cast<int>(Kind::base64_binary); kind < static_cast<int>(Kind::xhtml); ++kind) {
    const auto found = written().find(static_cast<Kind>(kind));
    ASSERT_NE(found, written().end()) << "no values for kind " << kind;
    for (const Json& value : found->second.right)
      EXPECT_TRUE(is_written_as(found->first, value)) << kind << value;
    for (const Json& value : found->second.wrong) {
      EXPECT_FALSE(is_written_as(found->first, value)) << kind << value;
    }
    EXPECT_FALSE(is_written_as(found->first, Json::object()));
    EXPECT_FALSE(is_written_as(found->first, nullptr));
  }
}

TEST(IsWrittenAs, CountsCharactersOfATextNotBytes) {
  std::string longest;
  for (int i = 0; i < 1024 * 1024; ++i) longest += "ä";
  EXPECT_TRUE(is_written_as(Kind::string, longest));
  EXPECT_FALSE(is_written_as(Kind::string, longest + "a"));
}

TEST(ParseReference, TellsFormTypeAndId) {
  struct Case {
    std::string text;
    ReferenceForm form;
    std::string type;
    std::string id;
  };
  const std::vector<Case> cases = {
      {"Patient/17", ReferenceForm::relative, "Patient", "17"},
      {"Patient/17/_history/2", ReferenceForm::relative, "Patient", "17"},
      {"#a", ReferenceForm::contained, "", "a"},
      {"#", ReferenceForm::contained, "", ""},
      {"https://example.org/fhir/Group/a.b", ReferenceForm::absolute, "Group", "a.b"},
      {"https://example.org/a/b", ReferenceForm::absolute, "", ""},
      {"urn:uuid:c757873d-ec9a-4326-a141-556f43239520", ReferenceForm::absolute, "", ""},
      {"Patient?identifier=http://a|1", ReferenceForm::conditional, "Patient", ""},
  };
  for (const Case& one : cases) {
    const auto parsed = parse_reference(one.text);
    ASSERT_TRUE(parsed) << one.text;
    EXPECT_EQ(parsed->form, one.form) << one.text;
    EXPECT_EQ(parsed->type, one.type) << one.text;
    EXPECT_EQ(parsed->id, one.id) << one.text;
  }
  for (const char* text :
       {"", "Patient", "Patient/", "/Patient/1", "patient/1", "Nobody/1", "Patient/a_b", "a/Patient/1",
        "Patient/1/_history/", "#a_b", "Nobody?a=b", "http:", ":a", "Patient /1", "1a:b"}) {
    EXPECT_FALSE(parse_reference(text)) << text;
  }
}

}  // namespace
}  // namespace reprise::fhir
