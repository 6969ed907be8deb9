// SPDX-License-Identifier: Apache-2.0
#include "pipeline/angle_files.h"

#include <cmath>
#include <span>

#include "sensing/files/csv.h"
#include "sensing/files/storage.h"

namespace reprise::pipeline {
namespace {

/// OpenSim's name (before _r or _l) and sign.
struct OpenSimCoordinate {
  std::string_view name;
  double sign = 1;
};

std::optional<OpenSimCoordinate> in_opensim(engine::Measure measure) {
  switch (measure) {
    case engine::Measure::shoulder_elevation: return OpenSimCoordinate{"sh_elev"};
    case engine::Measure::elbow_flexion: return OpenSimCoordinate{"elbow_flex"};
    case engine::Measure::knee_flexion: return OpenSimCoordinate{"knee_angle"};
    case engine::Measure::ankle_dorsiflexion: return OpenSimCoordinate{"ankle_angle"};
    default: return std::nullopt;  // hips and trunk are measured from elsewhere, see frames-and-units.md
  }
}

std::optional<OpenSimCoordinate> in_opensim(engine::MarkerAngle angle) {
  switch (angle) {
    case engine::MarkerAngle::hip_flexion: return OpenSimCoordinate{"hip_flexion"};
    case engine::MarkerAngle::hip_abduction: return OpenSimCoordinate{"hip_adduction", -1};
    case engine::MarkerAngle::knee_flexion: return OpenSimCoordinate{"knee_angle"};
    case engine::MarkerAngle::ankle_dorsiflexion: return OpenSimCoordinate{"ankle_angle"};
    case engine::MarkerAngle::shoulder_elevation: return OpenSimCoordinate{"sh_elev"};
    case engine::MarkerAngle::elbow_flexion: return OpenSimCoordinate{"elbow_flex"};
    default: return std::nullopt;
  }
}

double degrees(double rad) {
  return to_degrees(Radians{rad}).value();
}

std::string own_name(std::string_view name_of_angle, std::optional<engine::Side> side) {
  return (side ? std::string{engine::name(*side)} + "_" : "") + std::string{name_of_angle};
}

/// One angle over time, of a body model or of markers.
struct Column {
  std::string own_name;
  std::optional<OpenSimCoordinate> opensim;
  std::optional<engine::Side> side;
  const std::vector<std::optional<double>>* values_rad;
};

Result<std::string> to_mot(std::span<const Seconds> times, const std::vector<Column>& columns,
                           bool simulated) {
  sensing::StorageTable table;
  table.name = "angles";
  table.in_degrees = true;
  if (simulated) mark_simulated(table);
  table.notes.emplace_back(
      "NaN: not measured. Columns with OpenSim's names have its signs, others are Reprise's own.");
  table.labels.emplace_back("time");
  for (const Column& column : columns) {
    if (column.opensim && column.side) {
      table.labels.push_back(std::string{column.opensim->name} +
                             (*column.side == engine::Side::left ? "_l" : "_r"));
    } else {
      table.labels.push_back(column.own_name);
    }
  }
  for (std::size_t f = 0; f < times.size(); ++f) {
    table.values.emplace_back(times[f].value());
    for (const Column& column : columns) {
      std::optional<double> value = (*column.values_rad)[f];
      const double sign = column.opensim ? column.opensim->sign : 1;
      // More than a millionth of a degree is rounding, and makes the file three times as long.
      if (value) value = std::round(degrees(*value * sign) * 1e6) / 1e6;
      table.values.push_back(value);
    }
  }
  return sensing::to_storage(table);
}

void label_simulated(bool simulated, std::size_t rows, std::vector<sensing::CsvColumn>& columns) {
  if (simulated)
    columns.push_back({"simulated", std::vector<std::optional<double>>(rows, std::optional<double>{1})});
}

void to_degrees_all(std::vector<std::optional<double>>& values) {
  for (auto& value : values) {
    if (value) value = degrees(*value);
  }
}

}  // namespace

Result<std::string> angles_csv(const session::SessionDocument& document) {
  std::vector<sensing::CsvColumn> columns;
  label_simulated(document.source.kind == session::SourceKind::simulated, document.exercise.times.size(),
                  columns);
  for (const session::MeasureSeries& series : document.exercise.series) {
    const bool angle = engine::is_angle(series.measure);
    sensing::CsvColumn column{
        own_name(engine::info(series.measure).name, series.side) + (angle ? "_deg" : "_ratio"),
        series.values};
    if (angle) to_degrees_all(column.values);
    columns.push_back(std::move(column));
  }
  return sensing::to_csv(document.exercise.times, columns, {.decimals = 3});
}

Result<std::string> angles_mot(const session::SessionDocument& document) {
  std::vector<Column> columns;
  for (const session::MeasureSeries& series : document.exercise.series) {
    if (!engine::is_angle(series.measure)) continue;  // inDegrees would not hold for a ratio
    columns.push_back({own_name(engine::info(series.measure).name, series.side), in_opensim(series.measure),
                       series.side, &series.values});
  }
  return to_mot(document.exercise.times, columns, document.source.kind == session::SourceKind::simulated);
}

Result<std::string> angles_csv(const engine::MarkerAngles& angles, const engine::MarkerRecording& recording) {
  std::vector<sensing::CsvColumn> columns;
  label_simulated(recording.simulated, recording.times.size(), columns);
  for (const engine::MarkerAngleSeries& series : angles.series) {
    sensing::CsvColumn column{own_name(engine::info(series.angle).name, series.side) + "_deg",
                              series.values_rad};
    to_degrees_all(column.values);
    columns.push_back(std::move(column));
  }
  return sensing::to_csv(recording.times, columns, {.decimals = 3});
}

Result<std::string> angles_mot(const engine::MarkerAngles& angles, const engine::MarkerRecording& recording) {
  std::vector<Column> columns;
  for (const engine::MarkerAngleSeries& series : angles.series) {
    columns.push_back({own_name(engine::info(series.angle).name, series.side), in_opensim(series.angle),
                       series.side, &series.values_rad});
  }
  return to_mot(recording.times, columns, recording.simulated);
}

}  // namespace reprise::pipeline
