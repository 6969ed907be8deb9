// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/problem.h"
#include "json/strict_json.h"

// Reads a document that may be wrong anywhere, and collects the problems.
namespace reprise::json {

/// A place in a document, with its path. A value that is missing or has another type reads as empty.
class Node {
 public:
  explicit Node(const nlohmann::json* value, std::string path = {}) : value_(value), path_(std::move(path)) {}

  [[nodiscard]] Node operator[](const char* field) const {
    const bool there = value_ != nullptr && value_->is_object() && value_->contains(field);
    return Node(there ? &value_->at(field) : nullptr, child_path(path_, field));
  }
  [[nodiscard]] bool there() const { return value_ != nullptr; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string found() const { return value_ == nullptr ? "nothing" : shown(*value_); }

  [[nodiscard]] std::optional<double> number() const {
    if (value_ == nullptr || !value_->is_number()) return std::nullopt;
    return value_->get<double>();
  }
  [[nodiscard]] std::optional<std::string> text() const {
    if (value_ == nullptr || !value_->is_string()) return std::nullopt;
    return value_->get<std::string>();
  }
  [[nodiscard]] std::optional<bool> boolean() const {
    if (value_ == nullptr || !value_->is_boolean()) return std::nullopt;
    return value_->get<bool>();
  }
  [[nodiscard]] bool is(std::string_view wanted) const {
    return value_ != nullptr && value_->is_string() && value_->get_ref<const std::string&>() == wanted;
  }
  /// The entries of a list.
  [[nodiscard]] std::vector<Node> items() const {
    std::vector<Node> out;
    if (value_ == nullptr || !value_->is_array()) return out;
    for (std::size_t i = 0; i < value_->size(); ++i) out.emplace_back(&(*value_)[i], child_path(path_, i));
    return out;
  }
  /// The texts of a list.
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const Node& item : items()) {
      if (auto text = item.text()) out.push_back(std::move(*text));
    }
    return out;
  }
  /// The fields of a group, with their names.
  [[nodiscard]] std::vector<std::pair<std::string, Node>> fields() const {
    std::vector<std::pair<std::string, Node>> out;
    if (value_ == nullptr || !value_->is_object()) return out;
    for (const auto& item : value_->items()) {
      out.emplace_back(item.key(), Node(&item.value(), child_path(path_, item.key())));
    }
    return out;
  }

 private:
  const nlohmann::json* value_;
  std::string path_;
};

/// Collects the problems of one file.
class ProblemList {
 public:
  explicit ProblemList(std::string file) : file_(std::move(file)) {}

  void add(const Node& where, std::string limit, std::string remedy) {
    add(where.path(), where.found(), std::move(limit), std::move(remedy));
  }
  void add(const std::string& path, std::string found, std::string limit, std::string remedy) {
    problems_.push_back({file_, path, std::move(found), std::move(limit), std::move(remedy)});
  }
  [[nodiscard]] std::vector<Problem> take() { return std::move(problems_); }

 private:
  std::string file_;
  std::vector<Problem> problems_;
};

}  // namespace reprise::json
