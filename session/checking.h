#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "session/careful_json.h"
#include "session/problem.h"

// How the checks of exercise files look at a document that may be wrong anywhere. Used by
// exercise_checks*.cpp.
namespace reprise::checking {

/// A place in a document, with its path. What is missing or has another type reads as empty.
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

/// Gathers problems of one file.
class Report {
 public:
  explicit Report(std::string file) : file_(std::move(file)) {}

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

// The parts of check_meaning, a file each.
void check_numbers(const Node& exercise, Report& report);  ///< range, tempo, gates, form, dosage
void check_safety(const Node& exercise, Report& report);   ///< sides, falls, precautions
void check_movement(const Node& exercise, Report& report);
void check_words(const Node& exercise, Report& report);  ///< languages, cues, review, evidence

/// Says so where `name` is no measure, and suggests near ones.
void check_measure_name(const Node& name, Report& report);
/// Says so where min or max lie outside [least, most] or are upside down. `unit`: "degrees" or "".
void check_limits(const Node& group, double least, double most, const std::string& unit, Report& report);

}  // namespace reprise::checking
