// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/channel_meaning.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/nearest_names.h"
#include "base/text.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

using Words = std::vector<std::string>;

struct QuantityRow {
  SignalQuantity quantity;
  std::string_view identifier;
  std::string_view words;  // between blanks; a word may stand directly before an axis: "accx"
  std::string_view units;  // that only this quantity has
};

constexpr std::array kQuantities = {
    QuantityRow{SignalQuantity::linear_acceleration, "linear_acceleration",
                " useracceleration useracc linacc linearacceleration lacc ", ""},
    QuantityRow{SignalQuantity::acceleration, "acceleration",
                " acc accel accelerometer acceleration accelerations a ", " m/s2 g mg "},
    QuantityRow{SignalQuantity::angular_velocity, "angular_velocity",
                " gyr gyro gyroscope gyroscopes angularvelocity angvel rotationrate omega w g ",
                " deg/s rad/s "},
    QuantityRow{SignalQuantity::magnetic_field, "magnetic_field", " mag magn magnetometer magneticfield ",
                " uT T G "},
    QuantityRow{SignalQuantity::center_of_pressure, "center_of_pressure", " cop centerofpressure ", ""},
    QuantityRow{SignalQuantity::moment, "moment", " m moment torque ", " N.m N.mm "},
    QuantityRow{SignalQuantity::force, "force", " f force grf ", " N kN "},
    QuantityRow{SignalQuantity::pressure, "pressure", " pressure press baro bar barometer ", " Pa kPa "},
    QuantityRow{SignalQuantity::ecg, "ecg",
                " ecg ekg mlii mli mliii v1 v2 v3 v4 v5 v6 avr avl avf lead ii iii ", ""},
    QuantityRow{SignalQuantity::emg, "emg", " emg semg ", ""},
    QuantityRow{SignalQuantity::ppg, "ppg", " ppg pleth plethysmogram bvp pulsewave ", ""},
    QuantityRow{SignalQuantity::electrodermal, "electrodermal", " eda gsr scl electrodermal ", " uS "},
    QuantityRow{SignalQuantity::respiration, "respiration", " resp respiration breathing rip ", ""},
    QuantityRow{SignalQuantity::heart_rate, "heart_rate", " hr heartrate pulserate bpm heart ", ""},
    QuantityRow{SignalQuantity::rr_interval, "rr_interval", " rr rri ibi nn rrinterval rrintervals ", ""},
    QuantityRow{SignalQuantity::position, "position", " pos position ", ""},
    QuantityRow{SignalQuantity::angle, "angle", " angle angles roll pitch yaw ", " deg rad "},
    QuantityRow{SignalQuantity::speed, "speed", " speed velocity ", " m/s km/h "},
    QuantityRow{SignalQuantity::cadence, "cadence", " cadence cad ", ""},
    QuantityRow{SignalQuantity::temperature, "temperature", " temp temperature ", ""},
};

struct AxisRow {
  SignalAxis axis;
  std::string_view identifier;
  std::string_view words;
};

constexpr std::array kAxes = {
    AxisRow{SignalAxis::x, "x", " x "},
    AxisRow{SignalAxis::y, "y", " y "},
    AxisRow{SignalAxis::z, "z", " z "},
    AxisRow{SignalAxis::anteroposterior, "ap", " ap pa anteroposterior antpost "},
    AxisRow{SignalAxis::mediolateral, "ml", " ml lr mediolateral medlat "},
    AxisRow{SignalAxis::vertical, "v", " v si is vt vert vertical "},
};

struct PlaceRow {
  std::string_view place;
  bool sided;
  std::string_view words;
};

constexpr std::array kPlaces = {
    PlaceRow{"foot", true, " foot feet shoe insole instep toe heel "},
    PlaceRow{"ankle", true, " ankle "},
    PlaceRow{"shank", true, " shank tibia calf shin lowerleg "},
    PlaceRow{"thigh", true, " thigh femur upperleg "},
    PlaceRow{"knee", true, " knee "},
    PlaceRow{"hip", true, " hip "},
    PlaceRow{"wrist", true, " wrist watch "},
    PlaceRow{"hand", true, " hand "},
    PlaceRow{"forearm", true, " forearm lowerarm "},
    PlaceRow{"upper_arm", true, " upperarm arm "},
    PlaceRow{"lower_back", false,
             " lowerback lumbar l3 l4 l5 back pelvis sacrum waist belt trunk lumbarspine "},
    PlaceRow{"chest", false, " chest sternum torso thorax "},
    PlaceRow{"head", false, " head forehead ear "},
    PlaceRow{"pocket", false, " pocket "},
};

bool listed(std::string_view list, std::string_view word) {
  return !word.empty() && list.find(" " + std::string{word} + " ") != std::string_view::npos;
}

/// "LowerBack_accX" to "lower", "back", "acc", "x".
Words words_of(std::string_view name) {
  Words words;
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < name.size() && i < 200; ++i) {
    const char c = name[i];
    if (!is_lower(c) && !is_upper(c) && !is_digit(c)) continue;
    const char before = i > 0 ? name[i - 1] : ' ';
    const bool begins = words.empty() || !(is_lower(before) || is_upper(before) || is_digit(before)) ||
                        (is_upper(c) && is_lower(before));
    if (begins) words.emplace_back();
    words.back() += lower_case(c);
  }
  return words;
}

SignalAxis axis_of(std::string_view word) {
  for (const AxisRow& row : kAxes) {
    if (listed(row.words, word)) return row.axis;
  }
  return SignalAxis::none;
}

/// One-letter words ("a", "m", "f", "g", "w") mean a quantity directly before an axis only.
SignalQuantity quantity_of(std::string_view word, bool before_axis) {
  if (word.size() == 1 && !before_axis) return SignalQuantity::unknown;
  for (const QuantityRow& row : kQuantities) {
    if (listed(row.words, word)) return row.quantity;
  }
  return SignalQuantity::unknown;
}

/// "emg12" is the twelfth "emg"; "l3" and "v1" are names of their own.
std::string without_number(const std::string& word) {
  const std::size_t last = word.find_last_not_of("0123456789");
  return last == std::string::npos || last == 0 || quantity_of(word, false) != SignalQuantity::unknown
             ? word
             : word.substr(0, last + 1);
}

ChannelMeaning from_words(const Words& words) {
  ChannelMeaning meaning;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = without_number(words[i]);
    const SignalAxis next = i + 1 < words.size() ? axis_of(words[i + 1]) : SignalAxis::none;
    if (i + 1 < words.size() && meaning.quantity == SignalQuantity::unknown)
      meaning.quantity = quantity_of(word + words[i + 1], false);
    if (meaning.quantity == SignalQuantity::unknown)
      meaning.quantity = quantity_of(word, next != SignalAxis::none);
    const SignalAxis axis = axis_of(word);
    if (axis != SignalAxis::none && (word != "v" || i > 0)) meaning.axis = axis;
    for (const std::size_t length : {std::size_t{1}, std::size_t{2}}) {  // "accx", "copml"
      if (word.size() <= length || meaning.axis != SignalAxis::none) continue;
      const SignalAxis end = axis_of(std::string_view{word}.substr(word.size() - length));
      const auto start = quantity_of(std::string_view{word}.substr(0, word.size() - length), true);
      if (end == SignalAxis::none || start == SignalQuantity::unknown) continue;
      meaning.axis = end;
      if (meaning.quantity == SignalQuantity::unknown) meaning.quantity = start;
    }
  }
  return meaning;
}

SignalQuantity from_unit(std::string_view unit) {
  for (const QuantityRow& row : kQuantities) {
    if (listed(row.units, unit)) return row.quantity;
  }
  return SignalQuantity::unknown;
}

/// A unit that only one quantity has outweighs a short name: "Mx" in uT is no moment.
void weigh_unit(ChannelMeaning& meaning, std::string_view unit) {
  const SignalQuantity by_unit = from_unit(unit);
  const bool linear =
      meaning.quantity == SignalQuantity::linear_acceleration && by_unit == SignalQuantity::acceleration;
  if (by_unit != SignalQuantity::unknown && !linear) meaning.quantity = by_unit;
}

ChannelMeaning guess_meaning(const SignalChannel& channel, const std::string& group_name) {
  ChannelMeaning meaning = from_words(words_of(channel.name));
  weigh_unit(meaning, channel.unit);
  for (const std::string* name : {&channel.sensor, &channel.name, &group_name}) {
    std::string place = guess_place(*name);
    if (meaning.place.empty() || (place.size() > meaning.place.size() && place.starts_with(meaning.place)))
      meaning.place = std::move(place);
  }
  return meaning;
}

void correct(ChannelMeaning& meaning, const ChannelMeaning& said) {
  if (said.quantity != SignalQuantity::unknown) meaning.quantity = said.quantity, meaning.axis = said.axis;
  if (!said.place.empty()) meaning.place = said.place;
  meaning.guessed = false;
}

}  // namespace

std::string_view to_string(SignalQuantity quantity) {
  for (const QuantityRow& row : kQuantities) {
    if (row.quantity == quantity) return row.identifier;
  }
  return "unknown";
}

std::optional<std::size_t> axis_index(SignalAxis axis) {
  switch (axis) {
    case SignalAxis::x:
    case SignalAxis::vertical: return 0;
    case SignalAxis::y:
    case SignalAxis::mediolateral: return 1;
    case SignalAxis::z:
    case SignalAxis::anteroposterior: return 2;
    case SignalAxis::none: break;
  }
  return std::nullopt;
}

std::string to_text(const ChannelMeaning& meaning) {
  std::string text = meaning.place.empty() ? "" : meaning.place + ".";
  text += to_string(meaning.quantity);
  for (const AxisRow& row : kAxes) {
    if (row.axis == meaning.axis) text += "_" + std::string{row.identifier};
  }
  return text;
}

std::optional<ChannelMeaning> parse_meaning(std::string_view text) {
  ChannelMeaning meaning;
  meaning.guessed = false;
  std::string_view quantity = trimmed(text);
  if (const std::size_t dot = quantity.find('.'); dot != std::string_view::npos) {
    meaning.place = std::string{quantity.substr(0, dot)};
    quantity.remove_prefix(dot + 1);
    if (guess_place(meaning.place) != meaning.place) return std::nullopt;
  }
  for (const QuantityRow& row : kQuantities) {
    if (!quantity.starts_with(row.identifier)) continue;
    const std::string_view rest = quantity.substr(row.identifier.size());
    if (!rest.empty() && !rest.starts_with('_')) continue;
    meaning.quantity = row.quantity;
    if (rest.empty()) return meaning;
    for (const AxisRow& axis : kAxes) {
      if (rest.substr(1) == axis.identifier) meaning.axis = axis.axis;
    }
    if (meaning.axis != SignalAxis::none) return meaning;
  }
  if (!meaning.place.empty()) return std::nullopt;
  meaning.place = guess_place(quantity);
  if (meaning.place.empty() || meaning.place != quantity) return std::nullopt;
  meaning.quantity = SignalQuantity::unknown;
  return meaning;
}

std::string guess_place(std::string_view name) {
  const Words words = words_of(name);
  std::string side;
  const PlaceRow* place = nullptr;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "left" || word == "right") side = word;
    if (side.empty() && (word == "l" || word == "lt" || word == "lf")) side = "left";
    if (side.empty() && (word == "r" || word == "rt" || word == "rf")) side = "right";
    const std::string both = i + 1 < words.size() ? word + words[i + 1] : std::string{};
    for (const PlaceRow& row : kPlaces) {
      if (place == nullptr && listed(row.words, both)) place = &row;
    }
    for (const PlaceRow& row : kPlaces) {
      const bool glued = word.size() > 4 && (word.starts_with("left") || word.starts_with("right")) &&
                         listed(row.words, std::string_view{word}.substr(word[0] == 'l' ? 4 : 5));
      if (glued) side = word[0] == 'l' ? "left" : "right";
      if (place == nullptr && (glued || listed(row.words, word))) place = &row;
    }
  }
  if (place == nullptr) return side == "left" || side == "right" ? side : std::string{};
  if (!place->sided || side.empty()) return std::string{place->place};
  return side + "_" + std::string{place->place};
}

Result<std::vector<std::vector<ChannelMeaning>>> channel_meanings(const SignalRecording& recording,
                                                                  const MeaningOptions& options) {
  constexpr const char* kStage = "assigning meanings to channels";
  std::vector<std::string> names;
  for (const auto& group : recording.groups) {
    names.push_back(group.name);
    for (const auto& channel : group.channels) {
      names.push_back(channel.name);
      names.push_back(channel.sensor);
    }
  }
  std::map<std::string, ChannelMeaning> said;
  for (const auto& [name, text] : options.said) {
    const auto meaning = parse_meaning(text);
    if (!meaning) {
      return fail(ErrorCode::invalid_argument, kStage, "'" + shown(text) + "' is no meaning of a channel",
                  "write for example acceleration_x, left_foot.acceleration_x, left_foot, ecg or emg");
    }
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return fail(ErrorCode::invalid_argument, kStage, "there is no channel or sensor '" + shown(name) + "'",
                  "check the names in the file. " + did_you_mean(name, names));
    }
    said.emplace(name, *meaning);
  }
  std::vector<std::vector<ChannelMeaning>> meanings;
  for (const auto& group : recording.groups) {
    auto& of_group = meanings.emplace_back();
    for (const auto& channel : group.channels) {
      ChannelMeaning meaning = guess_meaning(channel, group.name);
      if (!channel.meaning.empty()) {
        const auto described = parse_meaning(channel.meaning);
        if (!described) {
          return fail(ErrorCode::invalid_argument, kStage,
                      "the description says '" + shown(channel.meaning) + "', which is no meaning",
                      "write for example acceleration_x, ecg or emg");
        }
        correct(meaning, *described);
      }
      for (const std::string* name : {&group.name, &channel.sensor, &channel.name}) {
        if (const auto at = said.find(*name); at != said.end()) correct(meaning, at->second);
      }
      of_group.push_back(std::move(meaning));
    }
  }
  return meanings;
}

}  // namespace reprise::sensing
