#include "care/plan/education.h"

#include <algorithm>

#include "base/base64.h"
#include "fhir/fields/attachment.h"
#include "fhir/profiles/vocabulary.h"
#include "json/reader.h"

namespace reprise::care {
namespace {

constexpr const char* kEducationStage = "reading a text of the catalog";
constexpr std::array<std::string_view, 3> kLanguages = {"en", "de", "es"};
constexpr std::size_t kMostParagraphs = 40;

struct EducationText {
  std::string title;
  std::string lead;
  std::string body;  // paragraphs and lists as Markdown has them
};

void refuse_unknown(json::Reader& input, std::initializer_list<std::string_view> known) {
  for (const auto& item : input.json().items()) {
    if (std::find(known.begin(), known.end(), item.key()) == known.end())
      input.refuse(item.key(), "one of the fields that a text has");
  }
}

std::string seen_text(json::Reader& input, std::string_view name, std::size_t most) {
  std::string text = input.text(name, most);
  if (text.empty()) input.refuse(name, "a text in which there is something");
  return text;
}

EducationText read_language(json::Reader input) {
  refuse_unknown(input, {"title", "lead", "body"});
  EducationText text{seen_text(input, "title", 200), seen_text(input, "lead", 400), {}};
  const Json* body = input.value("body");
  if (!input.right()) return text;
  bool right = body->is_array() && !body->empty() && body->size() <= kMostParagraphs;
  for (const Json& paragraph : *body) {
    right = right && paragraph.is_string() && !paragraph.get_ref<const std::string&>().empty();
    if (right) text.body += (text.body.empty() ? "" : "\n\n") + paragraph.get<std::string>();
  }
  if (!right) input.refuse("body", "a list of 1 to 40 paragraphs");
  return text;
}

bool is_education_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id.front() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

void add_translated(Json& resource, const char* name, const std::array<EducationText, 3>& texts,
                    std::string EducationText::*part) {
  resource[name] = texts[0].*part;
  std::vector<std::pair<std::string, std::string>> others;
  for (std::size_t i = 1; i < kLanguages.size(); ++i)
    others.emplace_back(std::string{kLanguages[i]}, texts[i].*part);
  resource[std::string{"_"} + name] = fhir::translations(others);
}

Json content_of(const EducationText& text, std::string_view language) {
  return {{"contentType", "text/markdown"},
          {"language", language},
          {"data", to_base64(text.body)},
          {"title", text.title}};
}

}  // namespace

Result<Json> education_library(const CatalogFile& file) {
  json::Document page{file.text, kEducationStage};
  json::Reader input = page.root();
  refuse_unknown(input, {"id", "version", "order", "review", "source", "text"});
  const std::string id = input.text("id", 64);
  if (input.right() && (!is_education_id(id) || file.name != id + ".json"))
    input.refuse("id", "lower-case letters and '-', and the name of its file");
  const int version = input.whole("version", 1, 10'000);
  const int order = input.whole("order", 1, 10'000);
  const std::string review = seen_text(input, "review", 200);
  const std::string source = seen_text(input, "source", 1000);
  json::Reader all = input.group("text");
  std::array<EducationText, 3> texts;
  for (std::size_t i = 0; i < kLanguages.size() && input.right(); ++i)
    texts[i] = read_language(all.group(kLanguages[i]));
  if (input.right()) refuse_unknown(all, {kLanguages[0], kLanguages[1], kLanguages[2]});
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  Json resource = Json::object();
  resource["resourceType"] = "Library";
  resource["extension"] = Json::array({Json{{"url", fhir::kOrder}, {"valueInteger", order}}});
  resource["url"] = fhir::kEducationPrefix + id;
  resource["version"] = std::to_string(version);
  resource["name"] = fhir::computer_name(id);
  add_translated(resource, "title", texts, &EducationText::title);
  resource["subtitle"] = review;
  resource["status"] = "active";
  resource["experimental"] = false;
  resource["type"] = fhir::codeable(fhir::kLibrary, "education", "A text for patients");
  add_translated(resource, "description", texts, &EducationText::lead);
  resource["purpose"] = source;
  resource["content"] = Json::array();
  for (std::size_t i = 0; i < kLanguages.size(); ++i)
    resource["content"].push_back(content_of(texts[i], kLanguages[i]));
  return resource;
}

}  // namespace reprise::care
