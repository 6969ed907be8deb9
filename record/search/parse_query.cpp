// SPDX-License-Identifier: Apache-2.0
#include "record/search/parse_query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string>
#include <utility>

#include "fhir/model/definitions.h"
#include "record/index/text_folding.h"
#include "record/search/parse_criterion.h"
#include "record/search/query_string.h"

namespace reprise::record {
namespace {

using fhir::IssueType;
using fhir::SearchKind;
using fhir::SearchParameter;

constexpr std::size_t kNoNumber = static_cast<std::size_t>(-1);

// Parses an unsigned integer; returns kNoNumber if it is none.
std::size_t whole_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : kNoNumber;
}

std::vector<std::string_view> pieces_at(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t end = std::min(text.find(separator), text.size());
    pieces.push_back(text.substr(0, end));
    if (end == text.size()) return pieces;
    text.remove_prefix(end + 1);
  }
}

bool can_sort_by(const SearchParameter& parameter) {
  return parameter.kind != SearchKind::reference && parameter.kind != SearchKind::composite;
}

// Parameters that control the search rather than filter resources.
class QueryReader {
 public:
  QueryReader(std::string_view type, const QueryOptions& options) : options_(options) {
    read_.query.type = type;
  }

  void read(const std::string& name, const std::string& value) {
    if (name == kCursorParameter) {
      if (!once(name)) return;
      cursor_ = value;
      return;
    }
    const std::size_t known_errors = read_.errors.size();
    const bool taken =
        name.rfind('_', 0) == 0 && is_control(name) ? control(name, value) : criterion(name, value);
    if (taken && read_.errors.size() == known_errors) read_.query.accepted.emplace_back(name, value);
  }

  ReadQuery finish() && {
    SearchQuery& query = read_.query;
    if (query.criteria.size() > kMostCriteria) {
      error(IssueType::too_costly,
            "a search may have at most " + std::to_string(kMostCriteria) + " criteria");
    }
    std::size_t alternatives = 0;
    for (const Criterion& criterion : query.criteria) alternatives += criterion.alternatives.size();
    if (alternatives > kMostAlternativesInAll) {
      error(IssueType::too_costly,
            "a search may have at most " + std::to_string(kMostAlternativesInAll) + " values in all");
    }
    if (query.includes.size() > kMostIncludes) {
      error(IssueType::too_costly,
            "a search may have at most " + std::to_string(kMostIncludes) + " includes");
    }
    if (query.count == 0) query.summary = Summary::count;
    if (query.summary == Summary::count) query.total = true;
    if (!query.elements.empty() && query.summary != Summary::none)
      error(IssueType::value, "_elements and _summary cannot be combined");
    if (cursor_ && read_.errors.empty()) {
      query.cursor = read_cursor(*cursor_, fingerprint(query));
      if (!query.cursor)
        error(IssueType::value, "_cursor: is not from a page of this search; begin again without it");
    }
    return std::move(read_);
  }

 private:
  void error(IssueType code, std::string what) {
    read_.errors.push_back({fhir::Severity::error, code, std::move(what), ""});
  }

  // Unknown and unsupported parameters are ignored with lenient handling.
  bool refuse(const std::string& what) {
    auto& list = options_.lenient ? read_.warnings : read_.errors;
    const auto severity = options_.lenient ? fhir::Severity::information : fhir::Severity::error;
    list.push_back(
        {severity, IssueType::not_supported, what + (options_.lenient ? "; it is passed over" : ""), ""});
    return false;
  }

  bool wrong_value(const std::string& name, const std::string& what) {
    error(IssueType::value, name + ": " + what);
    return false;
  }

  bool once(const std::string& name) {
    if (seen_.insert(name).second) return true;
    return wrong_value(name, "may stand only once");
  }

  static bool is_control(const std::string& name) {
    const std::string base = name.substr(0, name.find_first_of(":."));
    return base != "_id" && base != "_lastUpdated" && base != "_profile" && base != "_security" &&
           base != "_source" && base != "_tag";
  }

  bool control(const std::string& name, const std::string& value) {
    if (name == "_include" || name == "_revinclude") return include(name, value);
    using Reader = bool (QueryReader::*)(const std::string&, const std::string&);
    constexpr std::array<std::pair<std::string_view, Reader>, 7> kReaders = {
        {{"_sort", &QueryReader::sort},
         {"_count", &QueryReader::count},
         {"_total", &QueryReader::total},
         {"_summary", &QueryReader::summary},
         {"_elements", &QueryReader::elements},
         {"_format", &QueryReader::format},
         {"_pretty", &QueryReader::pretty}}};
    for (const auto& [known, reader] : kReaders) {
      if (known == name) return once(name) && (this->*reader)(name, value);
    }
    return refuse(shown_name(name) + ": this parameter is not supported");
  }

  bool sort(const std::string& name, const std::string& value) {
    for (std::string_view key : pieces_at(value, ',')) {
      const bool descending = !key.empty() && key.front() == '-';
      if (descending) key.remove_prefix(1);
      const SearchParameter* parameter = fhir::find_search_parameter(read_.query.type, key);
      if (parameter == nullptr || !can_sort_by(*parameter))
        return refuse(name + ": " + shown_name(key) + " is nothing that " + read_.query.type +
                      " can be sorted by");
      read_.query.sort.push_back({parameter, descending});
    }
    if (read_.query.sort.size() > kMostSortKeys)
      return wrong_value(name, "may have at most " + std::to_string(kMostSortKeys) + " keys");
    return true;
  }

  bool count(const std::string& name, const std::string& value) {
    const std::size_t number = whole_number(value);
    if (number == kNoNumber) return wrong_value(name, "must be a whole number from 0");
    read_.query.count = std::min(number, kMostResources);
    if (number > kMostResources) {
      read_.warnings.push_back({fhir::Severity::information, IssueType::too_costly,
                                "_count: a page has at most " + std::to_string(kMostResources) + " resources",
                                ""});
    }
    return true;
  }

  bool total(const std::string& name, const std::string& value) {
    if (value != "none" && value != "estimate" && value != "accurate")
      return wrong_value(name, "must be none, estimate or accurate");
    read_.query.total = value != "none";
    return true;
  }

  bool summary(const std::string& name, const std::string& value) {
    constexpr std::array<std::pair<std::string_view, Summary>, 5> kWords = {{{"false", Summary::none},
                                                                             {"true", Summary::summary},
                                                                             {"text", Summary::text},
                                                                             {"data", Summary::data},
                                                                             {"count", Summary::count}}};
    for (const auto& [word, meaning] : kWords) {
      if (word != value) continue;
      read_.query.summary = meaning;
      return true;
    }
    return wrong_value(name, "must be true, false, text, data or count");
  }

  bool elements(const std::string& name, const std::string& value) {
    const auto known = fhir::elements_of(*fhir::find_resource(read_.query.type));
    for (const std::string_view element : pieces_at(value, ',')) {
      const bool found = std::any_of(known.begin(), known.end(), [&](const fhir::Element& one) {
        return fhir::path_name(one) == element;
      });
      if (!found) return refuse(name + ": " + shown_name(element) + " is no element of " + read_.query.type);
      read_.query.elements.emplace_back(element);
    }
    return true;
  }

  bool format(const std::string&, const std::string& value) {
    read_.query.format = value;
    return true;
  }

  bool pretty(const std::string& name, const std::string& value) {
    if (value != "true" && value != "false") return wrong_value(name, "must be true or false");
    read_.query.pretty = value;
    return true;
  }

  // "Observation:subject" or "Observation:subject:Patient".
  bool include(const std::string& name, const std::string& value) {
    const auto pieces = pieces_at(value, ':');
    if (pieces.size() < 2 || pieces.size() > 3)
      return refuse(name + ": must be TYPE:PARAMETER or TYPE:PARAMETER:TYPE; others are not supported");
    Include include{name == "_revinclude", std::string{pieces[0]},
                    fhir::find_search_parameter(pieces[0], pieces[1]),
                    pieces.size() == 3 ? std::string{pieces[2]} : ""};
    if (fhir::find_resource(pieces[0]) == nullptr || include.reference == nullptr ||
        include.reference->kind != SearchKind::reference ||
        !fhir::leads_to_structure(*include.reference, "Reference"))
      return refuse(name + ": " +
                    (fhir::find_resource(pieces[0]) != nullptr ? std::string{pieces[0]} : "this type") +
                    " has no such parameter that leads to other resources");
    if (!include.target_type.empty() && fhir::find_resource(include.target_type) == nullptr)
      return refuse(name + ": " + shown_name(include.target_type) + " is no supported type");
    if (include.source_type == kLogType || include.target_type == kLogType)
      return refuse(name + ": the audit log is searched alone");
    const std::string& own = include.reverse ? include.target_type : include.source_type;
    if (own != read_.query.type && !(include.reverse && own.empty()))
      return wrong_value(name, "must begin or end with the type that is searched for, " + read_.query.type);
    read_.query.includes.push_back(std::move(include));
    return true;
  }

  bool criterion(const std::string& name, const std::string& value) {
    auto read = parse_criterion(read_.query.type, name, value, options_);
    if (read) {
      read_.query.criteria.push_back(std::move(*read));
      return true;
    }
    if (!read.error().is_unknown) return wrong_value(shown_name(name), read.error().what);
    return refuse(shown_name(name) + ": " + read.error().what);
  }

  const QueryOptions& options_;
  ReadQuery read_;
  std::optional<std::string> cursor_;
  std::set<std::string> seen_;
};

ReadQuery refused(std::string_view type, IssueType code, const std::string& what) {
  ReadQuery read;
  read.query.type = type;
  read.errors.push_back({fhir::Severity::error, code, what, ""});
  return read;
}

}  // namespace

ReadQuery parse_query(std::string_view type, std::span<const std::string_view> forms,
                      const QueryOptions& options) {
  if (fhir::find_resource(type) == nullptr)
    return refused(type, IssueType::not_supported, "this type of resource is not supported");
  QueryReader reader(type, options);
  std::size_t length = 0;
  for (const std::string_view form : forms) {
    length += form.size();
    if (length > kLongestQuery)
      return refused(type, IssueType::too_costly,
                     "a search may be at most " + std::to_string(kLongestQuery) + " bytes long");
    const auto fields = parse_query_string(form);
    if (!fields)
      return refused(
          type, IssueType::structure,
          "the search is not written as NAME=VALUE&… in UTF-8, with % before two hexadecimal digits");
    constexpr std::size_t kMostFields = 1000;
    if (fields->size() > kMostFields) return refused(type, IssueType::too_costly, "too many parameters");
    for (const auto& [name, value] : *fields) reader.read(name, value);
  }
  return std::move(reader).finish();
}

std::string query_text(const SearchQuery& query) {
  return write_query_string(query.accepted);
}

std::string fingerprint(const SearchQuery& query) {
  static const std::set<std::string_view> kOnlyShown = {"_count",  "_total",  "_summary", "_elements",
                                                        "_format", "_pretty", "_include", "_revinclude"};
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& field : query.accepted) {
    if (kOnlyShown.count(field.first) == 0) fields.push_back(field);
  }
  return query.type + '?' + write_query_string(fields);
}

}  // namespace reprise::record
