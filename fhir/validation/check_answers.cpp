// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/check_answers.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "fhir/validation/findings.h"
#include "fhir/validation/item_conditions.h"
#include "fhir/validation/value_checks.h"

namespace reprise::fhir {
namespace {

constexpr std::size_t kMostWork = 1'000'000;  // items and answers looked at
constexpr std::string_view kExtensions = "http://hl7.org/fhir/StructureDefinition/";

bool is_true(const Json& group, const char* name) {
  const auto at = group.find(name);
  return at != group.end() && at->is_boolean() && at->get<bool>();
}

const Json& list_of(const Json& group, const char* name) {
  static const Json kNone = Json::array();
  if (!group.is_object()) return kNone;
  const auto at = group.find(name);
  return at != group.end() && at->is_array() ? *at : kNone;
}

/// The value of one of R4's own extensions of an item.
std::optional<NamedValue> extension_of(const Json& item, std::string_view name) {
  for (const Json& extension : list_of(item, "extension")) {
    const auto url = text_in(extension, "url");
    if (url.size() == kExtensions.size() + name.size() && url.substr(0, kExtensions.size()) == kExtensions &&
        url.substr(kExtensions.size()) == name)
      return value_in(extension);
  }
  return {};
}

/// The name of the value[x] that an item of this type wants; empty where several are possible.
std::string_view value_for(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kTypes = {
      {{"boolean", "Boolean"},
       {"decimal", "Decimal"},
       {"integer", "Integer"},
       {"date", "Date"},
       {"dateTime", "DateTime"},
       {"time", "Time"},
       {"string", "String"},
       {"text", "String"},
       {"url", "Uri"},
       {"attachment", "Attachment"},
       {"reference", "Reference"},
       {"quantity", "Quantity"}}};
  for (const auto& [of_item, value] : kTypes) {
    if (type == of_item) return value;
  }
  return {};
}

std::size_t letters_in(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_option(const NamedValue& given, const Json& options) {
  return std::any_of(options.begin(), options.end(), [&](const Json& option) {
    const auto wanted = value_in(option);
    if (!wanted || wanted->name != given.name) return false;
    if (given.name == "Coding") return is_coding(*given.value, *wanted->value);
    if (given.name == "Reference")
      return text_in(*given.value, "reference") == text_in(*wanted->value, "reference");
    return *given.value == *wanted->value;
  });
}

class AnswerCheck {
 public:
  AnswerCheck(const Json& response, const Json& questionnaire)
      : response_(response), questionnaire_(questionnaire), answered_(response) {}

  std::vector<Issue> check() {
    const auto status = text_in(response_, "status");
    finished_ = status == "completed" || status == "amended";
    items({&list_of(response_, "item")}, list_of(questionnaire_, "item"),
          {nullptr, "QuestionnaireResponse", {}});
    if (work_ > kMostWork) {
      findings_.add(IssueType::too_costly, {nullptr, "QuestionnaireResponse", {}},
                    "has more answers than can be checked");
    }
    return std::move(findings_).take();
  }

 private:
  bool stops() { return findings_.full() || ++work_ > kMostWork; }

  static std::string named(const Json& item) {
    constexpr std::size_t kLongest = 80;
    const auto id = text_in(item, "linkId");
    return id.empty() || id.size() > kLongest ? std::string{"the item"}
                                              : "the item \"" + std::string{id} + "\"";
  }

  /// What stands in one group, or below one answer. `given`: the lists of items (below an answer, and below
  /// the question itself); `parent`: where they stand.
  void items(const std::vector<const Json*>& given, const Json& asked, const ElementPath& parent) {
    std::map<std::string_view, std::size_t> wanted;
    for (std::size_t i = 0; i < asked.size(); ++i) wanted.emplace(text_in(asked[i], "linkId"), i);
    std::vector<std::size_t> count(asked.size(), 0);
    for (const Json* list : given) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        if (stops()) return;
        const ElementPath place{&parent, "item", i};
        const auto found = wanted.find(text_in((*list)[i], "linkId"));
        if (found == wanted.end()) {
          findings_.add(IssueType::structure, place,
                        "has a linkId that the questionnaire does not have here");
          continue;
        }
        const Json& item_asked = asked[found->second];
        if (++count[found->second] > 1 &&
            !(text_in(item_asked, "type") == "group" && is_true(item_asked, "repeats"))) {
          findings_.add(IssueType::structure, place, named(item_asked) + " stands here twice");
          continue;
        }
        item((*list)[i], item_asked, place);
      }
    }
    if (!finished_) return;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (stops()) return;
      if (count[i] > 0 || !is_true(asked[i], "required") || text_in(asked[i], "type") == "display") continue;
      if (is_enabled(asked[i], answered_, around_, work_).value_or(false)) {
        findings_.add(IssueType::required, {&parent, "item", {}},
                      named(asked[i]) + " is required and has no answer");
      }
    }
  }

  void item(const Json& given, const Json& asked, const ElementPath& place) {
    const auto type = text_in(asked, "type");
    const Json& answers = list_of(given, "answer");
    const Json& inner = list_of(given, "item");
    if (!is_enabled(asked, answered_, around_, work_).value_or(true) &&
        (!answers.empty() || !inner.empty())) {
      findings_.add(IssueType::invariant, place,
                    named(asked) + " is answered, though its condition does not hold");
      return;
    }
    if (type == "display" || type == "group") {
      if (!answers.empty()) {
        findings_.add(IssueType::structure, {&place, "answer", {}}, named(asked) + " is no question");
      }
    } else {
      question(answers, asked, place);
    }
    around_.push_back(answered_.range_of(given));
    if (type == "group") {
      items({&inner}, list_of(asked, "item"), place);
    } else {
      for (std::size_t i = 0; i < answers.size(); ++i) {
        const ElementPath at{&place, "answer", i};
        items({&list_of(answers[i], "item"), &inner}, list_of(asked, "item"), at);
      }
      if (answers.empty() && !inner.empty()) {
        findings_.add(IssueType::structure, {&place, "item", {}},
                      named(asked) + " has no answer, and has items inside");
      }
    }
    around_.pop_back();
  }

  void question(const Json& answers, const Json& asked, const ElementPath& place) {
    const bool repeats = is_true(asked, "repeats");
    if (answers.empty() && finished_ && is_true(asked, "required")) {
      findings_.add(IssueType::required, place, named(asked) + " is required and has no answer");
    }
    if (answers.size() > 1 && !repeats) {
      findings_.add(IssueType::structure, place, named(asked) + " has several answers, and may have one");
    }
    const auto most = extension_of(asked, "questionnaire-maxOccurs");
    const auto least = extension_of(asked, "questionnaire-minOccurs");
    const auto beyond = [&](const std::optional<NamedValue>& limit, bool low) {
      if (!limit || !limit->value->is_number_integer()) return false;
      const auto count = static_cast<std::int64_t>(answers.size());
      return low ? count < limit->value->get<std::int64_t>() : count > limit->value->get<std::int64_t>();
    };
    if (beyond(most, false) || (finished_ && !answers.empty() && beyond(least, true))) {
      findings_.add(IssueType::structure, place,
                    named(asked) + " has more or fewer answers than it may have");
    }
    for (std::size_t i = 0; i < answers.size() && !stops(); ++i) {
      const ElementPath at{&place, "answer", i};
      if (const auto value = value_in(answers[i])) check_value(*value, asked, {&at, "value", {}});
    }
  }

  void check_value(const NamedValue& given, const Json& asked, const ElementPath& place) {
    const auto type = text_in(asked, "type");
    const Json& options = list_of(asked, "answerOption");
    work_ += options.size();
    const bool open = type == "open-choice";
    if (type == "choice" || open) {
      if (open && given.name == "String") return;
      const bool fits = options.empty() ? given.name == "Coding" : is_option(given, options);
      if (!fits)
        findings_.add(IssueType::code_invalid, place,
                      "the answer to " + named(asked) + " is none of its options");
      return;
    }
    const auto wanted = value_for(type);
    if (!wanted.empty() && given.name != wanted) {
      findings_.add(IssueType::value, place,
                    "the answer to " + named(asked) + " must be a value" + std::string{wanted});
      return;
    }
    if (!options.empty() && !is_option(given, options)) {
      findings_.add(IssueType::code_invalid, place,
                    "the answer to " + named(asked) + " is none of its options");
    }
    limits(given, asked, place);
  }

  void limits(const NamedValue& given, const Json& asked, const ElementPath& place) {
    const auto out = [&](const char* how) {
      findings_.add(IssueType::value, place, "the answer to " + named(asked) + " is " + how);
    };
    if (const auto least = extension_of(asked, "minValue")) {
      if (compare_values(given, *least).value_or(0) < 0) out("below its least value");
    }
    if (const auto most = extension_of(asked, "maxValue")) {
      if (compare_values(given, *most).value_or(0) > 0) out("above its greatest value");
    }
    if (!given.value->is_string()) return;
    const auto length = static_cast<std::int64_t>(letters_in(given.value->get_ref<const std::string&>()));
    const auto longest = asked.find("maxLength");
    if (longest != asked.end() && longest->is_number_integer() && length > longest->get<std::int64_t>())
      out("longer than its maxLength");
    const auto shortest = extension_of(asked, "minLength");
    if (shortest && shortest->value->is_number_integer() && length < shortest->value->get<std::int64_t>())
      out("shorter than its minLength");
  }

  const Json& response_;
  const Json& questionnaire_;
  AnsweredItems answered_;
  bool finished_ = false;
  std::size_t work_ = 0;
  std::vector<ItemRange> around_;
  Findings findings_{ValidateOptions{}};
};

}  // namespace

std::vector<Issue> check_answers(const Json& response, const Json& questionnaire) {
  return AnswerCheck{response, questionnaire}.check();
}

}  // namespace reprise::fhir
