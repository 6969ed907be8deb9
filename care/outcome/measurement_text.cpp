// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/measurement_observations.h"
#include "fhir/model/primitive.h"
#include "json/reader.h"
#include "json/write.h"
#include "session/measurements/measurement_json.h"

namespace reprise::care {
namespace {

constexpr std::size_t kMostDocumentBytes = 16U << 20U;
constexpr std::size_t kMostPhotoText = 4U << 20U;

PosturePhoto photo_in(json::Reader item) {
  PosturePhoto photo;
  photo.id = item.text("id");
  photo.base64 = item.text("base64", kMostPhotoText);
  const auto view = engine::posture_view_from_name(item.text("view"));
  if (!view) item.refuse("view", "front, back, left_side or right_side");
  photo.view = view.value_or(engine::PostureView::front);
  photo.face_hidden = item.truth("face_hidden");
  photo.scale = item.number("scale");
  if (const auto roll = item.number_or_null("roll_deg")) photo.roll = Radians{Degrees{*roll}};
  photo.mirrored = item.truth("mirrored");
  return photo;
}

}  // namespace

Result<std::string> measurement_bundle_text(std::string_view measurement) {
  json::Document page{measurement, "documenting a measurement"};
  json::Reader input = page.root();
  MeasurementContext context{input.text("id"),  input.text("patient"), input.text("start"),
                             input.text("end"), std::nullopt,          true};
  if (input.has("practitioner")) {
    context.practitioner = input.text("practitioner");
    context.by_patient = false;
    if (!fhir::is_id(context.practitioner)) input.refuse("practitioner", "the id of a Practitioner");
  }
  if (std::string request = input.text_or_null("request"); !request.empty())
    context.request = std::move(request);
  context.recording = input.text_or_null("recording");
  if (json::Reader photo = input.group_or_null("photo"); photo.there()) context.photo = photo_in(photo);
  const std::string text = input.text("document", kMostDocumentBytes);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto document = session::parse_measurement_json(text);
  if (!document) return tl::unexpected(document.error());
  const auto bundle = measurement_bundle(*document, context);
  if (!bundle) return tl::unexpected(bundle.error());
  return json::write(*bundle);
}

}  // namespace reprise::care
