// SPDX-License-Identifier: Apache-2.0
#include "record/search/sql.h"

namespace reprise::record {
namespace {

struct Viewed {
  Value operator()(std::monostate) const { return std::monostate{}; }
  Value operator()(std::int64_t value) const { return value; }
  Value operator()(double value) const { return value; }
  Value operator()(const std::string& value) const { return std::string_view{value}; }
};

struct Owned {
  SortValue operator()(std::monostate) const { return std::monostate{}; }
  SortValue operator()(std::int64_t value) const { return value; }
  SortValue operator()(double value) const { return value; }
  SortValue operator()(std::string_view value) const { return std::string{value}; }
};

}  // namespace

std::vector<Value> Sql::values() const {
  std::vector<Value> views;
  views.reserve(values_.size());
  for (const SortValue& value : values_) views.push_back(std::visit(Viewed{}, value));
  return views;
}

Result<void> run_query(Connection& connection, const Sql& sql, const RowVisitor& see) {
  return connection.query(sql.text(), sql.values(), see);
}

SortValue sort_value(const Value& column) {
  return std::visit(Owned{}, column);
}

}  // namespace reprise::record
