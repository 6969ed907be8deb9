// SPDX-License-Identifier: Apache-2.0
#include "pipeline/recording.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <variant>

#include "engine/pose/pose_correction.h"
#include "engine/pose/pose_tracker.h"
#include "engine/pose/symmetric_networks.h"
#include "engine/pose/two_people.h"
#include "engine/pose/zero_phase.h"
#include "engine/scene/scene_monitor.h"
#include "sensing/files/number_text.h"
#include "sensing/files/sha256.h"
#include "sensing/networks/xnn_pose_networks.h"
#include "sensing/video/prefetching_reader.h"
#include "sensing/video/video_reader.h"
#include "session/measurements/visit.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kFindingPerson = "finding the person";

// Decoding on this thread or beside it, behind one face.
class Pictures {
  std::variant<std::monostate, sensing::VideoReader, std::unique_ptr<sensing::PrefetchingReader>> source_;

  template <class Function>
  auto visit(Function&& function) {
    if (auto* ahead = std::get_if<std::unique_ptr<sensing::PrefetchingReader>>(&source_))
      return function(**ahead);
    return function(std::get<sensing::VideoReader>(source_));
  }

 public:
  Pictures(sensing::VideoReader reader, int threads) {
    if (threads > 1) {
      source_.emplace<std::unique_ptr<sensing::PrefetchingReader>>(
          std::make_unique<sensing::PrefetchingReader>(std::move(reader)));
    } else {
      source_.emplace<sensing::VideoReader>(std::move(reader));
    }
  }
  Result<std::optional<sensing::VideoFrame>> next() {
    return visit([](auto& reader) { return reader.next(); });
  }
  sensing::VideoInfo info() {
    return visit([](auto& reader) { return reader.info(); });
  }
  sensing::VideoFindings findings() {
    return visit([](auto& reader) { return reader.findings(); });
  }
};

void note(const engine::TrackedFrame& tracked, session::FrameCounts& counts) {
  ++counts.total;
  if (tracked.frame.pose) ++counts.with_person;
  if (tracked.reacquired) ++counts.reacquired;
  counts.most_people = std::max(counts.most_people, tracked.people_seen);
}

std::optional<engine::PictureRegion> region_in(const engine::PoseFrame& frame,
                                               const engine::ImageView& picture) {
  return frame.pose ? engine::region_of(*frame.pose, picture.width, picture.height) : std::nullopt;
}

engine::PoseTrackerOptions tracker_options(const RecordingOptions& options) {
  return options.with_helper ? engine::patient_tracking(options.person)
                             : engine::PoseTrackerOptions{.person = options.person};
}

/// Looks for the helper beside a patient who was just looked for.
Result<engine::PoseFrame> find_helper(engine::TwoPeople& people, engine::PoseTracker& tracker,
                                      engine::PoseNetworks& networks, const engine::ImageView& image,
                                      const engine::PoseFrame& patient) {
  const auto without = people.for_helper(image, patient.time, patient.pose);
  if (!without) return engine::PoseFrame{patient.time, std::nullopt};
  auto seen = engine::track(tracker, networks, *without, patient.time);
  if (!seen) return tl::unexpected(seen.error());
  people.keep_helper(seen->frame, tracker);
  return std::move(seen->frame);
}

/// One picture through the tracker, and from time to time through the correcting network as well, in the same
/// region.
class CorrectedTracking {
 public:
  CorrectedTracking(const LazyNetworks::Looking& networks, const RecordingOptions& options)
      : networks_(networks), tracker_(tracker_options(options)) {}

  Result<engine::TrackedFrame> track(const engine::ImageView& image, Seconds time) {
    const bool due = networks_.at_some != nullptr &&
                     (!corrected_at_ || time - *corrected_at_ >= engine::PoseCorrection::kInterval);
    if (!due) return engine::track(tracker_, *networks_.at_each, image, time);
    engine::PoseTracker second = tracker_;
    auto seen = engine::track(tracker_, *networks_.at_each, image, time);
    // Where the detector looks, the next picture serves as well, and it need not look twice. A photo has no
    // next.
    if (!seen || !seen->unsmoothed || (seen->detected && corrected_at_)) return seen;
    const auto corrected = engine::track(second, *networks_.at_some, image, time);
    if (!corrected) return tl::unexpected(corrected.error());
    if (corrected->unsmoothed) correction_.add(time, *seen->unsmoothed, *corrected->unsmoothed);
    corrected_at_ = time;
    return seen;
  }

  /// Of all frames that `track` gave.
  void correct(std::span<engine::PoseFrame> frames) const { correction_.apply(frames); }

 private:
  LazyNetworks::Looking networks_;
  engine::PoseTracker tracker_;
  engine::PoseCorrection correction_;
  std::optional<Seconds> corrected_at_;
};

// Landmarks in the pixels of the file, not of the scaled-down pictures that the networks saw.
void to_full_size(const sensing::VideoInfo& info, engine::PoseFrame& frame) {
  if (!frame.pose || !frame.pose->image) return;
  for (engine::ImagePoint& p : *frame.pose->image) {
    p.x_px *= info.scale_x();
    p.y_px *= info.scale_y();
    p.z_px *= info.scale_x();
  }
}

bool is_left_out(Seconds time, const RecordingOptions& options) {
  return (options.from && time < *options.from) || (options.until && time > *options.until);
}

Result<Recording> read_video(const std::filesystem::path& path, LazyNetworks& lazy,
                             const RecordingOptions& options, const OnPicture& on_picture) {
  auto opened = sensing::open_video(path);
  if (!opened) return tl::unexpected(opened.error());
  auto networks = lazy.get();
  if (!networks) return tl::unexpected(networks.error());

  Recording recording;
  Pictures pictures{std::move(*opened), options.threads};
  const sensing::VideoInfo info = pictures.info();
  CorrectedTracking tracking{*networks, options};
  engine::TwoPeople people;
  engine::PoseTracker helper_tracker;
  engine::SceneMonitor scene;
  std::optional<int> total;
  if (info.frame_count) total = static_cast<int>(*info.frame_count);
  while (true) {
    if (on_picture && !on_picture(recording.frames.total, total)) {
      return fail(ErrorCode::cancelled, kFindingPerson, "stopped by the user",
                  "nothing was written; run it again");
    }
    auto picture = pictures.next();
    if (!picture) return tl::unexpected(picture.error());
    if (!*picture) break;
    if (options.until && (*picture)->time > *options.until) break;
    if (is_left_out((*picture)->time, options)) continue;
    const engine::ImageView looked_at =
        options.with_helper ? people.for_patient((*picture)->image, (*picture)->time) : (*picture)->image;
    auto tracked = tracking.track(looked_at, (*picture)->time);
    if (!tracked) return tl::unexpected(tracked.error());
    note(*tracked, recording.frames);
    if (tracked->reacquired) recording.reacquired.push_back((*picture)->time);
    if (options.with_helper) {
      auto other = find_helper(people, helper_tracker, *networks->at_each, (*picture)->image, tracked->frame);
      if (!other) return tl::unexpected(other.error());
      recording.helper.push_back(std::move(*other));
    }
    session::note_others(*tracked, options.with_helper ? &recording.helper.back() : nullptr,
                         recording.scene.others);
    scene.add((*picture)->image, (*picture)->time, region_in(tracked->frame, (*picture)->image));
    recording.landmarks.frames.push_back(std::move(tracked->frame));
  }
  tracking.correct(recording.landmarks.frames);
  for (engine::PoseFrame& frame : recording.landmarks.frames) to_full_size(info, frame);
  for (engine::PoseFrame& frame : recording.helper) to_full_size(info, frame);

  recording.scene.pictures = scene.findings();
  // A clip of the body model stays a simulation, even though networks looked at it.
  recording.source.kind = info.simulated ? session::SourceKind::simulated : session::SourceKind::video;
  recording.landmarks.source.simulated = info.simulated;
  recording.source.recorded_at = info.recorded_at;
  recording.source.width_px = info.source_width;
  recording.source.height_px = info.source_height;
  recording.models = lazy.models();
  sensing::LandmarkSource& about = recording.landmarks.source;
  about.has_image = about.has_world = about.has_visibility = true;
  about.picture = sensing::PictureSize{info.source_width, info.source_height};
  for (const session::ModelUsed& model : recording.models)
    about.networks.push_back({model.name, model.sha256});
  for (const std::string& text : pictures.findings().warnings())
    recording.warnings.push_back({"video", text, ""});
  return recording;
}

/// Of the networks that this version uses. Those of other files may be any.
bool errors_are_known(const sensing::NetworkUsed& network) {
  const auto& known = sensing::kLandmarkModels;
  return network.sha256 == sensing::kDetectorModel.sha256 ||
         std::any_of(known.begin(), known.end(),
                     [&](const auto& one) { return one.sha256 == network.sha256; });
}

Recording described(sensing::LandmarkRecording landmarks) {
  Recording recording;
  recording.landmarks = std::move(landmarks);
  recording.source.kind =
      recording.landmarks.source.simulated ? session::SourceKind::simulated : session::SourceKind::landmarks;
  if (const auto& picture = recording.landmarks.source.picture) {
    recording.source.width_px = picture->width_px;
    recording.source.height_px = picture->height_px;
  }
  const auto& networks = recording.landmarks.source.networks;
  if (std::all_of(networks.begin(), networks.end(), errors_are_known)) {
    for (const sensing::NetworkUsed& one : networks) recording.models.push_back({one.name, one.sha256});
  }
  for (const engine::PoseFrame& frame : recording.landmarks.frames) {
    ++recording.frames.total;
    if (frame.pose) ++recording.frames.with_person;
  }
  for (const std::string& text : recording.landmarks.source.warnings) {
    recording.warnings.push_back({"landmarks", text, ""});
  }
  return recording;
}

// Adds the facts that need every frame.
Result<Recording> finished(Recording recording, std::string name, const char* remedy) {
  recording.source.name = std::move(name);
  if (!recording.landmarks.frames.empty()) recording.source.duration = recording.landmarks.frames.back().time;
  if (recording.frames.with_person == 0) {
    return fail(ErrorCode::nothing_measured, kFindingPerson,
                "no person was found in any of the " + std::to_string(recording.frames.total) +
                    " pictures of " + recording.source.name,
                remedy);
  }
  return recording;
}

constexpr const char* kFilmWholeBody = "film the whole body in good light, from two to four meters away";

}  // namespace

std::string options_text(const RecordingOptions& options) {
  std::string text;
  const auto number = [&](const char* name, double value) {
    text += text.empty() ? "" : " ";
    text += name;
    sensing::append_number(text, value);
  };
  if (options.person != 1) text += "--person " + std::to_string(options.person);
  if (options.from) number("--from ", options.from->value());
  if (options.until) number("--until ", options.until->value());
  if (options.frame_rate) number("--frame-rate ", options.frame_rate->value());
  if (options.with_helper) text += text.empty() ? "visit" : " visit";
  return text;
}

std::vector<sensing::ModelVariant> variants_of(const RecordingOptions& options) {
  if (options.ensemble)
    return {sensing::ModelVariant::heavy, sensing::ModelVariant::full, sensing::ModelVariant::lite};
  if (options.model) return {*options.model};
  return {sensing::ModelVariant::lite, sensing::ModelVariant::heavy};
}

Result<void> LazyNetworks::add(sensing::ModelVariant variant, const std::filesystem::path& folder) {
  const auto models = sensing::load_models(folder, variant);
  if (!models) return tl::unexpected(models.error());
  // One thread decodes; the networks share the rest.
  auto made = sensing::make_pose_networks(*models, {.threads = std::max(1, options_.threads - 1)});
  if (!made) return tl::unexpected(made.error());
  if (variant == sensing::ModelVariant::heavy)
    *made = std::make_unique<engine::SymmetricNetworks>(std::move(*made));
  loaded_.push_back(std::move(*made));
  if (models_.empty()) models_.push_back({models->detector.name, models->detector.sha256});
  models_.push_back({models->landmarks.name, models->landmarks.sha256});
  return {};
}

Result<LazyNetworks::Looking> LazyNetworks::get() {
  if (loaded_.empty()) {
    const auto folder = sensing::find_model_folder(options_.models_folder);
    if (!folder) return tl::unexpected(folder.error());
    for (const sensing::ModelVariant variant : variants_of(options_)) {
      if (auto added = add(variant, *folder); !added) return tl::unexpected(added.error());
    }
    if (options_.ensemble) {
      std::vector<engine::PoseNetworks*> members;
      for (const auto& network : loaded_) members.push_back(network.get());
      ensemble_ = std::make_unique<engine::EnsembleNetworks>(std::move(members));
    }
  }
  if (ensemble_) return Looking{ensemble_.get(), nullptr};
  return Looking{loaded_.front().get(), loaded_.size() > 1 ? loaded_.back().get() : nullptr};
}

bool is_landmark_file(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".json" || ending == ".csv" || ending == ".trc" || ending == ".npy";
}

Result<Recording> read_recording(const std::filesystem::path& path, LazyNetworks& networks,
                                 const RecordingOptions& options, const OnPicture& on_picture) {
  auto recording = is_landmark_file(path)
                       ? sensing::read_landmarks(path, {.rate = options.frame_rate})
                             .map([&](sensing::LandmarkRecording landmarks) {
                               std::erase_if(landmarks.frames, [&](const engine::PoseFrame& frame) {
                                 return is_left_out(frame.time, options);
                               });
                               return described(std::move(landmarks));
                             })
                       : read_video(path, networks, options, on_picture);
  if (!recording) return recording;
  const auto sha256 = sensing::sha256_of_file(path, "reading the input");
  if (!sha256) return tl::unexpected(sha256.error());
  recording->source.sha256 = *sha256;
  recording->source.options = options_text(options);
  recording->landmarks.source.rate = engine::median_rate(recording->landmarks.frames);
  return finished(std::move(*recording), path.filename().string(),
                  options.person > 1 ? "check --person: so many people are never in the picture at once"
                                     : kFilmWholeBody);
}

Result<Recording> recording_from(sensing::LandmarkRecording landmarks, std::string name) {
  return finished(described(std::move(landmarks)), std::move(name), kFilmWholeBody);
}

}  // namespace reprise::pipeline
