// SPDX-License-Identifier: Apache-2.0
#include "record/index/index_rows.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <utility>
#include <variant>

#include "fhir/model/reference.h"
#include "fhir/search/search_walk.h"
#include "fhir/validation/value_checks.h"
#include "record/index/text_folding.h"

namespace reprise::record {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

// Turns the values of one resource into rows.
class RowMaker {
 public:
  RowMaker(const IndexIds& index_ids, const TypeIds& type) : index_ids_(index_ids), type_(type) {
    const TypeIds* patient = index_ids.find("Patient");
    if (patient != nullptr) patient_ = patient->number;
    const auto at = type.codes.find(kCompartment);
    if (at != type.codes.end()) compartment_ = at->second;
  }

  void add(const fhir::SearchParameter& parameter, std::uint32_t place, fhir::SearchValue&& value) {
    const auto at = type_.parameters.find(&parameter);
    if (at == type_.parameters.end()) return;
    place_ = place;
    by_identifier_ = at->second.by_identifier;
    own_ = at->second.own;
    in_compartment_ = type_.compartment_rules.count(&parameter) != 0;
    std::visit([&](auto&& one) { add_value(std::forward<decltype(one)>(one)); }, std::move(value));
  }

  void add_to_compartment(const std::string& patient) {
    if (compartment_) rows_.references.push_back({*compartment_, 0, patient_, patient, {}});
  }

  [[nodiscard]] IndexRows take() &&;

 private:
  void add_value(fhir::SearchToken&& value) {
    if (!own_) return;
    rows_.tokens.push_back({*own_, place_, short_text(value.code), short_text(value.system.value_or(""))});
  }

  void add_value(fhir::SearchTypedIdentifier&& value) {
    if (!by_identifier_) return;
    rows_.tokens.push_back(
        {*by_identifier_, place_, short_text(value.code + '|' + value.value), short_text(value.system)});
  }

  void add_value(fhir::SearchLogicalReference&& value) {
    if (!by_identifier_) return;
    rows_.tokens.push_back({*by_identifier_, place_, short_text(value.value), short_text(value.system)});
  }

  void add_value(fhir::SearchText&& value) {
    if (!own_) return;
    const std::string folded = fold_text(value.text);
    rows_.texts.push_back({*own_, place_, std::string{beginning(folded)}, short_text(value.text)});
  }

  void add_value(fhir::SearchReference&& value) {
    if (!own_) return;
    const TypeIds* target = value.is_relative ? index_ids_.find(value.type) : nullptr;
    if (target != nullptr) {
      if (in_compartment_ && target->number == patient_) add_to_compartment(value.id);
      rows_.references.push_back({*own_, place_, target->number, std::move(value.id), {}});
      return;
    }
    rows_.references.push_back({*own_, place_, 0, {}, short_text(value.address)});
    const std::size_t version = value.address.find('|');
    if (version != std::string::npos && version > 0)
      rows_.references.push_back({*own_, place_, 0, {}, short_text(value.address.substr(0, version))});
  }

  void add_value(fhir::SearchQuantity&& value) {
    if (!own_) return;
    rows_.quantities.push_back({*own_, place_, value.low.value_or(-kUnlimited),
                                value.high.value_or(kUnlimited), short_text(value.system),
                                short_text(value.code), short_text(value.unit)});
  }

  void add_value(fhir::SearchNumber&& value) {
    if (!own_) return;
    rows_.quantities.push_back(
        {*own_, place_, value.low.value_or(-kUnlimited), value.high.value_or(kUnlimited), {}, {}, {}});
  }

  void add_value(fhir::SearchUri&& value) {
    if (own_) rows_.uris.push_back({*own_, place_, short_text(value.uri)});
  }

  void add_value(fhir::Interval&& value) {
    if (!own_) return;
    rows_.dates.push_back({*own_, place_, value.start_ms.value_or(std::numeric_limits<std::int64_t>::min()),
                           value.end_ms.value_or(std::numeric_limits<std::int64_t>::max())});
  }

  const IndexIds& index_ids_;
  const TypeIds& type_;
  std::int64_t patient_ = 0;
  std::optional<std::int64_t> compartment_;
  // State of the value that is being added.
  std::int64_t place_ = 0;
  std::optional<std::int64_t> own_;
  std::optional<std::int64_t> by_identifier_;
  bool in_compartment_ = false;
  IndexRows rows_;
};

auto key(const TextRow& r) {
  return std::tie(r.param, r.place, r.norm, r.exact);
}
auto key(const TokenRow& r) {
  return std::tie(r.param, r.place, r.code, r.system);
}
auto key(const DateRow& r) {
  return std::tie(r.param, r.place, r.start_ms, r.end_ms);
}
auto key(const QuantityRow& r) {
  return std::tie(r.param, r.place, r.low, r.high, r.system, r.code, r.unit);
}
auto key(const ReferenceRow& r) {
  return std::tie(r.param, r.place, r.target_type, r.target_id, r.address);
}
auto key(const UriRow& r) {
  return std::tie(r.param, r.place, r.uri);
}

template <class RowType>
void sort_and_keep_one_of_each(std::vector<RowType>& rows) {
  std::sort(rows.begin(), rows.end(), [](const RowType& a, const RowType& b) { return key(a) < key(b); });
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [](const RowType& a, const RowType& b) { return key(a) == key(b); }),
             rows.end());
}

IndexRows RowMaker::take() && {
  sort_and_keep_one_of_each(rows_.texts);
  sort_and_keep_one_of_each(rows_.tokens);
  sort_and_keep_one_of_each(rows_.dates);
  sort_and_keep_one_of_each(rows_.quantities);
  sort_and_keep_one_of_each(rows_.references);
  sort_and_keep_one_of_each(rows_.uris);
  return std::move(rows_);
}

Value as_value(const std::string& text) {
  return std::string_view{text};
}

template <class Number>
Value as_value(Number number) {
  return number;
}

// `columns`: those of `key`, in its order.
template <class RowType>
Result<void> insert_all(Connection& connection, std::int64_t pk, const std::vector<RowType>& rows,
                        std::string_view table, std::string_view columns) {
  if (rows.empty()) return {};
  constexpr std::size_t kColumns = 1 + std::tuple_size_v<decltype(key(std::declval<RowType>()))>;
  std::vector<Value> values;
  values.reserve(rows.size() * kColumns);
  for (const RowType& row : rows) {
    values.emplace_back(pk);
    std::apply([&](const auto&... column) { (values.push_back(as_value(column)), ...); }, key(row));
  }
  return connection.insert(table, columns, kColumns, values);
}

// Not searchable: access to a Binary follows from its security context only.
std::optional<std::string> patient_of_binary(const fhir::Json& binary) {
  const auto context = binary.find("securityContext");
  const std::string* text =
      context != binary.end() && context->is_object() ? fhir::text_field(*context, "reference") : nullptr;
  const auto reference = text != nullptr ? fhir::parse_reference(*text) : std::nullopt;
  const bool ours =
      reference && reference->form == fhir::ReferenceForm::relative && reference->type == "Patient";
  return ours ? std::optional{std::string{reference->id}} : std::nullopt;
}

}  // namespace

IndexRows index_rows(const fhir::Json& resource, const IndexIds& index_ids) {
  const std::string* type = fhir::text_field(resource, "resourceType");
  const TypeIds* of = type != nullptr ? index_ids.find(*type) : nullptr;
  if (of == nullptr) return {};
  RowMaker maker(index_ids, *of);
  fhir::each_search_value(
      resource, [&](const fhir::SearchParameter& parameter, std::uint32_t place, fhir::SearchValue&& value) {
        maker.add(parameter, place, std::move(value));
      });
  if (*type == "Patient") {
    if (const std::string* id = fhir::text_field(resource, "id")) maker.add_to_compartment(*id);
  }
  if (*type == "Binary") {
    if (const auto patient = patient_of_binary(resource)) maker.add_to_compartment(*patient);
  }
  return std::move(maker).take();
}

std::vector<std::string> compartments_in(const IndexRows& rows, const IndexIds& index_ids,
                                         std::string_view type) {
  std::vector<std::string> patients;
  const auto param = index_ids.parameter(type, kCompartment);
  for (const ReferenceRow& row : rows.references) {
    if (param && row.param == *param) patients.push_back(row.target_id);
  }
  return patients;
}

namespace {

constexpr std::string_view kTextColumns = "pk, param, place, norm, exact";
constexpr std::string_view kTokenColumns = "pk, param, place, code, system";
constexpr std::string_view kDateColumns = "pk, param, place, start_ms, end_ms";
constexpr std::string_view kQuantityColumns = "pk, param, place, low, high, system, code, unit";
constexpr std::string_view kReferenceColumns = "pk, param, place, target_type, target_id, address";
constexpr std::string_view kUriColumns = "pk, param, place, uri";

/// Visits each kind of row with its table; stops at the first failure.
template <class Work>
Result<void> for_each_table(const IndexRows& rows, Work work) {
  return work(rows.texts, "text_index", kTextColumns)
      .and_then([&] { return work(rows.tokens, "token_index", kTokenColumns); })
      .and_then([&] { return work(rows.dates, "date_index", kDateColumns); })
      .and_then([&] { return work(rows.quantities, "quantity_index", kQuantityColumns); })
      .and_then([&] { return work(rows.references, "reference_index", kReferenceColumns); })
      .and_then([&] { return work(rows.uris, "uri_index", kUriColumns); });
}

using OwnRow = std::vector<std::variant<std::monostate, std::int64_t, double, std::string>>;

OwnRow own(Row row) {
  OwnRow owned;
  owned.reserve(row.size());
  for (const Value& value : row) {
    if (const auto* text = std::get_if<std::string_view>(&value)) owned.emplace_back(std::string{*text});
    if (const auto* whole = std::get_if<std::int64_t>(&value)) owned.emplace_back(*whole);
    if (const auto* number = std::get_if<double>(&value)) owned.emplace_back(*number);
    if (std::holds_alternative<std::monostate>(value)) owned.emplace_back();
  }
  return owned;
}

Result<std::vector<OwnRow>> rows_there(Connection& connection, std::int64_t pk, std::string_view table,
                                       std::string_view columns) {
  std::vector<OwnRow> there;
  const std::array<Value, 1> of = {pk};
  const std::string sql = "SELECT " + std::string{columns} + " FROM " + std::string{table} + " WHERE pk = $1";
  const auto read = connection.query(sql, of, [&](Row row) { return there.push_back(own(row)), true; });
  if (!read) return tl::unexpected(read.error());
  std::sort(there.begin(), there.end());
  return there;
}

std::vector<Value> values_of(const std::vector<OwnRow>& rows) {
  std::vector<Value> values;
  for (const OwnRow& row : rows) {
    for (const auto& column : row) {
      std::visit([&](const auto& value) { values.emplace_back(value); }, column);
    }
  }
  return values;
}

template <class RowType>
Result<void> replace_all(Connection& connection, std::int64_t pk, const std::vector<RowType>& rows,
                         std::string_view table, std::string_view columns) {
  const auto there = rows_there(connection, pk, table, columns);
  if (!there) return tl::unexpected(there.error());
  std::vector<OwnRow> wanted;
  for (const RowType& row : rows) {
    std::vector<Value> values = {pk};
    std::apply([&](const auto&... column) { (values.push_back(as_value(column)), ...); }, key(row));
    wanted.push_back(own(values));
  }
  std::sort(wanted.begin(), wanted.end());
  std::vector<OwnRow> vanished;
  std::vector<OwnRow> added;
  std::set_difference(there->begin(), there->end(), wanted.begin(), wanted.end(),
                      std::back_inserter(vanished));
  std::set_difference(wanted.begin(), wanted.end(), there->begin(), there->end(), std::back_inserter(added));
  const std::size_t column_count = 1 + std::tuple_size_v<decltype(key(std::declval<RowType>()))>;
  if (!vanished.empty()) {
    auto erased = connection.erase(table, columns, column_count, values_of(vanished));
    if (!erased) return erased;
  }
  if (added.empty()) return {};
  return connection.insert(table, columns, column_count, values_of(added));
}

}  // namespace

Result<void> insert_rows(Connection& connection, std::int64_t pk, const IndexRows& rows) {
  return for_each_table(rows, [&](const auto& some, std::string_view table, std::string_view columns) {
    return insert_all(connection, pk, some, table, columns);
  });
}

Result<void> replace_rows(Connection& connection, std::int64_t pk, const IndexRows& rows) {
  return for_each_table(rows, [&](const auto& some, std::string_view table, std::string_view columns) {
    return replace_all(connection, pk, some, table, columns);
  });
}

Result<void> erase_rows(Connection& connection, std::int64_t pk) {
  const std::array<Value, 1> of = {pk};
  for (const std::string_view statement :
       {"DELETE FROM text_index WHERE pk = $1", "DELETE FROM token_index WHERE pk = $1",
        "DELETE FROM date_index WHERE pk = $1", "DELETE FROM quantity_index WHERE pk = $1",
        "DELETE FROM reference_index WHERE pk = $1", "DELETE FROM uri_index WHERE pk = $1"}) {
    if (auto erased = connection.execute(statement, of); !erased) return tl::unexpected(erased.error());
  }
  return {};
}

}  // namespace reprise::record
