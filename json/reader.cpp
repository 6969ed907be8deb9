// SPDX-License-Identifier: Apache-2.0
#include "json/reader.h"

#include <algorithm>

namespace reprise::json {
namespace {

const Json kNothing;

}  // namespace

Document::Document(std::string_view text, std::string stage)
    : Document(Parsed{Json::parse(text, nullptr, false)}, std::move(stage)) {}

Document::Document(Parsed parsed, std::string stage)
    : json_(std::move(parsed.json)), stage_(std::move(stage)) {
  if (!json_.is_object()) wrong_ = "the input is no JSON object";
}

Reader Document::root() {
  return {json_, "", *this};
}

std::optional<Error> Document::problem() const {
  if (wrong_.empty()) return {};
  return Error{ErrorCode::invalid_argument, stage_, wrong_, "correct it; reprise.d.mts explains each field"};
}

std::string Reader::path_of(std::string_view name) const {
  return path_.empty() ? std::string{name} : path_ + "." + std::string{name};
}

void Reader::refuse(std::string_view name, std::string_view wanted) {
  if (right()) document_->wrong_ = path_of(name) + " is not " + std::string{wanted};
}

bool Reader::absent(std::string_view name) const {
  const Json* found = field(*json_, name);
  return found == nullptr || found->is_null();
}

const Json* Reader::value(std::string_view name) {
  const Json* found = field(*json_, name);
  if (found == nullptr) refuse(name, "there");
  return found;
}

std::string Reader::text(std::string_view name, std::size_t most) {
  const Json* found = field(*json_, name);
  if (found == nullptr || !found->is_string() || found->get_ref<const std::string&>().size() > most) {
    refuse(name, "a text of at most " + std::to_string(most) + " bytes");
    return {};
  }
  return found->get<std::string>();
}

std::string Reader::text_or_null(std::string_view name, std::size_t most) {
  return absent(name) ? std::string{} : text(name, most);
}

bool Reader::truth(std::string_view name) {
  const auto found = truth_of(*json_, name);
  if (!found) refuse(name, "true or false");
  return found.value_or(false);
}

std::optional<bool> Reader::truth_or_null(std::string_view name) {
  return absent(name) ? std::nullopt : std::optional{truth(name)};
}

int Reader::whole(std::string_view name, int least, int most) {
  const auto found = whole_of(*json_, name, least, most);
  if (!found) refuse(name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return found.value_or(least);
}

std::optional<int> Reader::whole_or_null(std::string_view name, int least, int most) {
  return absent(name) ? std::nullopt : std::optional{whole(name, least, most)};
}

double Reader::number(std::string_view name) {
  const auto found = number_of(*json_, name);
  if (!found) refuse(name, "a number");
  return found.value_or(0);
}

std::optional<double> Reader::number_or_null(std::string_view name) {
  return absent(name) ? std::nullopt : std::optional{number(name)};
}

std::optional<std::size_t> Reader::choice(std::string_view name, std::span<const std::string_view> words) {
  const auto found = std::find(words.begin(), words.end(), text_of(*json_, name));
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  refuse(name, "one of the words that it can be");
  return {};
}

std::optional<std::size_t> Reader::choice_or_null(std::string_view name,
                                                  std::span<const std::string_view> words) {
  return absent(name) ? std::nullopt : choice(name, words);
}

Reader Reader::group(std::string_view name) {
  if (absent(name) || !field(*json_, name)->is_object()) {
    refuse(name, "an object");
    return {kNothing, path_of(name), *document_};
  }
  return {*field(*json_, name), path_of(name), *document_};
}

Reader Reader::group_or_null(std::string_view name) {
  return absent(name) ? Reader{kNothing, path_of(name), *document_} : group(name);
}

std::vector<Reader> Reader::items(std::string_view name, std::size_t most) {
  std::vector<Reader> all;
  if (absent(name)) return all;
  const Json& list = *field(*json_, name);
  if (!list.is_array() || list.size() > most) {
    refuse(name, "a list of at most " + std::to_string(most));
    return all;
  }
  for (std::size_t i = 0; i < list.size(); ++i)
    all.emplace_back(list[i], path_of(name) + "[" + std::to_string(i) + "]", *document_);
  return all;
}

}  // namespace reprise::json
