// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/xml_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise::sensing {
namespace {

std::string xml_cause(std::string_view text) {
  const auto parsed = parse_xml(text);
  return parsed ? "parsed" : parsed.error().cause;
}

TEST(XmlTree, ReadsElementsAttributesAndTexts) {
  const auto root = parse_xml(
      "<?xml version=\"1.0\"?>\n<!-- a > b --><Model name=\"arm &amp; hand\" x='1'>\n"
      "  <mass> 2.5 <!--kg--></mass><empty/>\n  <note>5 &lt; 6 &#65; "
      "&unknown;</note><mass>3</mass></Model>\n");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(root->name, "Model");
  EXPECT_EQ(root->attribute("name"), "arm & hand");
  EXPECT_EQ(root->attribute("x"), "1");
  EXPECT_EQ(root->attribute("y"), "");
  EXPECT_EQ(root->text_of("mass"), "2.5");
  EXPECT_EQ(root->text_of("note"), "5 < 6 A &unknown;");
  EXPECT_EQ(root->text_of("other"), "");
  EXPECT_EQ(root->children.size(), 4U);
  EXPECT_EQ(root->child("other"), nullptr);
}

TEST(XmlTree, TakesCdataForText) {
  const auto root = parse_xml("<a><mass>\n<![CDATA[ 2.5 ]]></mass><![CDATA[<b>]]><c/></a>");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(root->text_of("mass"), "2.5");
  EXPECT_EQ(root->children.size(), 2U);
}

TEST(XmlTree, KnowsWhereElementsStand) {
  const std::string text = "<!-- x --><a>\n<b c=\"1\"> 2 </b><d/></a>";
  const auto root = parse_xml(text);
  ASSERT_TRUE(root) << to_string(root.error());
  const auto part = [&](std::size_t from, std::size_t to) { return text.substr(from, to - from); };
  EXPECT_EQ(part(root->begin, root->end), text.substr(10));
  const XmlElement& b = *root->child("b");
  EXPECT_EQ(part(b.begin, b.end), "<b c=\"1\"> 2 </b>");
  EXPECT_EQ(part(b.content_begin, b.content_end), " 2 ");
  const XmlElement& d = *root->child("d");
  EXPECT_EQ(part(d.begin, d.end), "<d/>");
  EXPECT_EQ(d.content_begin, d.end);
}

TEST(XmlTree, NamesTheLineOfWhatIsBroken) {
  EXPECT_EQ(xml_cause("<a>\n<b>\n</a>"), "line 3: 'a' is closed, but not open");
  EXPECT_EQ(xml_cause("<a>\n<b>"), "line 2: the element 'b' is not closed");
  EXPECT_EQ(xml_cause("<a>\n<b"), "line 1: a tag is not closed");
  EXPECT_EQ(xml_cause(""), "line 1: there is no element");
  EXPECT_EQ(xml_cause("<a/><b/>"), "line 1: there is more than one root element");
  EXPECT_EQ(xml_cause("<m>1<!-- or -->2</m>"), "line 1: a comment or CDATA parts the text of 'm'");
  EXPECT_EQ(xml_cause("<m>1<![CDATA[2]]></m>"), "line 1: a comment or CDATA parts the text of 'm'");
  EXPECT_THAT(xml_cause(std::string(400, '<')), testing::HasSubstr("not closed"));
}

TEST(XmlTree, RefusesElementsNestedTooDeep) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "<a>";
  const auto parsed = parse_xml(text);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::sensing
