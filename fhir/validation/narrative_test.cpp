// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/narrative.h"

#include <gtest/gtest.h>

#include <string>

namespace reprise::fhir {
namespace {

std::string div(const std::string& content) {
  return "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + content + "</div>";
}

TEST(Narrative, AcceptsWhatR4Allows) {
  for (const std::string& text :
       {div("a"), div("<p>a &amp; b &lt; &#228; &#xE4;</p>"), div("<!-- a - b --><b>a</b>"),
        " " + div("a") + "\n",
        div("<table border='1' class=\"g\"><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>"),
        div("<a href=\"https://example.org/a:b?c=1&amp;d\">a</a>"), div("<a href=\"Patient/1\">a</a><br/>"),
        div("<a href=\"#b\">a</a>"), div("<img src=\"#photo\" alt=\"\"/>"),
        div("<img src=\"data:image/png;base64,AAAA\"/>"),
        div("<p style=\"color: red\" xml:lang=\"de\">a</p>"),
        std::string{"<div xmlns='http://www.w3.org/1999/xhtml' ><hr />a</div >"}}) {
    EXPECT_FALSE(problem_in_narrative(text)) << text << ": " << problem_in_narrative(text).value_or("");
  }
}

TEST(Narrative, RefusesWhatIsNotWellFormed) {
  for (const std::string& text : {std::string{},
                                  std::string{"a"},
                                  std::string{"<div"},
                                  std::string{"<div>"},
                                  std::string{"<div>a</div>"},
                                  std::string{"<p xmlns=\"http://www.w3.org/1999/xhtml\">a</p>"},
                                  std::string{"<div xmlns=\"http://example.org\">a</div>"},
                                  div("<p>a"),
                                  div("<b><i>a</b></i>"),
                                  div("a</p>"),
                                  div("a") + "b",
                                  div("a") + div("b"),
                                  div("a &nbsp; b"),
                                  div("a & b"),
                                  div("a &#0; b"),
                                  div("a &#xD800; b"),
                                  div("&#x110000;"),
                                  div("&#;"),
                                  div("<p class=a>b</p>"),
                                  div("<p class>b</p>"),
                                  div("<p class='a' class='b'>c</p>"),
                                  div("<p class='a'id='b'>c</p>"),
                                  div("<p title='<'>c</p>"),
                                  div("<!-- a -- b -->c"),
                                  div("<!-- a"),
                                  div("<![CDATA[a]]>"),
                                  div("<?php a ?>b"),
                                  std::string{"<!DOCTYPE html>"} + div("a"),
                                  div("< p>a</p>")}) {
    EXPECT_TRUE(problem_in_narrative(text)) << text;
  }
}

TEST(Narrative, RefusesWhatCouldRunOrAsk) {
  for (const std::string& text :
       {div("<script>a</script>"), div("<SCRIPT>a</SCRIPT>"), div("<p onclick=\"a()\">b</p>"),
        div("<iframe src=\"https://example.org\">a</iframe>"), div("<form><input/></form>"),
        div("<object>a</object>"), div("<style>a</style>"), div("<svg>a</svg>"),
        div("<a href=\"javascript:a()\">b</a>"), div("<a href=\" JaVa\tscript:a()\">b</a>"),
        div("<a href=\"java&#115;cript&#x3a;a()\">b</a>"), div("<a href=\"vbscript:a\">b</a>"),
        div("<a href=\"data:text/html,a\">b</a>"), div("<img src=\"file:///etc/passwd\"/>")}) {
    EXPECT_TRUE(problem_in_narrative(text)) << text;
  }
}

TEST(Narrative, WantsSomethingToRead) {
  EXPECT_TRUE(problem_in_narrative(div("")));
  EXPECT_TRUE(problem_in_narrative(div(" <p>\n</p>")));
  EXPECT_TRUE(problem_in_narrative("<div xmlns=\"http://www.w3.org/1999/xhtml\"/>"));
  EXPECT_TRUE(problem_in_narrative(div("<img alt=\"a\"/>")));
}

}  // namespace
}  // namespace reprise::fhir
