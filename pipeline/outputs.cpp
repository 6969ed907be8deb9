// SPDX-License-Identifier: Apache-2.0
#include "pipeline/outputs.h"

#include <system_error>

#include "pipeline/angle_files.h"
#include "report/report.h"
#include "sensing/files/file_io.h"
#include "sensing/landmarks/landmark_json.h"
#include "sensing/landmarks/trc.h"
#include "session/document_json.h"

namespace reprise::pipeline {
namespace {

namespace fs = std::filesystem;
constexpr const char* kWritingResults = "writing results";

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) {
    return fail(ErrorCode::invalid_argument, kWritingResults, folder.string() + " is a file, not a folder",
                "give another folder with --out");
  }
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::unwritable, kWritingResults,
                "cannot make the folder " + folder.string() + " (" + error.message() + ")",
                "give a folder that you may write to with --out");
  }
  return {};
}

}  // namespace

Result<std::vector<OutputFile>> make_outputs(const session::SessionDocument& document,
                                             const sensing::LandmarkRecording& landmarks,
                                             bool with_landmarks) {
  std::vector<OutputFile> files;

  auto session = session::to_session_json(document);
  if (!session) return tl::unexpected(session.error());
  files.push_back({"session.json", std::move(*session)});
  files.push_back({"report.html", report::render_report(document)});
  auto angles = angles_csv(document);
  if (!angles) return tl::unexpected(angles.error());
  files.push_back({"angles.csv", std::move(*angles)});
  auto motion = angles_mot(document);
  if (!motion) return tl::unexpected(motion.error());
  files.push_back({"angles.mot", std::move(*motion)});
  if (!landmarks.source.world_from_image) {  // TRC could not say that its meters are made up
    const auto trc = sensing::markers_from_landmarks(landmarks).and_then(
        [&](const engine::MarkerRecording& markers) { return sensing::to_trc(markers, "landmarks.trc"); });
    if (!trc) return tl::unexpected(trc.error());
    files.push_back({"landmarks.trc", *trc});
  }
  if (with_landmarks) files.push_back({"landmarks.json", sensing::to_landmark_json(landmarks)});
  return files;
}

Result<void> write_outputs(const fs::path& folder, const std::vector<OutputFile>& files) {
  if (auto made = make_folder(folder); !made) return made;
  const fs::path staging = folder / ".reprise-unfinished";
  std::error_code ignored;
  fs::remove_all(staging, ignored);
  if (auto made = make_folder(staging); !made) return made;
  for (const OutputFile& file : files) {
    if (auto written = sensing::write_file_atomically(staging / file.name, file.contents); !written) {
      fs::remove_all(staging, ignored);
      return written;
    }
  }
  // From the last to the first: session.json comes last, so that with it all other files are new, too.
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    std::error_code error;
    fs::rename(staging / file->name, folder / file->name, error);
    if (error) {
      fs::remove_all(staging, ignored);
      return fail(ErrorCode::unwritable, kWritingResults,
                  "cannot replace " + (folder / file->name).string() + " (" + error.message() + ")",
                  "remove it or give another folder with --out");
    }
  }
  fs::remove_all(staging, ignored);
  return {};
}

}  // namespace reprise::pipeline
