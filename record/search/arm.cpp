#include "record/search/arm.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include "record/search/text_folding.h"

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

AnyOf that(std::string_view column, std::string_view op, SortValue value) {
  return {{column, op, std::move(value)}};
}

AnyOf equal_text(std::string_view column, std::string_view text) {
  return that(column, "=", short_text(text));
}

}  // namespace

AnyOf is_set(std::string_view column) {
  return {{column, "<> ''", {}}};
}

namespace {

// --- One alternative ---

void add(const TokenSought& sought, Arm& arm) {
  if (!sought.code.empty()) {
    arm.where.push_back(equal_text("code", sought.code));
    arm.order = ArmOrder::by_pk;
  }
  if (sought.system) arm.where.push_back(equal_text("system", *sought.system));
}

// In LIKE, % and _ stand for others.
std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern + '%';
}

void add_text(const TextSought& sought, Modifier modifier, Arm& arm) {
  const std::string folded = fold_text(sought.text);
  if (modifier == Modifier::exact) {
    arm.where.push_back(that("norm", "=", std::string{beginning(folded)}));
    arm.where.push_back(equal_text("exact", sought.text));
    arm.order = ArmOrder::by_pk;
  } else if (modifier == Modifier::contains) {
    arm.where.push_back(that("norm", "LIKE", like_pattern(folded)));
  } else {
    arm.where.push_back(that("norm", ">=", folded));
    if (const auto after = after_prefix(folded)) arm.where.push_back(that("norm", "<", *after));
    arm.order = ArmOrder::by_value;
  }
}

// R4, search.html#prefix: how the stretch of time that was asked for lies to the one in the resource. The
// first condition of "ge" is for the index alone: it follows from the second.
void add(const DateSought& sought, Arm& arm) {
  const auto start = [&](std::string_view op, std::int64_t ms) { return that("start_ms", op, ms); };
  const auto end = [&](std::string_view op, std::int64_t ms) { return that("end_ms", op, ms); };
  arm.order = ArmOrder::by_value;
  arm.column = "start_ms";
  switch (sought.prefix) {
    case Prefix::eq:
      arm.where = {start(">=", sought.start_ms), start("<", sought.end_ms), end("<=", sought.end_ms)};
      return;
    case Prefix::ne:
      arm.where = {{{"start_ms", "<", sought.start_ms}, {"end_ms", ">", sought.end_ms}}};
      arm.order = ArmOrder::unordered;
      return;
    case Prefix::lt: arm.where = {start("<", sought.start_ms)}; return;
    case Prefix::le:
      arm.where = {start("<", sought.end_ms),
                   {{"start_ms", "<", sought.start_ms}, {"end_ms", "<=", sought.end_ms}}};
      return;
    case Prefix::sa: arm.where = {start(">=", sought.end_ms)}; return;
    case Prefix::ap: arm.where = {start("<", sought.end_ms), end(">", sought.start_ms)}; break;
    case Prefix::gt: arm.where = {end(">", sought.end_ms)}; break;
    case Prefix::ge:
      arm.where = {end(">", sought.start_ms),
                   {{"end_ms", ">", sought.end_ms}, {"start_ms", ">=", sought.start_ms}}};
      break;
    case Prefix::eb: arm.where = {end("<=", sought.start_ms)}; break;
  }
  arm.column = "end_ms";
}

// Numbers have an end of their digits only where equal ones are asked for.
void add(const NumberSought& sought, Arm& arm) {
  const auto low = [&](std::string_view op, double value) { return that("low", op, value); };
  const auto high = [&](std::string_view op, double value) { return that("high", op, value); };
  arm.order = ArmOrder::by_value;
  switch (sought.prefix) {
    case Prefix::eq: arm.where = {low(">=", sought.from), low("<", sought.to), high("<", sought.to)}; break;
    case Prefix::ne:
      arm.where = {{{"low", "<", sought.from}, {"high", ">=", sought.to}}};
      arm.order = ArmOrder::unordered;
      break;
    case Prefix::lt: arm.where = {low("<", sought.value)}; break;
    case Prefix::le: arm.where = {low("<=", sought.value)}; break;
    case Prefix::sa: arm.where = {low(">", sought.value)}; break;
    case Prefix::ap: arm.where = {low("<=", sought.to), high(">=", sought.from)}; break;
    case Prefix::eb: arm.where = {low("<", sought.value), high("<", sought.value)}; break;
    // No index has anything in the order of `high`.
    case Prefix::gt:
      arm.where = {high(">", sought.value)};
      arm.order = ArmOrder::unordered;
      break;
    case Prefix::ge:
      arm.where = {high(">=", sought.value)};
      arm.order = ArmOrder::unordered;
      break;
  }
  if (sought.system) arm.where.push_back(equal_text("system", *sought.system));
  if (!sought.code) return;
  AnyOf code = equal_text("code", *sought.code);
  if (!sought.system) code.push_back({"unit", "=", short_text(*sought.code)});
  arm.where.push_back(std::move(code));
}

void add_address(const std::string& address, Arm arm, std::vector<Arm>& arms) {
  arm.where = {equal_text("address", address), is_set("address")};
  arm.order = ArmOrder::by_pk;
  arms.push_back(std::move(arm));
}

// An id alone may be one of any type, or a whole canonical.
void add_reference(const ReferenceSought& sought, const Numbers& numbers, Arm arm, std::vector<Arm>& arms) {
  if (sought.id.empty()) return add_address(sought.address, std::move(arm), arms);
  Arm address = arm;
  arm.where = {equal_text("target_id", sought.id), is_set("target_id")};
  arm.order = sought.type.empty() ? ArmOrder::grouped : ArmOrder::by_pk;
  if (!sought.type.empty()) {
    const TypeNumbers* type = numbers.find(sought.type);
    arm.where.push_back(that("target_type", "=", type != nullptr ? type->number : -1));
  }
  arms.push_back(std::move(arm));
  if (sought.type.empty()) add_address(sought.id, std::move(address), arms);
}

// The address itself, and whatever has it and a slash at its start. All of them lie between two limits.
void add_below(const std::string& uri, Arm& arm) {
  arm.order = ArmOrder::by_value;
  const std::string folder = uri.back() == '/' ? uri : uri + '/';
  arm.where = {that("uri", ">=", uri), {{"uri", "=", uri}, {"uri", ">=", folder}}};
  if (const auto after = after_prefix(folder)) arm.where.push_back(that("uri", "<", *after));
}

// The address itself, and what remains of it up to each slash, with and without it.
void add_above(const std::string& uri, Arm& arm) {
  arm.order = ArmOrder::grouped;
  const std::size_t root = uri.find("://") + 3;
  std::vector<std::string> all = {short_text(uri)};
  for (std::size_t at = uri.find('/', root); at != std::string::npos; at = uri.find('/', at + 1)) {
    all.push_back(short_text(uri.substr(0, at)));
    all.push_back(short_text(uri.substr(0, at + 1)));
  }
  arm.where = {{{"uri", "IN", {}, std::move(all)}}};
}

void add_uri(const UriSought& sought, Modifier modifier, Arm& arm) {
  if (modifier == Modifier::below) return add_below(sought.uri, arm);
  if (modifier == Modifier::above) return add_above(sought.uri, arm);
  arm.where = {equal_text("uri", sought.uri)};
  arm.order = ArmOrder::by_pk;
}

// What a table's second index has behind the parameter.
std::string_view value_column(std::string_view table) {
  if (table == "text_index") return "norm";
  if (table == "token_index") return "code";
  if (table == "date_index") return "start_ms";
  if (table == "quantity_index") return "low";
  if (table == "uri_index") return "uri";
  return {};
}

void add_simple(const SimpleSought& sought, Modifier modifier, const Numbers& numbers, Arm arm,
                std::vector<Arm>& arms) {
  arm.column = value_column(arm.table);
  if (const auto* reference = std::get_if<ReferenceSought>(&sought))
    return add_reference(*reference, numbers, std::move(arm), arms);
  if (const auto* uri = std::get_if<UriSought>(&sought)) add_uri(*uri, modifier, arm);
  if (const auto* token = std::get_if<TokenSought>(&sought)) add(*token, arm);
  if (const auto* text = std::get_if<TextSought>(&sought)) add_text(*text, modifier, arm);
  if (const auto* date = std::get_if<DateSought>(&sought)) add(*date, arm);
  if (const auto* number = std::get_if<NumberSought>(&sought)) add(*number, arm);
  arms.push_back(std::move(arm));
}

// --- A criterion ---

// Of a column of the resource itself.
void add_column(const SearchParameter& parameter, const Sought& sought, std::int64_t type,
                std::vector<Arm>& arms) {
  Arm arm{kResourceTable, type, {}, ArmOrder::by_pk, {}, {}};
  if (parameter.code == "_id") {
    arm.where = {that("id", "=", std::get<TokenSought>(sought[0]).code)};
    arm.column = "id";
    arms.push_back(std::move(arm));
    return;
  }
  add(std::get<DateSought>(sought[0]), arm);
  // One moment is both its start and its end.
  for (AnyOf& any : arm.where) {
    for (Comparison& one : any) {
      if (one.column == "end_ms") std::get<std::int64_t>(one.value) -= 1;
      one.column = "updated";
    }
  }
  arm.column = "updated";
  arms.push_back(std::move(arm));
}

void add_composite(const Criterion& criterion, const Sought& sought, const Numbers& numbers, Arms& arms) {
  const auto parts = fhir::parts_of(*criterion.parameter);
  std::vector<Arm> of_parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = numbers.parameter(criterion.type, parts[i].code);
    if (!number) return;
    std::vector<Arm> own;
    add_simple(sought[i], Modifier::none, numbers, {table_of(parts[i].kind), *number, {}, {}, {}, {}}, own);
    of_parts.push_back(std::move(own[0]));
  }
  // Along the first part, which is a code; the others are looked up.
  Arm arm = std::move(of_parts[0]);
  arm.elsewhere.assign(std::make_move_iterator(of_parts.begin() + 1),
                       std::make_move_iterator(of_parts.end()));
  arms.any.push_back(std::move(arm));
}

std::optional<std::int64_t> number_for(const Criterion& criterion, const Numbers& numbers) {
  std::string code{criterion.parameter->code};
  if (criterion.modifier == Modifier::of_type) code += kByTypedIdentifier;
  if (criterion.modifier == Modifier::identifier) code += kByIdentifier;
  if (criterion.parameter->kind == SearchKind::composite) code = fhir::parts_of(*criterion.parameter)[0].code;
  return numbers.parameter(criterion.type, code);
}

std::string_view table_for(const Criterion& criterion) {
  if (criterion.modifier == Modifier::identifier) return table_of(SearchKind::token);
  if (criterion.parameter->kind == SearchKind::composite)
    return table_of(fhir::parts_of(*criterion.parameter)[0].kind);
  return table_of(criterion.parameter->kind);
}

// Whether an index of values may find the rows, or `pk` does.
enum class By { value, pk };

void write_comparison(Sql& sql, const Comparison& one, std::string_view alias, By by) {
  if (by == By::pk) sql << sql.unindexed();
  sql << alias << "." << one.column << " " << one.op << " ";
  if (!std::holds_alternative<std::monostate>(one.value)) sql.bind(one.value);
  if (!one.list.empty()) bind_list(sql, one.list);
  if (one.op == "LIKE") sql << " ESCAPE '\\'";
}

void write_arm_by(Sql& sql, const Arm& arm, std::string_view alias, By by);

void write_rest(Sql& sql, const Arm& arm, std::string_view alias, By by) {
  for (const AnyOf& any : arm.where) {
    sql << " AND ";
    if (any.size() > 1) sql << "(";
    for (std::size_t i = 0; i < any.size(); ++i) {
      if (i > 0) sql << " OR ";
      write_comparison(sql, any[i], alias, by);
    }
    if (any.size() > 1) sql << ")";
  }
  for (const Arm& part : arm.elsewhere) {
    const std::string other = std::string{alias} + "p";
    sql << " AND EXISTS (SELECT 1 FROM " << part.table << " " << other << " WHERE " << other
        << ".pk = " << sql.unindexed() << alias << ".pk AND " << other << ".place = " << alias
        << ".place AND ";
    write_arm_by(sql, part, other, By::pk);
    sql << sql.apart() << ")";
  }
}

void write_param(Sql& sql, const Arm& arm, std::string_view alias) {
  if (arm.table == kResourceTable) {
    sql << alias << ".type = ";
    sql.bind(arm.param) << " AND " << alias << ".content IS NOT NULL";
  } else {
    sql << alias << ".param = ";
    sql.bind(arm.param);
  }
}

void write_arm_by(Sql& sql, const Arm& arm, std::string_view alias, By by) {
  write_param(sql, arm, alias);
  write_rest(sql, arm, alias, by);
}

}  // namespace

Arms arms_of(const Criterion& criterion, const Numbers& numbers) {
  Arms arms;
  const TypeNumbers* type = numbers.find(criterion.type);
  const bool column = criterion.parameter->code == "_id" || criterion.parameter->code == "_lastUpdated";
  const auto number = number_for(criterion, numbers);
  if (type == nullptr || (!column && !number)) {
    arms.never = true;
    return arms;
  }
  arms.negated = criterion.modifier == Modifier::negated ||
                 (criterion.modifier == Modifier::missing && criterion.missing);
  if (criterion.modifier == Modifier::missing) {
    arms.any.push_back({table_for(criterion), *number, {}, ArmOrder::unordered, {}, {}});
    return arms;
  }
  for (const Sought& sought : criterion.alternatives) {
    if (column) {
      add_column(*criterion.parameter, sought, type->number, arms.any);
    } else if (criterion.parameter->kind == SearchKind::composite) {
      add_composite(criterion, sought, numbers, arms);
    } else {
      add_simple(sought[0], criterion.modifier, numbers, {table_for(criterion), *number, {}, {}, {}, {}},
                 arms.any);
    }
  }
  return arms;
}

Arm sort_arm(std::string_view type, const SearchParameter& parameter, const Numbers& numbers) {
  const TypeNumbers* of = numbers.find(type);
  if (parameter.code == "_id" || parameter.code == "_lastUpdated") {
    return {kResourceTable,
            of != nullptr ? of->number : -1,
            {},
            ArmOrder::by_value,
            parameter.code == "_id" ? "id" : "updated",
            {}};
  }
  const std::string_view table = table_of(parameter.kind);
  return {table,
          numbers.parameter(type, parameter.code).value_or(-1),
          {},
          ArmOrder::by_value,
          value_column(table),
          {}};
}

void write_arm(Sql& sql, const Arm& arm, std::string_view alias) {
  write_arm_by(sql, arm, alias, By::value);
}

void write_any(Sql& sql, std::span<const Arm> arms, std::string_view alias) {
  if (arms.size() == 1) return write_arm_by(sql, arms[0], alias, By::pk);
  // By halves, for a database's parser goes only so deep.
  sql << "((";
  write_any(sql, arms.first(arms.size() / 2), alias);
  sql << ") OR (";
  write_any(sql, arms.subspan(arms.size() / 2), alias);
  sql << "))";
}

}  // namespace reprise::record
