// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/signal_unit.h"

#include <algorithm>
#include <array>

#include "base/units.h"
#include "engine/signal/inertial.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

struct UnitRow {
  std::string_view ucum;
  std::string_view si;
  double factor;
  std::string_view spellings;  // between blanks, lower case
  std::string_view suffixes;  // at the end of a name after '_', so that "_m" of "gyro_m" is not taken for one
};

constexpr double kDegree = kPi / 180;

constexpr std::array kUnits = {
    UnitRow{"m/s2", "m/s2", 1, " m/s2 m/s^2 m/s**2 m/s² m/s/s m*s^-2 m.s-2 ms^-2 ms-2 mps2 meters/s^2 ",
            " mps2 ms2 "},
    UnitRow{"g", "m/s2", engine::kGravityMps2, " g [g] g's gs ", " g "},
    UnitRow{"mg", "m/s2", engine::kGravityMps2 / 1000, " mg ", " mg "},
    UnitRow{"deg/s", "rad/s", kDegree, " deg/s deg/sec °/s º/s dps degrees/s degrees/sec deg*s^-1 ",
            " dps degps "},
    UnitRow{"rad/s", "rad/s", 1, " rad/s rad/sec rps radians/s rad*s^-1 ", " radps rads "},
    UnitRow{"deg", "rad", kDegree, " deg ° º degree degrees ", " deg "},
    UnitRow{"rad", "rad", 1, " rad radian radians ", " rad "},
    UnitRow{"nV", "V", 1e-9, " nv ", ""},
    UnitRow{"uV", "V", 1e-6, " uv µv μv ", " uv "},
    UnitRow{"mV", "V", 1e-3, " mv millivolt millivolts ", " mv "},
    UnitRow{"V", "V", 1, " v volt volts ", " v "},
    UnitRow{"N", "N", 1, " n newton newtons ", " n "},
    UnitRow{"kN", "N", 1e3, " kn ", " kn "},
    // A column of a scale in kilograms gives the force of that mass's weight.
    UnitRow{"kgf", "N", engine::kGravityMps2, " kg kgf kp kilogram kilograms ", " kg kgf "},
    UnitRow{"N.m", "N.m", 1, " nm n.m n*m n-m newton-meter n·m ", " nm "},
    UnitRow{"N.mm", "N.m", 1e-3, " nmm n.mm n*mm n-mm ", " nmm "},
    UnitRow{"N.cm", "N.m", 1e-2, " ncm n.cm n*cm n-cm ", " ncm "},
    UnitRow{"m", "m", 1, " m meter meters ", " m "},
    UnitRow{"cm", "m", 1e-2, " cm ", " cm "},
    UnitRow{"mm", "m", 1e-3, " mm ", " mm "},
    UnitRow{"s", "s", 1, " s sec secs second seconds ", " s sec seconds "},
    UnitRow{"ms", "s", 1e-3, " ms msec milliseconds millisecond ", " ms msec "},
    UnitRow{"us", "s", 1e-6, " us µs μs usec microseconds ", " us "},
    UnitRow{"ns", "s", 1e-9, " ns nanoseconds ", " ns "},
    UnitRow{"uT", "T", 1e-6, " ut µt μt microtesla ", " ut "},
    UnitRow{"T", "T", 1, " t tesla ", ""},
    UnitRow{"G", "T", 1e-4, " gauss ga ", ""},
    UnitRow{"/min", "/s", 1.0 / 60, " /min bpm 1/min beats/min count/min rpm spm steps/min ", " bpm "},
    UnitRow{"m/s", "m/s", 1, " m/s mps ", " mps "},
    UnitRow{"km/h", "m/s", 1 / 3.6, " km/h kmh kph ", " kmh "},
    UnitRow{"Pa", "Pa", 1, " pa ", ""},
    UnitRow{"kPa", "Pa", 1e3, " kpa ", " kpa "},
    UnitRow{"N/cm2", "Pa", 1e4, " n/cm2 n/cm^2 n/cm**2 n/cm² ", ""},
    UnitRow{"uS", "S", 1e-6, " us_siemens µsiemens microsiemens ", ""},
    UnitRow{"%", "1", 0.01, " % percent ", " pct percent "},
    UnitRow{"1", "1", 1, " 1 ratio adu a.u. au count counts raw ", ""},
};

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool holds(std::string_view list, const std::string& word) {
  return !word.empty() && word.find(' ') == std::string::npos &&
         list.find(" " + word + " ") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> ucum_unit(std::string_view text) {
  const std::string word = lower(trimmed(text));
  if (trimmed(text) == "G") return std::string{"g"};  // sensors' files mean gravity, not gauss
  for (const UnitRow& row : kUnits) {
    if (holds(row.spellings, word)) return std::string{row.ucum};
  }
  return std::nullopt;
}

std::optional<SiUnit> si_unit(std::string_view ucum) {
  for (const UnitRow& row : kUnits) {
    if (row.ucum == ucum) return SiUnit{std::string{row.si}, row.factor};
  }
  return std::nullopt;
}

NameAndUnit split_unit(std::string_view column_name) {
  const std::string_view name = trimmed(column_name);
  if (!name.empty() && (name.back() == ']' || name.back() == ')')) {
    const std::size_t open = name.rfind(name.back() == ']' ? '[' : '(');
    if (open != std::string_view::npos) {
      const auto unit = ucum_unit(name.substr(open + 1, name.size() - open - 2));
      if (unit) return {std::string{trimmed(name.substr(0, open))}, *unit};
    }
  }
  const std::size_t underscore = name.rfind('_');
  if (underscore != std::string_view::npos && underscore > 0) {
    const std::string suffix = lower(name.substr(underscore + 1));
    for (const UnitRow& row : kUnits) {
      if (holds(row.suffixes, suffix))
        return {std::string{name.substr(0, underscore)}, std::string{row.ucum}};
    }
  }
  return {std::string{name}, {}};
}

}  // namespace reprise::sensing
