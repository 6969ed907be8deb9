// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/signal/piecewise_polynomial.h"
#include "sensing/files/xml_tree.h"

namespace reprise::sensing {

/// A function of OpenSim: Constant, LinearFunction, PolynomialFunction, PiecewiseLinearFunction, SimmSpline
/// (and its older names NaturalCubicSpline, natCubicSpline), GCVSpline without smoothing of degree five, and
/// MultiplierFunction of these. Errors: corrupt, unsupported (another function, or of more than one
/// coordinate; the cause names it).
[[nodiscard]] Result<engine::PiecewisePolynomial> parse_function(const XmlElement& element);

/// The function of an element that owns one: inside of `function` (or another name, `wrapper`), or directly
/// as a child of that name attribute. Errors: those, and corrupt (there is none).
[[nodiscard]] Result<engine::PiecewisePolynomial> parse_owned_function(const XmlElement& owner,
                                                                       std::string_view wrapper);

}  // namespace reprise::sensing
