// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_functions.h"

#include "sensing/files/number_text.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

using Curve = engine::PiecewisePolynomial;

tl::unexpected<Error> unsupported_function(const XmlElement& element, const std::string& what) {
  return fail(ErrorCode::unsupported, "reading an OpenSim model",
              "the function " + shown(element.name) + " " + what,
              "replace it, for example by a SimmSpline or a PolynomialFunction of one coordinate");
}

Result<Curve> parse_curve(const XmlElement& element,
                          Result<Curve> (*make)(std::span<const double>, std::span<const double>)) {
  const auto x = numbers_of(element, "x");
  if (!x) return tl::unexpected(x.error());
  const auto y = numbers_of(element, "y");
  if (!y) return tl::unexpected(y.error());
  auto curve = make(*x, *y);
  if (curve) return curve;
  return fail(ErrorCode::corrupt, "reading an OpenSim model",
              "the function " + shown(element.name) + ": " + curve.error().cause,
              "give as many x as y, with x that rise");
}

Result<Curve> parse_polynomial(const XmlElement& element, std::string_view child, std::size_t most) {
  const auto coefficients = numbers_of(element, child);
  if (!coefficients) return tl::unexpected(coefficients.error());
  if (coefficients->empty() || coefficients->size() > most)
    return unsupported_function(element, "has " + std::to_string(coefficients->size()) +
                                             " coefficients; 1 to " + std::to_string(most) + " can be read");
  return Curve::polynomial(*coefficients);
}

}  // namespace

Result<Curve> parse_function(const XmlElement& element) {
  const std::string& kind = element.name;
  if (kind == "Constant") return parse_polynomial(element, "value", 1);
  if (kind == "LinearFunction") return parse_polynomial(element, "coefficients", 2);
  if (kind == "PolynomialFunction") return parse_polynomial(element, "coefficients", 16);
  if (kind == "PiecewiseLinearFunction") return parse_curve(element, &Curve::lines);
  if (kind == "SimmSpline" || kind == "NaturalCubicSpline" || kind == "natCubicSpline")
    return parse_curve(element, &Curve::cubic);
  if (kind == "GCVSpline") {
    const auto variance = number_or(element, "error_variance", 0);
    const auto half_order = number_or(element, "half_order", 3);
    if (!variance || !half_order || *variance > 0 || *half_order != 3)
      return unsupported_function(element, "smooths, or is not of half order 3");
    return parse_curve(element, &Curve::natural_quintic);
  }
  if (kind == "MultiplierFunction") {
    const auto scale = number_or(element, "scale", 1);
    if (!scale) return tl::unexpected(scale.error());
    const auto inner = parse_owned_function(element, "function");
    if (!inner) return inner;
    return inner->scaled(*scale);
  }
  return unsupported_function(element, "is not known");
}

Result<Curve> parse_owned_function(const XmlElement& owner, std::string_view wrapper) {
  if (const XmlElement* inside = owner.child(wrapper); inside != nullptr && !inside->children.empty())
    return parse_function(inside->children.front());
  for (const XmlElement& child : owner.children) {
    if (child.attribute("name") == wrapper) return parse_function(child);
  }
  return fail(ErrorCode::corrupt, "reading an OpenSim model",
              shown(owner.name) + " '" + shown(owner.attribute("name")) + "' has no " + std::string{wrapper},
              "complete the model");
}

}  // namespace reprise::sensing
