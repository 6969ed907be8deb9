// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/landmark_json.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "sensing/files/number_text.h"
#include "sensing/landmarks/bare_landmarks.h"
#include "sensing/landmarks/landmark_builder.h"

namespace reprise::sensing {
namespace {

using Points = BarePoints;
constexpr std::size_t kMaxDepth = 64;
constexpr std::string_view kSchema = kLandmarkSchema;

/// What a document held, before it is known what bare arrays mean.
struct Parsed {
  bool bare = false;
  std::vector<std::optional<Points>> bare_frames;
  LandmarkBuilder builder{LandmarkFormat::json_landmarks};
};

/// Follows the parser event by event, so that memory grows only with the landmarks that are kept, whatever
/// else the bytes hold.
class Handler final : public nlohmann::json_sax<nlohmann::json> {
 public:
  [[nodiscard]] Parsed& parsed() { return parsed_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] bool found_landmarks() const { return found_; }

  bool null() override {
    switch (at()) {
      case At::points: return next_point() && set_point(std::nullopt);
      case At::visibility: return next_visibility(std::nullopt);
      case At::frames:
        if (!parsed_.bare) return wrong("a frame is null; expected an object with time_s");
        return add_bare(std::nullopt);
      case At::point: return wrong("a coordinate is null; a point that was not seen is null as a whole");
      case At::document: return wrong_document();
      default: return true;
    }
  }
  bool boolean(bool value) override {
    if (at() == At::source && key_ == "world_from_image") {
      world_from_image_ = value;
      return true;
    }
    if (at() == At::source && key_ == "simulated") {
      parsed_.builder.source().simulated = value;
      return true;
    }
    return other_value("true or false");
  }
  bool number_integer(std::int64_t value) override { return any_number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) override { return any_number(static_cast<double>(value)); }
  bool number_float(double value, const std::string& /*text*/) override { return any_number(value); }
  bool string(std::string& value) override {
    if (at() == At::object && key_ == "schema" && value.starts_with("reprise.landmarks/") &&
        value != kSchema) {
      return wrong("the schema is '" + shown(value) + "'; this version reads " + std::string{kSchema},
                   ErrorCode::unsupported);
    }
    if (at() == At::network) return set_of_network(value);
    if (at() == At::names) {
      const std::size_t i = name_count_++;
      if (i >= engine::kLandmarkCount || value != engine::name(static_cast<engine::Landmark>(i))) {
        return wrong("landmark name " + std::to_string(i + 1) + " is '" + shown(value) + "'; expected " +
                     (i < engine::kLandmarkCount
                          ? "'" + std::string{engine::name(static_cast<engine::Landmark>(i))} + "'"
                          : "33 names"));
      }
      return true;
    }
    return other_value("a text");
  }
  bool binary(nlohmann::json::binary_t& /*value*/) override { return other_value("binary data"); }
  bool key(std::string& value) override {
    if (at() == At::object || at() == At::source || at() == At::network || at() == At::frame) key_ = value;
    return true;
  }

  bool start_object(std::size_t /*size*/) override {
    switch (at()) {
      case At::document: return push(At::object);
      case At::object: return push(key_ == "source" ? At::source : At::skip);
      case At::frames:
        if (parsed_.bare) return wrong("a frame is an object; expected 33 points [x, y, z]");
        row_ = {};
        has_time_ = false;
        seen_keys_ = 0;
        return push(At::frame);
      case At::frame:
        if (is_frame_key()) return wrong("'" + key_ + "' is an object");
        return push(At::skip);
      case At::networks:
        if (networks().size() == kMaxNetworks) return wrong("there are more than 8 networks");
        networks().emplace_back();
        return push(At::network);
      case At::source:
      case At::network:
      case At::skip: return push(At::skip);
      default: return wrong("there is an object where numbers are expected");
    }
  }
  bool end_object() override {
    if (at() == At::frame && !end_frame()) return false;
    if (at() == At::network && (networks().back().name.empty() || networks().back().sha256.empty()))
      return wrong("a network lacks its name or sha256");
    pop();
    return true;
  }

  bool start_array(std::size_t /*size*/) override {
    switch (at()) {
      case At::document: parsed_.bare = true; return push(At::frames);
      case At::object:
        if (key_ == "landmarks") {
          if (std::exchange(found_, true)) return wrong("'landmarks' occurs twice");
          return push(At::frames);
        }
        if (key_ == "landmark_names") {
          name_count_ = 0;
          return push(At::names);
        }
        return push(At::skip);
      case At::frames:
        if (!parsed_.bare) return wrong("a frame is an array; expected an object with time_s");
        return start_points();
      case At::frame:
        if (key_ == "image_px" || key_ == "world_m") return first_of_its_key() && start_points();
        if (key_ == "visibility") {
          point_count_ = 0;
          return first_of_its_key() && push(At::visibility);
        }
        if (is_frame_key()) return wrong("'" + key_ + "' is an array");
        return push(At::skip);
      case At::points: coordinate_count_ = 0; return next_point() && push(At::point);
      case At::source: picture_count_ = 0; return push(list_of_source());
      case At::network:
      case At::skip: return push(At::skip);
      default: return wrong("there is an array where a number is expected");
    }
  }
  bool end_array() override {
    const At ended = at();
    pop();
    switch (ended) {
      case At::point: return end_point();
      case At::points: return end_points();
      case At::visibility: return point_count_ == engine::kLandmarkCount || wrong_count("visibilities");
      case At::names:
        return name_count_ == engine::kLandmarkCount ||
               wrong("there are " + std::to_string(name_count_) + " landmark names; expected 33");
      default: return true;
    }
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::json::exception& cause) override {
    if (error_) return false;
    const bool too_large = cause.id == 406;
    error_ =
        bad_landmarks("byte " + std::to_string(position) + ": " +
                          (too_large ? "a number is too large" : "this is not JSON") + ", near '" +
                          shown(token.size() > 24 ? token.substr(token.size() - 24) : token) + "'",
                      "export the file again; JSON has no NaN or Infinity: write null for a missing point")
            .value();
    return false;
  }

  /// Called once the document has ended well.
  void finish() {
    auto& source = parsed_.builder.source();
    source.rate = rate_;
    source.picture = picture_;
    if (world_from_image_) {
      source.warnings.emplace_back(
          "The file says that its meters were made from pixels: lengths and speeds in meters must not be "
          "read.");
    }
  }
  [[nodiscard]] bool world_from_image() const { return world_from_image_; }

 private:
  enum class At {
    document,
    object,
    source,
    picture,
    networks,
    network,
    names,
    frames,
    frame,
    points,
    point,
    visibility,
    skip
  };

  [[nodiscard]] At at() const { return stack_.empty() ? At::document : stack_.back(); }
  bool push(At place) {
    if (stack_.size() == kMaxDepth)
      return wrong("it is nested more than 64 levels deep", ErrorCode::unsupported);
    stack_.push_back(place);
    return true;
  }
  void pop() {
    if (!stack_.empty()) stack_.pop_back();
  }

  [[nodiscard]] std::string place() const { return "frame " + std::to_string(frame_count_); }
  bool wrong(const std::string& what, ErrorCode code = ErrorCode::corrupt) {
    const bool inside = at() >= At::frames;
    error_ = Error{code, "reading landmarks", (inside ? place() + ": " : "") + what,
                   "the forms that can be read are described in sensing/landmarks/landmark_json.h"};
    return false;
  }
  bool wrong_document() { return wrong("the document is neither an array of frames nor an object"); }
  bool wrong_count(const std::string& what) {
    return wrong("there are " + std::to_string(point_count_) + " " + what + "; expected 33");
  }
  bool other_value(const std::string& kind) {
    switch (at()) {
      case At::document: return wrong_document();
      case At::object:
        if (key_ == "landmarks") return wrong("'landmarks' is " + kind + "; expected an array of frames");
        return true;
      case At::frame:
        if (is_frame_key()) return wrong("'" + key_ + "' is " + kind);
        return true;
      case At::source:
      case At::network:
      case At::skip: return true;
      default: return wrong("there is " + kind + " where something else is expected");
    }
  }

  bool any_number(double value) {
    switch (at()) {
      case At::point:
        if (coordinate_count_ == 3) return wrong("a point has more than 3 coordinates");
        coordinates_[coordinate_count_++] = value;
        return true;
      case At::visibility: return next_visibility(value);
      case At::frame:
        if (key_ != "time_s") return other_value("a number");
        row_.time = Seconds{value};
        has_time_ = true;
        return true;
      case At::source:
        if (key_ == "rate_hz") {
          if (!(value > 0) || value > 1e5) return wrong("rate_hz is not between 0 and 100000");
          rate_ = Hertz{value};
        }
        return true;
      case At::picture: return next_picture_side(value);
      default: return other_value("a number");
    }
  }
  [[nodiscard]] At list_of_source() const {
    return key_ == "picture_px" ? At::picture : key_ == "networks" ? At::networks : At::skip;
  }
  [[nodiscard]] std::vector<NetworkUsed>& networks() { return parsed_.builder.source().networks; }
  bool set_of_network(const std::string& value) {
    NetworkUsed& network = networks().back();
    if (key_ == "name") {
      if (value.empty() || value.size() > kMaxNetworkName)
        return wrong("a network's name is empty or too long");
      network.name = value;
    }
    if (key_ == "sha256") {
      if (value.size() != 64 || value.find_first_not_of("0123456789abcdef") != std::string::npos)
        return wrong("a network's sha256 is not 64 hexadecimal digits in lower case");
      network.sha256 = value;
    }
    return true;
  }
  bool next_picture_side(double value) {
    if (!(value >= 1 && value <= kMaxImagePx) || value != std::floor(value) || picture_count_ == 2) {
      return wrong("picture_px is not [width, height] in whole pixels");
    }
    picture_sides_[picture_count_++] = static_cast<int>(value);
    if (picture_count_ == 2) picture_ = PictureSize{picture_sides_[0], picture_sides_[1]};
    return true;
  }

  [[nodiscard]] bool is_frame_key() const {
    return key_ == "time_s" || key_ == "image_px" || key_ == "world_m" || key_ == "visibility";
  }
  bool first_of_its_key() {
    const unsigned bit = key_ == "image_px" ? 1U : key_ == "world_m" ? 2U : 4U;
    if ((seen_keys_ & bit) != 0) return wrong("'" + key_ + "' occurs twice");
    seen_keys_ |= bit;
    return true;
  }
  bool start_points() {
    points_ = {};
    point_count_ = 0;
    return push(At::points);
  }
  /// Counts a point before its content, so that a file of endless points stops at once.
  bool next_point() {
    if (point_count_ == engine::kLandmarkCount) {
      ++point_count_;
      return wrong("there are more than 33 points");
    }
    ++point_count_;
    return true;
  }
  bool set_point(const std::optional<Eigen::Vector3d>& value) {
    points_[point_count_ - 1] = value;
    return true;
  }
  bool end_point() {
    const bool flat = parsed_.bare && coordinate_count_ == 2;  // pixels without depth
    if (coordinate_count_ != 3 && !flat) {
      return wrong("point " + std::to_string(point_count_) + " has " + std::to_string(coordinate_count_) +
                   " coordinates; expected 3");
    }
    return set_point(Eigen::Vector3d{coordinates_[0], coordinates_[1], flat ? 0 : coordinates_[2]});
  }
  bool end_points() {
    if (parsed_.bare) {
      if (point_count_ == 0) return add_bare(std::nullopt);
      return point_count_ == engine::kLandmarkCount ? add_bare(points_) : wrong_count("points");
    }
    if (point_count_ != engine::kLandmarkCount) return wrong_count("points in '" + key_ + "'");
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      if (!points_[i]) continue;
      const Eigen::Vector3d& p = *points_[i];
      if (key_ == "image_px") {
        row_.image[i] = {p.x(), p.y(), p.z()};
        row_.has_image.set(i);
      } else {
        row_.world_m[i].v = p;
        row_.has_world.set(i);
      }
    }
    return true;
  }
  bool next_visibility(std::optional<double> value) {
    if (point_count_ == engine::kLandmarkCount) {
      ++point_count_;
      return wrong("there are more than 33 visibilities");
    }
    if (value) {
      row_.visibility[point_count_] = *value;
      row_.has_visibility.set(point_count_);
    }
    ++point_count_;
    return true;
  }
  bool add_bare(std::optional<Points> points) {
    if (parsed_.bare_frames.size() == kMaxLandmarkFrames) {
      return wrong("there are more than " + std::to_string(kMaxLandmarkFrames) + " frames",
                   ErrorCode::unsupported);
    }
    parsed_.bare_frames.push_back(std::move(points));
    ++frame_count_;
    return true;
  }
  bool end_frame() {
    if (!has_time_) return wrong("'time_s' is missing");
    if (auto added = parsed_.builder.add(row_, place()); !added) {
      error_ = added.error();
      return false;
    }
    ++frame_count_;
    return true;
  }

  Parsed parsed_;
  std::optional<Error> error_;
  std::vector<At> stack_;
  std::string key_;
  bool found_ = false;
  std::size_t frame_count_ = 0;

  LandmarkRow row_;
  bool has_time_ = false;
  unsigned seen_keys_ = 0;
  Points points_;
  std::size_t point_count_ = 0;
  std::array<double, 3> coordinates_{};
  std::size_t coordinate_count_ = 0;

  std::optional<Hertz> rate_;
  std::optional<PictureSize> picture_;
  std::array<int, 2> picture_sides_{};
  std::size_t picture_count_ = 0;
  std::size_t name_count_ = 0;
  bool world_from_image_ = false;
};

Result<void> run(std::string_view text, Handler& handler) {
  const bool ended = nlohmann::json::sax_parse(text.begin(), text.end(), &handler);
  if (handler.error()) return tl::unexpected(*handler.error());
  if (!ended) return bad_landmarks("this is not JSON", "export the file again");
  handler.finish();
  return {};
}

Result<LandmarkRecording> from_bare(const Parsed& parsed, const LandmarkReadOptions& options,
                                    std::optional<std::string_view> world_text) {
  const auto& frames = parsed.bare_frames;
  if (!world_text) return landmarks_from_bare(LandmarkFormat::json_points, frames, options);
  if (auto checked = check_bare_rate(options); !checked) return tl::unexpected(checked.error());
  Handler handler;
  if (auto done = run(*world_text, handler); !done) {
    Error error = done.error();
    error.cause = "in the world file: " + error.cause;
    return tl::unexpected(error);
  }
  const auto& world = handler.parsed().bare_frames;
  if (!handler.parsed().bare || world.size() != frames.size()) {
    return bad_landmarks("the world file has " + std::to_string(world.size()) +
                             " frames of bare arrays, the pixels " + std::to_string(frames.size()),
                         "give the two files of the same recording");
  }
  return landmarks_from_bare(LandmarkFormat::json_points, frames, options, &world);
}

}  // namespace

Result<LandmarkRecording> parse_landmark_json(std::string_view text, const LandmarkReadOptions& options,
                                              std::optional<std::string_view> world_text) {
  Handler handler;
  if (auto done = run(text, handler); !done) return tl::unexpected(done.error());
  Parsed& parsed = handler.parsed();
  if (parsed.bare) return from_bare(parsed, options, world_text);
  if (!handler.found_landmarks()) {
    return bad_landmarks(
        "the object has no member 'landmarks'",
        "write landmarks with the analysis (--landmarks), or see sensing/landmarks/landmark_json.h");
  }
  if (!parsed.builder.source().picture) parsed.builder.source().picture = options.picture;
  auto recording = std::move(parsed.builder).finish();
  if (recording && handler.world_from_image() && recording->source.has_world) {
    recording->source.world_from_image = true;
    recording->source.has_world = false;
  }
  return recording;
}

}  // namespace reprise::sensing
