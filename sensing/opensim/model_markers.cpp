// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/markup.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/model_scaling.h"
#include "sensing/opensim/xml_edits.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

constexpr const char* kMarkers = "placing markers on an OpenSim model";

const XmlElement& model_of(const XmlElement& root) {
  return root.name == "Model" ? root : *root.child("Model");  // parse_osim saw it
}

/// OpenSim 4 names a body by its path, OpenSim 3 by its name.
std::string marker_text(const PlacedMarker& marker, bool by_path) {
  const std::string body = markup_escaped(marker.body);
  const std::string holder = !by_path ? "<body>" + body + "</body>"
                                      : "<socket_parent_frame>" +
                                            ((marker.body == "ground" ? "/" : "/bodyset/") + body) +
                                            "</socket_parent_frame>";
  return "<Marker name=\"" + markup_escaped(marker.name) + "\">" + holder + "<location>" +
         vector_text(marker.position_m) + "</location><fixed>" + (marker.fixed ? "true" : "false") +
         "</fixed></Marker>";
}

bool is_named(const XmlElement& marker, const std::vector<PlacedMarker>& markers) {
  return std::any_of(markers.begin(), markers.end(),
                     [&](const PlacedMarker& m) { return m.name == marker.attribute("name"); });
}

}  // namespace

Result<std::vector<PlacedMarker>> parse_marker_set(std::string_view text) {
  const auto root = parse_xml(text);
  if (!root) return tl::unexpected(root.error());
  const XmlElement* set = root->name == "MarkerSet" ? &*root : root->child("MarkerSet");
  if (set == nullptr && root->child("Model") != nullptr) set = root->child("Model")->child("MarkerSet");
  if (set == nullptr)
    return fail(ErrorCode::corrupt, kMarkers, "there is no MarkerSet in the file", "give a file of markers");
  const XmlElement* objects = set->child("objects");
  std::vector<PlacedMarker> out;
  std::set<std::string> names;
  for (const XmlElement& element : (objects == nullptr ? *set : *objects).children) {
    if (element.name != "Marker") continue;
    const auto place = vector_or_zero(element, "location");
    if (!place) return tl::unexpected(place.error());
    const auto fixed = flag_or(element, "fixed", false);
    if (!fixed) return tl::unexpected(fixed.error());
    out.push_back({name_of(element), std::string{last_of_path(marker_frame(element))}, *place, *fixed});
    if (out.back().name.empty() || out.back().body.empty()) {
      return fail(ErrorCode::corrupt, kMarkers,
                  "a marker '" + shown(out.back().name) + "' has no name or no body",
                  "complete the file of markers");
    }
    if (!names.insert(out.back().name).second) {
      return fail(ErrorCode::corrupt, kMarkers, "there are two markers '" + shown(out.back().name) + "'",
                  "give each marker a name of its own");
    }
    if (out.size() > kMaxMarkers)
      return fail(ErrorCode::unsupported, kMarkers,
                  "there are more than " + std::to_string(kMaxMarkers) + " markers", "give fewer markers");
  }
  return out;
}

Result<std::string> with_markers(std::string_view text, const std::vector<PlacedMarker>& markers) {
  const auto read = parse_osim(text);
  if (!read) return tl::unexpected(read.error());
  for (const PlacedMarker& marker : markers) {
    if (read->model.body(marker.body)) continue;
    return fail(
        ErrorCode::invalid_argument, kMarkers,
        "the marker '" + shown(marker.name) + "' is on '" + shown(marker.body) + "', no body of the model",
        "correct marker_set_file");
  }
  const auto root = parse_xml(text);
  if (!root) return tl::unexpected(root.error());
  const XmlElement& model = model_of(*root);
  const bool by_path = model.child("JointSet") != nullptr;
  std::string added;
  for (const PlacedMarker& marker : markers) added += marker_text(marker, by_path) + "\n";
  XmlEdits edits;
  const XmlElement* set = model.child("MarkerSet");
  const XmlElement* objects = set == nullptr ? nullptr : set->child("objects");
  for (const XmlElement& marker : objects_of(model, "MarkerSet")) {
    if (is_named(marker, markers)) edits.replace(marker.begin, marker.end, "");
  }
  const std::string whole = "<objects>\n" + added + "</objects>";
  if (set == nullptr) {
    edits.insert(model.content_end, "<MarkerSet name=\"markerset\">" + whole + "</MarkerSet>\n");
  } else if (set->content_begin == set->end) {
    edits.replace(set->begin, set->end, "<MarkerSet name=\"markerset\">" + whole + "</MarkerSet>");
  } else if (objects == nullptr) {
    edits.insert(set->content_end, added);
  } else if (objects->content_begin == objects->end) {
    edits.replace(objects->begin, objects->end, whole);
  } else {
    edits.insert(objects->content_end, added);
  }
  std::string out = edits.applied_to(text);
  // A name with a slash or blanks at its ends does not survive as a path.
  const auto again = parse_osim(out);
  for (const PlacedMarker& marker : markers) {
    const auto index = again ? again->model.marker(marker.name) : std::nullopt;
    if (index && again->model.bodies[again->model.markers[*index].body].name == marker.body) continue;
    return fail(
        ErrorCode::unsupported, kMarkers,
        "the marker '" + shown(marker.name) + "' cannot be put on the body '" + shown(marker.body) + "'",
        "use letters, digits and underscores in names of markers and bodies");
  }
  return out;
}

Result<std::string> with_marker_places(std::string_view text,
                                       const std::map<std::string, Eigen::Vector3d>& places_m,
                                       const std::vector<std::string>& removed) {
  const auto root = parse_xml(text);
  if (!root) return tl::unexpected(root.error());
  XmlEdits edits;
  for (const XmlElement& marker : objects_of(model_of(*root), "MarkerSet")) {
    const std::string name = name_of(marker);
    const auto place = places_m.find(name);
    const XmlElement* location = marker.child("location");
    if (std::find(removed.begin(), removed.end(), name) != removed.end()) {
      edits.replace(marker.begin, marker.end, "");
    } else if (place != places_m.end()) {
      const std::string numbers = vector_text(place->second);
      const std::string whole = "<location>" + numbers + "</location>";
      if (location == nullptr) {
        edits.insert(marker.content_end, whole);
      } else if (location->content_begin == location->end) {
        edits.replace(location->begin, location->end, whole);
      } else {
        edits.set_content(*location, numbers);
      }
    }
  }
  return edits.applied_to(text);
}

}  // namespace reprise::sensing
