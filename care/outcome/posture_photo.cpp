// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/posture_photo.h"

#include <algorithm>
#include <cmath>

#include "base/base64.h"
#include "base/text.h"
#include "care/outcome/kept_document.h"
#include "care/outcome/kept_jpeg.h"
#include "care/outcome/measurement_observations.h"
#include "engine/posture/posture_checks.h"
#include "fhir/profiles/vocabulary.h"
#include "session/measurements/posture.h"

namespace reprise::care {
namespace {

using fhir::Json;

tl::unexpected<Error> wrong_photo(std::string cause) {
  return fail(ErrorCode::invalid_argument, "keeping a photo of a posture", std::move(cause),
              "encode the photo that was measured anew as a JPEG of at most 2 MiB");
}

bool has_points_of(const session::MeasurementDocument& document, engine::PostureView view) {
  const std::string begin = std::string{engine::name(view)} + '_';
  return document.kind == session::MeasurementKind::posture &&
         std::any_of(document.tables.begin(), document.tables.end(), [&](const auto& table) {
           return table.events == session::kPointsTable &&
                  std::any_of(table.rows.begin(), table.rows.end(),
                              [&](const auto& row) { return row.part.rfind(begin, 0) == 0; });
         });
}

Result<void> check_photo(const session::MeasurementDocument& document, const PosturePhoto& photo) {
  if (!is_uuid(photo.id)) return wrong_photo("its id is no UUID in lower case");
  const auto bytes = from_base64(photo.base64);
  if (!bytes) return wrong_photo("it is no JPEG in base64");
  if (auto right = check_kept_jpeg(*bytes); !right) return right;
  if (!(photo.scale > 0 && photo.scale <= 1)) return wrong_photo("its scale is not above 0 and at most 1");
  if (photo.roll && !(std::abs(photo.roll->value()) <= Radians{engine::kMostCameraRoll}.value()))
    return wrong_photo("the camera's roll is beyond what a posture may have");
  if (!has_points_of(document, photo.view)) return wrong_photo("the document has no points of its view");
  return {};
}

Json posture_extension(const PosturePhoto& photo) {
  Json parts = Json::array({{{"url", "view"}, {"valueCode", engine::name(photo.view)}},
                            {{"url", "face-hidden"}, {"valueBoolean", photo.face_hidden}},
                            {{"url", "scale"}, {"valueDecimal", photo.scale}},
                            {{"url", "mirrored"}, {"valueBoolean", photo.mirrored}}});
  if (photo.roll) {
    parts.push_back(
        {{"url", "roll"}, {"valueQuantity", fhir::quantity(to_degrees(*photo.roll).value(), "°", "deg")}});
  }
  return {{"url", fhir::kPosturePhoto}, {"extension", std::move(parts)}};
}

std::string title_of(const PosturePhoto& photo) {
  std::string view{engine::name(photo.view)};
  std::replace(view.begin(), view.end(), '_', ' ');
  return "Posture, " + view + (photo.face_hidden ? ", face hidden" : ", face shown");
}

}  // namespace

Result<void> keep_posture_photo(fhir::Transaction& transaction, const session::MeasurementDocument& document,
                                const MeasurementContext& context) {
  const PosturePhoto& photo = *context.photo;
  if (auto right = check_photo(document, photo); !right) return right;
  const KeptDocument kept{photo.id,
                          "image/jpeg",
                          photo.base64,
                          title_of(photo),
                          fhir::kPosturePhotoCode,
                          "photo of a posture",
                          context.id + ".photo",
                          "urn:uuid:" + context.id,
                          context.patient,
                          context.start,
                          context.end,
                          document.source.kind == session::SignalSourceKind::simulated};
  Json reference = document_reference(kept, context.by_patient);
  if (!context.practitioner.empty())
    reference["author"] = Json::array({fhir::reference_to("Practitioner", context.practitioner)});
  reference["extension"] = Json::array({posture_extension(photo)});
  add_document(transaction, std::move(reference), kept);
  return {};
}

}  // namespace reprise::care
