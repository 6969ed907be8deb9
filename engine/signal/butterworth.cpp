// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/butterworth.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <string>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kButterworth = "Butterworth filter";
using Complex = std::complex<double>;

/// Poles of the prototype (cut-off 1 rad/s) with a positive imaginary part; a real one is left out.
std::vector<Complex> upper_prototype_poles(int order) {
  std::vector<Complex> poles;
  for (int k = 0; k < order / 2; ++k) {
    const double angle = kPi / 2 + kPi * (2 * k + 1) / (2 * order);
    poles.push_back(std::polar(1.0, angle));
  }
  return poles;
}

/// The digital denominator of an analogue pair of poles: z = (1 + s) / (1 - s).
SecondOrderSection section_with_poles(Complex p, Complex q) {
  const Complex a = (1.0 + p) / (1.0 - p);
  const Complex b = (1.0 + q) / (1.0 - q);
  SecondOrderSection section;
  section.a1 = -(a + b).real();
  section.a2 = (a * b).real();
  return section;
}

/// A real analogue pole gives a section of first order.
SecondOrderSection section_with_pole(double p) {
  SecondOrderSection section;
  section.a1 = -(1.0 + p) / (1.0 - p);
  return section;
}

Complex response(const SecondOrderSection& s, Complex z_inverse) {
  const Complex z2 = z_inverse * z_inverse;
  return (s.b0 + s.b1 * z_inverse + s.b2 * z2) / (1.0 + s.a1 * z_inverse + s.a2 * z2);
}

/// Scales the numerator so that the gain is 1 at the digital angular frequency `omega`.
void normalize(SecondOrderSection& section, double omega) {
  const double gain = std::abs(response(section, std::polar(1.0, -omega)));
  section.b0 /= gain;
  section.b1 /= gain;
  section.b2 /= gain;
}

Result<void> check_options(Hertz rate, const ButterworthOptions& options) {
  if (auto ok = detail::check_rate(rate, kButterworth); !ok) return ok;
  if (options.order < 1 || options.order > 10) {
    return fail(ErrorCode::invalid_argument, kButterworth, "order " + std::to_string(options.order),
                "choose an order from 1 to 10");
  }
  if (options.passes < 1) {
    return fail(ErrorCode::invalid_argument, kButterworth, std::to_string(options.passes) + " passes",
                "a filter runs at least once");
  }
  const auto inside = [&](Hertz f) { return f.value() > 0 && f.value() < rate.value() / 2; };
  const bool band = options.band == FilterBand::band_pass;
  if (!inside(options.cutoff) || (band && !inside(options.upper_cutoff))) {
    return fail(
        ErrorCode::invalid_argument, kButterworth,
        "a cut-off is not between 0 and half the sampling rate (" + std::to_string(rate.value() / 2) + " Hz)",
        "lower the cut-off, or record at a higher rate");
  }
  if (band && options.upper_cutoff <= options.cutoff) {
    return fail(ErrorCode::invalid_argument, kButterworth, "the upper cut-off is not above the lower one",
                "swap or widen the two cut-offs");
  }
  return {};
}

/// Runs one section over `signal` in place (transposed direct form II), settled on the first sample.
void run_settled(const SecondOrderSection& s, std::vector<double>& signal) {
  const double dc_gain = (s.b0 + s.b1 + s.b2) / (1 + s.a1 + s.a2);
  const double x0 = signal.front();
  double d2 = s.b2 * x0 - s.a2 * dc_gain * x0;
  double d1 = s.b1 * x0 - s.a1 * dc_gain * x0 + d2;
  for (double& v : signal) {
    const double x = v;
    v = s.b0 * x + d1;
    d1 = s.b1 * x - s.a1 * v + d2;
    d2 = s.b2 * x - s.a2 * v;
  }
}

}  // namespace

Result<std::vector<SecondOrderSection>> design_butterworth(Hertz sample_rate,
                                                           const ButterworthOptions& options) {
  if (auto ok = check_options(sample_rate, options); !ok) return tl::unexpected(ok.error());
  const auto warp = [&](Hertz f) { return std::tan(kPi * (f / sample_rate)); };
  const double low = warp(options.cutoff);
  const double correction = std::pow(std::pow(2.0, 1.0 / options.passes) - 1.0, 1.0 / (2.0 * options.order));
  const bool odd = options.order % 2 == 1;
  std::vector<SecondOrderSection> sections;

  if (options.band != FilterBand::band_pass) {
    const bool low_pass = options.band == FilterBand::low_pass;
    const double cutoff = low_pass ? low / correction : low * correction;
    for (const Complex q : upper_prototype_poles(options.order)) {
      const Complex p = low_pass ? cutoff * q : cutoff / q;
      sections.push_back(section_with_poles(p, std::conj(p)));
      sections.back().b1 = low_pass ? 2 : -2;
      sections.back().b2 = 1;
    }
    if (odd) {
      sections.push_back(section_with_pole(-cutoff));
      sections.back().b1 = low_pass ? 1 : -1;
    }
    for (auto& section : sections) normalize(section, low_pass ? 0 : kPi);
    return sections;
  }

  // A band-pass moves each prototype pole q to the two roots of s^2 - q width s + center^2.
  const double high = warp(options.upper_cutoff);
  const double half_width = (high - low) / correction / 2;
  const double center_squared = low * high;
  const auto root = [&](Complex q) {
    return std::sqrt(q * q * half_width * half_width - Complex(center_squared));
  };
  for (const Complex q : upper_prototype_poles(options.order)) {
    for (const double sign : {-1.0, 1.0}) {
      const Complex p = q * half_width + sign * root(q);
      sections.push_back(section_with_poles(p, std::conj(p)));
    }
  }
  if (odd) {
    const Complex q = -1.0;
    sections.push_back(section_with_poles(q * half_width - root(q), q * half_width + root(q)));
  }
  const double center_omega = 2 * std::atan(std::sqrt(center_squared));
  for (auto& section : sections) {
    section.b1 = 0;
    section.b2 = -1;
    normalize(section, center_omega);
  }
  return sections;
}

double gain_at(std::span<const SecondOrderSection> sections, Hertz frequency, Hertz sample_rate) {
  const Complex z_inverse = std::polar(1.0, -2 * kPi * (frequency / sample_rate));
  Complex h = 1;
  for (const auto& section : sections) h *= response(section, z_inverse);
  return std::abs(h);
}

CausalFilter::CausalFilter(std::vector<SecondOrderSection> sections)
    : sections_(std::move(sections)), state_(sections_.size()) {}

double CausalFilter::step(double sample) {
  if (!std::isfinite(sample)) return last_;
  if (!started_) {
    double x = sample;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const auto& s = sections_[i];
      const double y = x * (s.b0 + s.b1 + s.b2) / (1 + s.a1 + s.a2);
      state_[i][1] = s.b2 * x - s.a2 * y;
      state_[i][0] = s.b1 * x - s.a1 * y + state_[i][1];
      x = y;
    }
    started_ = true;
  }
  double x = sample;
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    const auto& s = sections_[i];
    const double y = s.b0 * x + state_[i][0];
    state_[i][0] = s.b1 * x - s.a1 * y + state_[i][1];
    state_[i][1] = s.b2 * x - s.a2 * y;
    x = y;
  }
  return last_ = x;
}

Result<std::vector<double>> butterworth_zero_phase(std::span<const double> samples, Hertz sample_rate,
                                                   ButterworthOptions options, bool correct_cutoff) {
  options.passes = correct_cutoff ? 2 : 1;
  const auto sections = design_butterworth(sample_rate, options);
  if (!sections) return tl::unexpected(sections.error());
  const std::size_t at_least = 2 * static_cast<std::size_t>(options.order) + 2;
  if (auto ok = detail::check_samples(samples, at_least, kButterworth); !ok)
    return tl::unexpected(ok.error());

  // Long enough for the filter to settle: three periods of the slowest cut-off, and never less than three
  // times the filter's length.
  const double settling_samples = 3 * (sample_rate / options.cutoff);
  const std::size_t wanted =
      std::max(3 * (2 * sections->size() + 1), static_cast<std::size_t>(std::min(settling_samples, 1e6)));
  const std::size_t pad = std::min(wanted, samples.size() - 1);
  std::vector<double> extended;
  extended.reserve(samples.size() + 2 * pad);
  for (std::size_t i = pad; i > 0; --i) extended.push_back(2 * samples.front() - samples[i]);
  extended.insert(extended.end(), samples.begin(), samples.end());
  for (std::size_t i = 1; i <= pad; ++i) {
    extended.push_back(2 * samples.back() - samples[samples.size() - 1 - i]);
  }
  for (int direction = 0; direction < 2; ++direction) {
    for (const auto& section : *sections) run_settled(section, extended);
    std::reverse(extended.begin(), extended.end());
  }
  const auto begin = extended.begin() + static_cast<std::ptrdiff_t>(pad);
  return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(samples.size()));
}

}  // namespace reprise::engine
