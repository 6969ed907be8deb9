// SPDX-License-Identifier: Apache-2.0
// The extension module behind the Python package: recordings and session documents as Python sees them. Its
// types and functions are described in reprise/_native.pyi.

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <cmath>
#include <exception>
#include <nlohmann/json.hpp>

#include "exercises/catalog_files.h"
#include "exercises/catalog_summary.h"
#include "pipeline/analysis.h"
#include "sensing/landmarks/landmark_builder.h"
#include "session/document_json.h"
#include "session/passes.h"

namespace py = pybind11;

namespace reprise::bindings {
namespace {

using Array = py::array_t<double, py::array::c_style | py::array::forcecast>;

[[noreturn]] void raise(const Error& error) {
  const py::object type = py::module_::import("reprise.error").attr("Error");
  const py::object made = type(std::string{to_string(error.code)}, error.stage, error.cause, error.remedy);
  PyErr_SetObject(type.ptr(), made.ptr());
  throw py::error_already_set();
}

template <class Value>
Value or_raise(Result<Value> result) {
  if (!result) raise(result.error());
  return std::move(*result);
}

[[noreturn]] void refuse(const char* stage, std::string cause, std::string remedy) {
  raise({ErrorCode::invalid_argument, stage, std::move(cause), std::move(remedy)});
}

double or_nan(const std::optional<double>& value) {
  return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

Array array_of(std::vector<py::ssize_t> shape) {
  Array array(std::move(shape));
  std::fill_n(array.mutable_data(), array.size(), std::numeric_limits<double>::quiet_NaN());
  return array;
}

// Recordings

constexpr const char* kReadingArrays = "reading arrays of landmarks";
constexpr py::ssize_t kLandmarks = engine::kLandmarkCount;

// `axes`: the lengths that the last axis may have, 0: there is no such axis.
void check_shape(const char* name, const std::optional<Array>& array, py::ssize_t frames,
                 std::initializer_list<py::ssize_t> axes) {
  if (!array) return;
  std::string wanted;
  for (const py::ssize_t last : axes) {
    std::vector<py::ssize_t> shape = {frames, kLandmarks};
    if (last > 0) shape.push_back(last);
    if (std::equal(shape.begin(), shape.end(), array->shape(), array->shape() + array->ndim())) return;
    wanted += (wanted.empty() ? "" : " or ") + py::str(py::tuple(py::cast(shape))).cast<std::string>();
  }
  refuse(kReadingArrays,
         std::string{name} + " has the shape " + py::str(array->attr("shape")).cast<std::string>(),
         "give an array of " + wanted + ": one row for each time, 33 landmarks in the order of LANDMARKS");
}

bool is_seen(const double* point, py::ssize_t axes) {
  return std::none_of(point, point + axes, [](double x) { return std::isnan(x); });
}

void put_world(const Array& world_m, py::ssize_t frame, sensing::LandmarkRow& row) {
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    const double* point = world_m.data(frame, i, 0);
    if (!is_seen(point, 3)) continue;
    row.world_m[i].v = {point[0], point[1], point[2]};
    row.has_world.set(i);
  }
}

void put_image(const Array& image_px, py::ssize_t frame, sensing::LandmarkRow& row) {
  const py::ssize_t axes = image_px.shape(2);
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    const double* point = image_px.data(frame, i, 0);
    if (!is_seen(point, axes)) continue;
    row.image[i] = {point[0], point[1], axes == 3 ? point[2] : 0};
    row.has_image.set(i);
  }
}

void put_visibility(const Array& visibility, py::ssize_t frame, sensing::LandmarkRow& row) {
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    const double value = *visibility.data(frame, i);
    if (std::isnan(value)) continue;
    row.visibility[i] = value;
    row.has_visibility.set(i);
  }
}

pipeline::Recording recording_from_arrays(const Array& time_s, const std::optional<Array>& world_m,
                                          const std::optional<Array>& image_px,
                                          const std::optional<Array>& visibility,
                                          const std::optional<std::pair<int, int>>& picture_px,
                                          std::string name, bool simulated) {
  if (time_s.ndim() != 1) {
    refuse(kReadingArrays, "time_s has " + std::to_string(time_s.ndim()) + " dimensions",
           "give one time in seconds for each frame");
  }
  const py::ssize_t frames = time_s.shape(0);
  check_shape("world_m", world_m, frames, {3});
  check_shape("image_px", image_px, frames, {2, 3});
  check_shape("visibility", visibility, frames, {0});

  sensing::LandmarkBuilder builder{sensing::LandmarkFormat::npy};
  builder.source().simulated = simulated;
  if (picture_px) builder.source().picture = sensing::PictureSize{picture_px->first, picture_px->second};
  for (py::ssize_t f = 0; f < frames; ++f) {
    sensing::LandmarkRow row;
    row.time = Seconds{*time_s.data(f)};
    if (world_m) put_world(*world_m, f, row);
    if (image_px) put_image(*image_px, f, row);
    if (visibility) put_visibility(*visibility, f, row);
    if (const auto added = builder.add(row, "frame " + std::to_string(f)); !added) raise(added.error());
  }
  return or_raise(pipeline::recording_from(or_raise(std::move(builder).finish()), std::move(name)));
}

Array time_s(const std::vector<engine::PoseFrame>& frames) {
  Array array = array_of({static_cast<py::ssize_t>(frames.size())});
  for (std::size_t f = 0; f < frames.size(); ++f) array.mutable_at(f) = frames[f].time.value();
  return array;
}

// Calls `put(pose, landmark, numbers)` for each landmark of each frame with a person.
template <class Put>
Array per_landmark(const std::vector<engine::PoseFrame>& frames, std::vector<py::ssize_t> axes,
                   const Put& put) {
  std::vector<py::ssize_t> shape = {static_cast<py::ssize_t>(frames.size()), kLandmarks};
  shape.insert(shape.end(), axes.begin(), axes.end());
  Array array = array_of(std::move(shape));
  const auto step = static_cast<std::size_t>(axes.empty() ? 1 : axes.front());
  double* numbers = array.mutable_data();
  for (const engine::PoseFrame& frame : frames) {
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i, numbers += step) {
      if (frame.pose) put(*frame.pose, i, numbers);
    }
  }
  return array;
}

// None where the meters were made from pixels.
std::optional<Array> world_m(const pipeline::Recording& recording) {
  const sensing::LandmarkSource& source = recording.landmarks.source;
  if (!source.has_world) return std::nullopt;
  return per_landmark(recording.landmarks.frames, {3},
                      [&](const engine::Pose& pose, std::size_t i, double* to) {
                        if (sensing::was_measured(pose, i, source))
                          std::copy_n(pose.world_m[i].v.data(), 3, to);
                      });
}

std::optional<Array> image_px(const pipeline::Recording& recording) {
  const sensing::LandmarkSource& source = recording.landmarks.source;
  if (!source.has_image) return std::nullopt;
  return per_landmark(recording.landmarks.frames, {3},
                      [&](const engine::Pose& pose, std::size_t i, double* to) {
                        if (!pose.image || !sensing::was_measured(pose, i, source)) return;
                        const engine::ImagePoint& point = (*pose.image)[i];
                        to[0] = point.x_px;
                        to[1] = point.y_px;
                        to[2] = point.z_px;
                      });
}

std::optional<Array> visibility(const pipeline::Recording& recording) {
  if (!recording.landmarks.source.has_visibility) return std::nullopt;
  return per_landmark(recording.landmarks.frames, {},
                      [](const engine::Pose& pose, std::size_t i, double* to) { *to = pose.visibility[i]; });
}

std::optional<std::pair<int, int>> picture_px(const pipeline::Recording& recording) {
  const auto& picture = recording.landmarks.source.picture;
  if (!picture) return std::nullopt;
  return std::pair{picture->width_px, picture->height_px};
}

// Videos and files

pipeline::RecordingOptions recording_options(const std::string& model, bool ensemble, int person, int threads,
                                             std::optional<double> frame_rate_hz,
                                             std::optional<std::filesystem::path> models_folder) {
  constexpr const char* kStage = "reading options";
  const auto variant = sensing::model_variant_from_name(model);
  if (!variant && model != "blend")
    refuse(kStage, "there is no model " + model, "name one of blend, lite, full and heavy");
  if (person < 1)
    refuse(kStage, "person is " + std::to_string(person), "1 is the largest person, 2 the next");
  if (threads < 1) refuse(kStage, "threads is " + std::to_string(threads), "give at least 1");
  if (frame_rate_hz && !(*frame_rate_hz > 0 && std::isfinite(*frame_rate_hz)))
    refuse(kStage, "frame_rate_hz is " + std::to_string(*frame_rate_hz), "give pictures a second");
  pipeline::RecordingOptions options;
  options.models_folder = std::move(models_folder);
  options.model = variant;
  options.ensemble = ensemble;
  options.person = person;
  options.threads = threads;
  if (frame_rate_hz) options.frame_rate = Hertz{*frame_rate_hz};
  return options;
}

pipeline::Recording read(const std::filesystem::path& path, const std::string& model, bool ensemble,
                         int person, int threads, std::optional<double> frame_rate_hz,
                         std::optional<std::filesystem::path> models_folder, const py::object& progress) {
  const pipeline::RecordingOptions options =
      recording_options(model, ensemble, person, threads, frame_rate_hz, std::move(models_folder));
  std::exception_ptr stopped;  // by the callback, or by Ctrl-C
  const auto on_picture = [&](int done, std::optional<int> total) {
    const py::gil_scoped_acquire python;
    try {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      if (!progress.is_none()) progress(done, total);
      return true;
    } catch (...) {
      stopped = std::current_exception();
      return false;
    }
  };
  const auto recording = [&] {
    const py::gil_scoped_release others_run;
    pipeline::LazyNetworks networks{options};
    return pipeline::read_recording(path, networks, options, on_picture);
  }();
  if (stopped) std::rethrow_exception(stopped);
  return or_raise(recording);
}

// Exercises

struct Catalog {
  std::vector<exercises::CatalogExercise> exercises;
};

struct PrescribedExercise {
  exercises::CatalogExercise exercise;
  exercises::Prescription prescription;
};

std::string with_unit(engine::Measure measure) {
  return engine::is_angle(measure) ? "_deg" : "_ratio";
}

PrescribedExercise prescribe(const Catalog& catalog, const std::string& id,
                             const std::optional<std::string>& side, std::optional<double> ceiling_deg,
                             std::optional<double> ceiling_ratio) {
  constexpr const char* kStage = "reading the prescription";
  PrescribedExercise prescribed{*or_raise(exercises::find(catalog.exercises, id)), {}};
  if (side) {
    if (*side != "left" && *side != "right")
      refuse(kStage, "side is " + *side, "name left or right; None: whichever moves");
    prescribed.prescription.side = *side == "left" ? engine::Side::left : engine::Side::right;
  }
  const engine::Measure measure = prescribed.exercise.definition.primary.measure;
  if (engine::is_angle(measure) ? ceiling_ratio.has_value() : ceiling_deg.has_value()) {
    refuse(kStage, "the main measure of " + id + " is " + std::string{engine::info(measure).name},
           "give ceiling" + with_unit(measure));
  }
  prescribed.prescription.ceiling = engine::is_angle(measure) ? ceiling_deg : ceiling_ratio;
  if (const auto checked = exercises::coach_options(prescribed.exercise.definition, prescribed.prescription);
      !checked)
    raise(checked.error());
  return prescribed;
}

session::SessionDocument analyze_recording(const PrescribedExercise& prescribed,
                                           const pipeline::Recording& recording) {
  const auto document = [&] {
    const py::gil_scoped_release others_run;
    return pipeline::analyze(recording, prescribed.exercise, prescribed.prescription);
  }();
  return or_raise(document);
}

std::string summaries(const Catalog& catalog) {
  auto all = nlohmann::ordered_json::array();
  for (const exercises::CatalogExercise& exercise : catalog.exercises)
    all.push_back(exercises::summary_of(exercise));
  return all.dump();
}

// Documents

py::dict measures(const session::SessionDocument& document) {
  py::dict columns;
  for (const session::MeasureSeries& series : document.exercise.series) {
    std::string column{engine::info(series.measure).name};
    if (series.side) column += "_" + std::string{engine::name(*series.side)};
    Array values = array_of({static_cast<py::ssize_t>(series.values.size())});
    for (std::size_t f = 0; f < series.values.size(); ++f)
      values.mutable_at(f) = engine::in_degrees(series.measure, or_nan(series.values[f]));
    columns[py::str(column + with_unit(series.measure))] = values;
  }
  return columns;
}

Array document_time_s(const session::SessionDocument& document) {
  Array array = array_of({static_cast<py::ssize_t>(document.exercise.times.size())});
  for (std::size_t f = 0; f < document.exercise.times.size(); ++f)
    array.mutable_at(f) = document.exercise.times[f].value();
  return array;
}

py::tuple landmark_names() {
  py::tuple names(engine::kLandmarkCount);
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i)
    names[i] = std::string{name(static_cast<engine::Landmark>(i))};
  return names;
}

}  // namespace

PYBIND11_MODULE(_native, module) {
  using py::arg;
  module.attr("LANDMARKS") = landmark_names();
  module.attr("__version__") = session::engine_version();

  py::class_<pipeline::Recording>(module, "Recording")
      .def(py::init(&recording_from_arrays), arg("time_s"), py::kw_only(), arg("world_m") = py::none(),
           arg("image_px") = py::none(), arg("visibility") = py::none(), arg("picture_px") = py::none(),
           arg("name") = "arrays", arg("simulated") = false)
      .def_property_readonly("name", [](const pipeline::Recording& r) { return r.source.name; })
      .def_property_readonly("simulated",
                             [](const pipeline::Recording& r) { return r.landmarks.source.simulated; })
      .def_property_readonly("time_s",
                             [](const pipeline::Recording& r) { return time_s(r.landmarks.frames); })
      .def_property_readonly("world_m", &world_m)
      .def_property_readonly("image_px", &image_px)
      .def_property_readonly("visibility", &visibility)
      .def_property_readonly("picture_px", &picture_px);

  py::class_<session::SessionDocument>(module, "SessionDocument")
      .def_property_readonly(
          "json", [](const session::SessionDocument& d) { return or_raise(session::to_session_json(d)); })
      .def_property_readonly("time_s", &document_time_s)
      .def_property_readonly("measures", &measures);

  py::class_<PrescribedExercise>(module, "PrescribedExercise")
      .def("analyze", &analyze_recording, arg("recording"));

  py::class_<Catalog>(module, "Catalog")
      .def(py::init(
          [] { return Catalog{or_raise(exercises::load_catalog(exercises::find_catalog_folder()))}; }))
      .def_property_readonly("json", &summaries)
      .def("prescribe", &prescribe, arg("exercise"), py::kw_only(), arg("side") = py::none(),
           arg("ceiling_deg") = py::none(), arg("ceiling_ratio") = py::none());

  module.def("read", &read, arg("path"), py::kw_only(), arg("model"), arg("ensemble"), arg("person"),
             arg("threads"), arg("frame_rate_hz"), arg("models_folder"), arg("progress"));
}

}  // namespace reprise::bindings
