// SPDX-License-Identifier: Apache-2.0
#include "record/search/index_filter.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include "record/index/text_folding.h"

namespace reprise::record {
namespace {

using fhir::SearchKind;
using fhir::SearchParameter;

constexpr std::string_view kResourceTable = "resource";

std::string_view table_of(SearchKind kind) {
  switch (kind) {
    case SearchKind::token: return "token_index";
    case SearchKind::string: return "text_index";
    case SearchKind::reference: return "reference_index";
    case SearchKind::quantity:
    case SearchKind::number: return "quantity_index";
    case SearchKind::date: return "date_index";
    case SearchKind::uri: return "uri_index";
    case SearchKind::composite: break;
  }
  return {};
}

Disjunction that(std::string_view column, std::string_view op, SortValue value) {
  return {{column, op, std::move(value)}};
}

Disjunction equal_text(std::string_view column, std::string_view text) {
  return that(column, "=", short_text(text));
}

}  // namespace

Disjunction is_set(std::string_view column) {
  return {{column, "<> ''", {}}};
}

namespace {

// --- One alternative ---

void add(const TokenValue& value, IndexFilter& filter) {
  if (!value.code.empty()) {
    filter.where.push_back(equal_text("code", value.code));
    filter.order = FilterOrder::by_pk;
  }
  if (value.system) filter.where.push_back(equal_text("system", *value.system));
}

// % and _ are wildcards in LIKE.
std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern + '%';
}

void add_text(const TextValue& value, Modifier modifier, IndexFilter& filter) {
  const std::string folded = fold_text(value.text);
  if (modifier == Modifier::exact) {
    filter.where.push_back(that("norm", "=", std::string{beginning(folded)}));
    filter.where.push_back(equal_text("exact", value.text));
    filter.order = FilterOrder::by_pk;
  } else if (modifier == Modifier::contains) {
    filter.where.push_back(that("norm", "LIKE", like_pattern(folded)));
  } else {
    filter.where.push_back(that("norm", ">=", folded));
    if (const auto after = after_prefix(folded)) filter.where.push_back(that("norm", "<", *after));
    filter.order = FilterOrder::by_value;
  }
}

// R4, search.html#prefix: the requested time range compared with that of the resource. The first condition of
// "ge" only serves the index: it follows from the second.
void add(const DateValue& value, IndexFilter& filter) {
  const auto start = [&](std::string_view op, std::int64_t ms) { return that("start_ms", op, ms); };
  const auto end = [&](std::string_view op, std::int64_t ms) { return that("end_ms", op, ms); };
  filter.order = FilterOrder::by_value;
  filter.column = "start_ms";
  switch (value.prefix) {
    case Prefix::eq:
      filter.where = {start(">=", value.start_ms), start("<", value.end_ms), end("<=", value.end_ms)};
      return;
    case Prefix::ne:
      filter.where = {{{"start_ms", "<", value.start_ms}, {"end_ms", ">", value.end_ms}}};
      filter.order = FilterOrder::unordered;
      return;
    case Prefix::lt: filter.where = {start("<", value.start_ms)}; return;
    case Prefix::le:
      filter.where = {start("<", value.end_ms),
                      {{"start_ms", "<", value.start_ms}, {"end_ms", "<=", value.end_ms}}};
      return;
    case Prefix::sa: filter.where = {start(">=", value.end_ms)}; return;
    case Prefix::ap: filter.where = {start("<", value.end_ms), end(">", value.start_ms)}; break;
    case Prefix::gt: filter.where = {end(">", value.end_ms)}; break;
    case Prefix::ge:
      filter.where = {end(">", value.start_ms),
                      {{"end_ms", ">", value.end_ms}, {"start_ms", ">=", value.start_ms}}};
      break;
    case Prefix::eb: filter.where = {end("<=", value.start_ms)}; break;
  }
  filter.column = "end_ms";
}

void add(const NumberValue& value, IndexFilter& filter) {
  const auto low = [&](std::string_view op, double bound) { return that("low", op, bound); };
  const auto high = [&](std::string_view op, double bound) { return that("high", op, bound); };
  filter.order = FilterOrder::by_value;
  switch (value.prefix) {
    case Prefix::eq: filter.where = {low(">=", value.from), low("<", value.to), high("<", value.to)}; break;
    case Prefix::ne:
      filter.where = {{{"low", "<", value.from}, {"high", ">=", value.to}}};
      filter.order = FilterOrder::unordered;
      break;
    case Prefix::lt: filter.where = {low("<", value.value)}; break;
    case Prefix::le: filter.where = {low("<=", value.value)}; break;
    case Prefix::sa: filter.where = {low(">", value.value)}; break;
    case Prefix::ap: filter.where = {low("<=", value.to), high(">=", value.from)}; break;
    case Prefix::eb: filter.where = {low("<", value.value), high("<", value.value)}; break;
    // No index is ordered by `high`.
    case Prefix::gt:
      filter.where = {high(">", value.value)};
      filter.order = FilterOrder::unordered;
      break;
    case Prefix::ge:
      filter.where = {high(">=", value.value)};
      filter.order = FilterOrder::unordered;
      break;
  }
  if (value.system) filter.where.push_back(equal_text("system", *value.system));
  if (!value.code) return;
  Disjunction code = equal_text("code", *value.code);
  if (!value.system) code.push_back({"unit", "=", short_text(*value.code)});
  filter.where.push_back(std::move(code));
}

void add_address(const std::string& address, IndexFilter filter, std::vector<IndexFilter>& filters) {
  filter.where = {equal_text("address", address), is_set("address")};
  filter.order = FilterOrder::by_pk;
  filters.push_back(std::move(filter));
}

// An id alone may be of any type, or a whole canonical.
void add_reference(const ReferenceValue& value, const IndexIds& index_ids, IndexFilter filter,
                   std::vector<IndexFilter>& filters) {
  if (value.id.empty()) return add_address(value.address, std::move(filter), filters);
  IndexFilter address = filter;
  filter.where = {equal_text("target_id", value.id), is_set("target_id")};
  filter.order = value.type.empty() ? FilterOrder::grouped : FilterOrder::by_pk;
  if (!value.type.empty()) {
    const TypeIds* type = index_ids.find(value.type);
    filter.where.push_back(that("target_type", "=", type != nullptr ? type->number : -1));
  }
  filters.push_back(std::move(filter));
  if (value.type.empty()) add_address(value.id, std::move(address), filters);
}

// Matches the URI itself and those that continue it after a slash. All of them lie between two limits.
void add_below(const std::string& uri, IndexFilter& filter) {
  filter.order = FilterOrder::by_value;
  const std::string folder = uri.back() == '/' ? uri : uri + '/';
  filter.where = {that("uri", ">=", uri), {{"uri", "=", uri}, {"uri", ">=", folder}}};
  if (const auto after = after_prefix(folder)) filter.where.push_back(that("uri", "<", *after));
}

// Matches the URI itself and each prefix of it up to a slash, with and without the slash.
void add_above(const std::string& uri, IndexFilter& filter) {
  filter.order = FilterOrder::grouped;
  const std::size_t root = uri.find("://") + 3;
  std::vector<std::string> all = {short_text(uri)};
  for (std::size_t at = uri.find('/', root); at != std::string::npos; at = uri.find('/', at + 1)) {
    all.push_back(short_text(uri.substr(0, at)));
    all.push_back(short_text(uri.substr(0, at + 1)));
  }
  filter.where = {{{"uri", "IN", {}, std::move(all)}}};
}

void add_uri(const UriValue& value, Modifier modifier, IndexFilter& filter) {
  if (modifier == Modifier::below) return add_below(value.uri, filter);
  if (modifier == Modifier::above) return add_above(value.uri, filter);
  filter.where = {equal_text("uri", value.uri)};
  filter.order = FilterOrder::by_pk;
}

// The columns of a table's second index, after the parameter.
std::string_view value_column(std::string_view table) {
  if (table == "text_index") return "norm";
  if (table == "token_index") return "code";
  if (table == "date_index") return "start_ms";
  if (table == "quantity_index") return "low";
  if (table == "uri_index") return "uri";
  return {};
}

void add_simple(const SimpleValue& value, Modifier modifier, const IndexIds& index_ids, IndexFilter filter,
                std::vector<IndexFilter>& filters) {
  filter.column = value_column(filter.table);
  if (const auto* reference = std::get_if<ReferenceValue>(&value))
    return add_reference(*reference, index_ids, std::move(filter), filters);
  if (const auto* uri = std::get_if<UriValue>(&value)) add_uri(*uri, modifier, filter);
  if (const auto* token = std::get_if<TokenValue>(&value)) add(*token, filter);
  if (const auto* text = std::get_if<TextValue>(&value)) add_text(*text, modifier, filter);
  if (const auto* date = std::get_if<DateValue>(&value)) add(*date, filter);
  if (const auto* number = std::get_if<NumberValue>(&value)) add(*number, filter);
  filters.push_back(std::move(filter));
}

// --- A criterion ---

// Filters by a column of the resource itself.
void add_column(const SearchParameter& parameter, const SearchValue& value, std::int64_t type,
                std::vector<IndexFilter>& filters) {
  IndexFilter filter{kResourceTable, type, {}, FilterOrder::by_pk, {}, {}};
  if (parameter.code == "_id") {
    filter.where = {that("id", "=", std::get<TokenValue>(value[0]).code)};
    filter.column = "id";
    filters.push_back(std::move(filter));
    return;
  }
  add(std::get<DateValue>(value[0]), filter);
  // A single moment is both its start and its end.
  for (Disjunction& any : filter.where) {
    for (Comparison& one : any) {
      if (one.column == "end_ms") std::get<std::int64_t>(one.value) -= 1;
      one.column = "updated";
    }
  }
  filter.column = "updated";
  filters.push_back(std::move(filter));
}

void add_composite(const Criterion& criterion, const SearchValue& value, const IndexIds& index_ids,
                   CompiledCriterion& filters) {
  const auto parts = fhir::parts_of(*criterion.parameter);
  std::vector<IndexFilter> of_parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = index_ids.parameter(criterion.type, parts[i].code);
    if (!number) return;
    std::vector<IndexFilter> own;
    add_simple(value[i], Modifier::none, index_ids, {table_of(parts[i].kind), *number, {}, {}, {}, {}}, own);
    of_parts.push_back(std::move(own[0]));
  }
  // The first part, a code, drives the search; the others are looked up.
  IndexFilter filter = std::move(of_parts[0]);
  filter.elsewhere.assign(std::make_move_iterator(of_parts.begin() + 1),
                          std::make_move_iterator(of_parts.end()));
  filters.any.push_back(std::move(filter));
}

std::optional<std::int64_t> number_for(const Criterion& criterion, const IndexIds& index_ids) {
  std::string code{criterion.parameter->code};
  if (criterion.modifier == Modifier::of_type) code += kByTypedIdentifier;
  if (criterion.modifier == Modifier::identifier) code += kByIdentifier;
  if (criterion.parameter->kind == SearchKind::composite) code = fhir::parts_of(*criterion.parameter)[0].code;
  return index_ids.parameter(criterion.type, code);
}

std::string_view table_for(const Criterion& criterion) {
  if (criterion.modifier == Modifier::identifier) return table_of(SearchKind::token);
  if (criterion.parameter->kind == SearchKind::composite)
    return table_of(fhir::parts_of(*criterion.parameter)[0].kind);
  return table_of(criterion.parameter->kind);
}

// Whether an index on values may find the rows, or `pk` does.
enum class By { value, pk };

void write_comparison(Sql& sql, const Comparison& one, std::string_view alias, By by) {
  if (by == By::pk) sql << sql.unindexed();
  sql << alias << "." << one.column << " " << one.op << " ";
  if (!std::holds_alternative<std::monostate>(one.value)) sql.bind(one.value);
  if (!one.list.empty()) bind_list(sql, one.list);
  if (one.op == "LIKE") sql << " ESCAPE '\\'";
}

void write_filter_by(Sql& sql, const IndexFilter& filter, std::string_view alias, By by);

void write_rest(Sql& sql, const IndexFilter& filter, std::string_view alias, By by) {
  for (const Disjunction& any : filter.where) {
    sql << " AND ";
    if (any.size() > 1) sql << "(";
    for (std::size_t i = 0; i < any.size(); ++i) {
      if (i > 0) sql << " OR ";
      write_comparison(sql, any[i], alias, by);
    }
    if (any.size() > 1) sql << ")";
  }
  for (const IndexFilter& part : filter.elsewhere) {
    const std::string other = std::string{alias} + "p";
    sql << " AND EXISTS (SELECT 1 FROM " << part.table << " " << other << " WHERE " << other
        << ".pk = " << sql.unindexed() << alias << ".pk AND " << other << ".place = " << alias
        << ".place AND ";
    write_filter_by(sql, part, other, By::pk);
    sql << sql.apart() << ")";
  }
}

void write_param(Sql& sql, const IndexFilter& filter, std::string_view alias) {
  if (filter.table == kResourceTable) {
    sql << alias << ".type = ";
    sql.bind(filter.param) << " AND " << alias << ".content IS NOT NULL";
  } else {
    sql << alias << ".param = ";
    sql.bind(filter.param);
  }
}

void write_filter_by(Sql& sql, const IndexFilter& filter, std::string_view alias, By by) {
  write_param(sql, filter, alias);
  write_rest(sql, filter, alias, by);
}

}  // namespace

CompiledCriterion compile_criterion(const Criterion& criterion, const IndexIds& index_ids) {
  CompiledCriterion filters;
  const TypeIds* type = index_ids.find(criterion.type);
  const bool column = criterion.parameter->code == "_id" || criterion.parameter->code == "_lastUpdated";
  const auto number = number_for(criterion, index_ids);
  if (type == nullptr || (!column && !number)) {
    filters.never = true;
    return filters;
  }
  filters.negated = criterion.modifier == Modifier::negated ||
                    (criterion.modifier == Modifier::missing && criterion.missing);
  if (criterion.modifier == Modifier::missing) {
    filters.any.push_back({table_for(criterion), *number, {}, FilterOrder::unordered, {}, {}});
    return filters;
  }
  for (const SearchValue& value : criterion.alternatives) {
    if (column) {
      add_column(*criterion.parameter, value, type->number, filters.any);
    } else if (criterion.parameter->kind == SearchKind::composite) {
      add_composite(criterion, value, index_ids, filters);
    } else {
      add_simple(value[0], criterion.modifier, index_ids, {table_for(criterion), *number, {}, {}, {}, {}},
                 filters.any);
    }
  }
  return filters;
}

IndexFilter sort_filter(std::string_view type, const SearchParameter& parameter, const IndexIds& index_ids) {
  const TypeIds* of = index_ids.find(type);
  if (parameter.code == "_id" || parameter.code == "_lastUpdated") {
    return {kResourceTable,
            of != nullptr ? of->number : -1,
            {},
            FilterOrder::by_value,
            parameter.code == "_id" ? "id" : "updated",
            {}};
  }
  const std::string_view table = table_of(parameter.kind);
  return {table,
          index_ids.parameter(type, parameter.code).value_or(-1),
          {},
          FilterOrder::by_value,
          value_column(table),
          {}};
}

void write_filter(Sql& sql, const IndexFilter& filter, std::string_view alias) {
  write_filter_by(sql, filter, alias, By::value);
}

void write_any(Sql& sql, std::span<const IndexFilter> filters, std::string_view alias) {
  if (filters.size() == 1) return write_filter_by(sql, filters[0], alias, By::pk);
  // Splits by halves, because a database's parser limits the depth.
  sql << "((";
  write_any(sql, filters.first(filters.size() / 2), alias);
  sql << ") OR (";
  write_any(sql, filters.subspan(filters.size() / 2), alias);
  sql << "))";
}

}  // namespace reprise::record
