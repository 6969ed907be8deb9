// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/muscle/emg_quality.h"
#include "engine/signal/butterworth.h"

namespace reprise::engine {

enum class MainsRemoval : std::uint8_t { automatic, off, at_50_hz, at_60_hz };

struct EmgFilterOptions {
  Hertz low{20};    ///< lower edge of the band. Unsourced default (visual3d's example: 20 to 500 Hz)
  Hertz high{450};  ///< upper edge; lowered to 0.45 of the rate if that is less. Unsourced default
  MainsRemoval mains = MainsRemoval::automatic;
  /// Raises the lower edge to 30 Hz, which removes most of the heart's signal from trunk muscles: of 23 ways
  /// Drake & Callaghan 2006 (abstract) found a Butterworth high-pass of fourth order at 30 Hz the best
  /// balance. It takes the EMG below 30 Hz away too, so medians of the frequency are not comparable.
  bool remove_ecg = false;
};

struct FilteredEmg {
  std::vector<double> samples;    ///< as many as given, in their unit, not delayed
  Hertz low{20}, high{450};       ///< the band that was used
  std::optional<MainsHum> mains;  ///< the hum that was removed; empty if none was
  double mains_rms = 0;           ///< of the hum that was removed, unit of the samples
};

/// Conditions a raw recording: mean and mains hum removed, then zero-phase Butterworth high-pass and
/// low-pass, each of fourth order. Hum: sinusoids at the measured fundamental's harmonics that stand out
/// (forced to 50 or 60 Hz: all harmonics in the band) are fitted by least squares in windows of 0.25 s that
/// overlap by half (Hann weights), and subtracted. Loud samples weigh less, so that a burst does not change
/// the fit. Short windows follow hum that drifts or swells, at the price of 4 Hz of the muscle's signal
/// around each harmonic. There are no edges that ring as after a notch, so hum alone leaves no burst; hum
/// that starts or stops at once does. Our own design, no source. Errors: unsupported (rate below 500 Hz),
/// invalid_argument (not finite, band), nothing_measured (short).
[[nodiscard]] Result<FilteredEmg> filter_emg(std::span<const double> samples, Hertz rate,
                                             const EmgFilterOptions& options = {});

/// The same band live, sample by sample: causal filters, so delayed by some milliseconds. Hum is removed by
/// notches 2 Hz wide (unsourced default) at 50 or 60 Hz and the harmonics in the band. `automatic` compares
/// the power at 50 and 60 Hz with that 4 and 7 Hz beside, each second, and switches the notches on after two
/// seconds in a row that stand out twentyfold; it never switches them off.
class EmgFilter {
 public:
  /// Errors: as `filter_emg`.
  [[nodiscard]] static Result<EmgFilter> create(Hertz rate, const EmgFilterOptions& options = {});

  /// The next filtered sample. A sample that is not finite is ignored: the last output is repeated.
  double step(double sample);

  /// The mains frequency that is being removed; empty if none is.
  [[nodiscard]] std::optional<Hertz> mains() const { return mains_; }

 private:
  /// Goertzel's recursion at one frequency.
  struct Tone {
    double coefficient = 0;
    double before = 0, last = 0;
  };
  static constexpr std::size_t kTonesPerCandidate = 5;

  EmgFilter(Hertz rate, Hertz high, CausalFilter band);
  void start_notches(Hertz mains);
  void watch_mains(double sample);
  void judge_mains();

  Hertz rate_;
  Hertz high_;
  CausalFilter band_;
  std::optional<CausalFilter> notches_;
  std::optional<Hertz> mains_;
  bool watching_ = false;
  std::array<std::array<Tone, kTonesPerCandidate>, 2> tones_{};
  std::array<int, 2> seconds_in_a_row_{};
  std::size_t watched_ = 0;
  std::size_t second_ = 0;
};

}  // namespace reprise::engine
