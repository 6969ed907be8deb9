// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/matlab_signals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/nearest_names.h"
#include "base/text.h"
#include "sensing/signals/even_grid.h"

namespace reprise::sensing {
namespace {

constexpr const char* kMatSignals = "taking signals out of a MATLAB file";
constexpr std::size_t kMaxColumnsOfMatrix = 256;

bool is_matrix(const MatValue& value) {
  return value.kind == MatValue::Kind::numbers && value.shape.size() == 2;
}

std::optional<double> scalar(const MatValue* value) {
  if (value == nullptr || value->kind != MatValue::Kind::numbers || value->numbers.size() != 1)
    return std::nullopt;
  const double number = value->numbers[0];
  return number > 0 && number <= 1e6 ? std::optional{number} : std::nullopt;
}

/// A column of a matrix, or a row where the matrix is wider than long.
std::vector<double> signal_of(const MatValue& matrix, std::size_t index) {
  const std::size_t rows = matrix.shape[0], columns = matrix.shape[1];
  std::vector<double> out;
  if (rows >= columns) {
    const auto from = matrix.numbers.begin() + static_cast<std::ptrdiff_t>(index * rows);
    out.assign(from, from + static_cast<std::ptrdiff_t>(rows));
  } else {
    out.reserve(columns);
    for (std::size_t c = 0; c < columns; ++c) out.push_back(matrix.numbers[c * rows + index]);
  }
  return out;
}

struct SensorField {
  const char* field;
  const char* channel;
  const char* unit;
};

/// Units as the Mobilise-D layout has them; the magnitudes are checked later (typed_signals.h).
constexpr std::array kSensorFields = {SensorField{"Acc", "acc", "g"}, SensorField{"Gyr", "gyr", "deg/s"},
                                      SensorField{"Mag", "mag", "uT"}, SensorField{"Bar", "bar", ""}};

struct Collector {
  SignalRecording out;
  std::size_t values = 0;
  std::optional<Hertz> rate;

  void add(const std::string& name, Hertz at, std::vector<SignalChannel> channels) {
    for (const auto& channel : channels) values += channel.values.size();
    SignalGroup group = even_group(std::move(channels), at, Seconds{0}, {});
    group.name = name;
    out.groups.push_back(std::move(group));
  }

  void add_sensor(const MatValue& sensor, const std::string& path) {
    const std::string position = path.substr(path.rfind('.') + 1);
    std::vector<SignalChannel> channels;
    std::optional<double> fs = scalar(sensor.at("Fs.Acc"));
    if (!fs) fs = scalar(sensor.field("Fs"));
    const Hertz at = rate.value_or(Hertz{fs.value_or(100)});
    const std::size_t rows = sensor.field("Acc")->shape[0];
    for (const SensorField& field : kSensorFields) {
      const MatValue* matrix = sensor.field(field.field);
      // Fields at another rate or length have a clock of their own; the inertial ones share theirs.
      if (matrix == nullptr || !is_matrix(*matrix) || matrix->shape[0] != rows || matrix->shape[1] > 3)
        continue;
      for (std::size_t c = 0; c < matrix->shape[1]; ++c) {
        std::string name = field.channel;
        if (matrix->shape[1] == 3) name += std::string{"_"} + "xyz"[c];
        const auto from = matrix->numbers.begin() + static_cast<std::ptrdiff_t>(c * rows);
        channels.push_back({std::move(name),
                            field.unit,
                            position,
                            {},
                            {from, from + static_cast<std::ptrdiff_t>(rows)},
                            {}});
      }
    }
    add(path, at, std::move(channels));
  }

  void find_sensors(const MatValue& value, const std::string& path, std::size_t depth) {
    if (!value.is_structure() || depth > 12) return;
    const MatValue* acc = value.field("Acc");
    if (acc != nullptr && is_matrix(*acc) && acc->shape[1] == 3 && acc->shape[0] > 1 &&
        value.field("Fs") != nullptr) {
      add_sensor(value, path);
      return;
    }
    if (const MatValue* time = value.field("StartDateTime");
        time != nullptr && out.recorded_at.empty() && time->kind == MatValue::Kind::text)
      out.recorded_at = time->text.substr(0, 40);
    for (std::size_t f = 0; f < value.field_names.size() && f < value.children.size(); ++f)
      find_sensors(value.children[f], path.empty() ? value.field_names[f] : path + "." + value.field_names[f],
                   depth + 1);
  }

  /// Matrices among the variables, or the fields of the only variable; one group per length.
  [[nodiscard]] Result<void> find_matrices(const MatValue& file) {
    const MatValue& top =
        file.children.size() == 1 && file.children[0].is_structure() ? file.children[0] : file;
    for (const char* name :
         {"fs", "Fs", "FS", "rate", "sampling_rate", "SamplingRate", "sample_rate", "sfreq"}) {
      if (!rate) {
        if (const auto value = scalar(top.field(name))) rate = Hertz{*value};
      }
    }
    std::vector<std::pair<std::size_t, std::vector<SignalChannel>>> by_length;
    for (std::size_t f = 0; f < top.field_names.size() && f < top.children.size(); ++f) {
      const MatValue& matrix = top.children[f];
      if (!is_matrix(matrix)) continue;
      const std::size_t length = std::max(matrix.shape[0], matrix.shape[1]);
      const std::size_t count = std::min(matrix.shape[0], matrix.shape[1]);
      if (length < 8 || count == 0 || count > kMaxColumnsOfMatrix) continue;
      auto at =
          std::find_if(by_length.begin(), by_length.end(), [&](const auto& g) { return g.first == length; });
      if (at == by_length.end()) at = by_length.insert(at, {length, {}});
      for (std::size_t c = 0; c < count; ++c) {
        std::string name = top.field_names[f];
        if (count == 3) {
          name += std::string{"_"} + "xyz"[c];
        } else if (count > 1) {
          name += "_" + std::to_string(c + 1);
        }
        at->second.push_back({std::move(name), {}, {}, {}, signal_of(matrix, c), {}});
      }
    }
    if (!by_length.empty() && !rate) {
      return fail(ErrorCode::invalid_argument, kMatSignals,
                  "the file has signals, but no variable fs, rate or sampling_rate",
                  "give the sampling rate");
    }
    for (auto& [length, channels] : by_length) add("", *rate, std::move(channels));
    return {};
  }
};

}  // namespace

Result<SignalRecording> signals_from_mat(const MatValue& file, const MatlabSignalOptions& options) {
  Collector collector;
  collector.rate = options.rate;
  collector.out.format = "MATLAB";
  // The variable's own name says nothing where there is one.
  const bool single = file.children.size() == 1;
  collector.find_sensors(single ? file.children[0] : file, {}, 0);
  if (collector.out.groups.empty()) {
    if (auto ok = collector.find_matrices(file); !ok) return tl::unexpected(ok.error());
  }
  auto& groups = collector.out.groups;
  if (groups.empty())
    return fail(ErrorCode::nothing_measured, kMatSignals, "there is no matrix of at least 8 samples",
                "save the signals as matrices, one column per signal");
  if (!options.part.empty()) {
    std::vector<std::string> names;
    for (const auto& group : groups) names.push_back(group.name);
    groups.erase(std::remove_if(groups.begin(), groups.end(),
                                [&](const SignalGroup& g) { return !g.name.starts_with(options.part); }),
                 groups.end());
    if (groups.empty()) {
      return fail(ErrorCode::invalid_argument, kMatSignals,
                  "no signal's name begins with '" + options.part + "'",
                  "use one of " + any_of(std::span{names}.first(std::min<std::size_t>(names.size(), 20))));
    }
  }
  return std::move(collector.out);
}

}  // namespace reprise::sensing
