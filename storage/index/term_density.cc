#include "storage/index/term_density.h"

#include <algorithm>
#include <cmath>

#include "storage/index/occurrence_weight.h"

namespace gisa {
namespace {

constexpr uint8_t kUnknownCode = UINT8_MAX;
// Codes double with each so many steps, from this density on.
constexpr int kSteps = 32;
constexpr double kLeastDensity = 1.0 / 512;

}  // namespace

TermDensity DensityOf(absl::Span<const Occurrence> occurrences, uint32_t title_length, uint32_t length) {
  double word = 0;
  double part = 0;
  for (const Occurrence occurrence : occurrences) {
    const uint32_t position = PositionOf(occurrence);
    word += WeightAt(position, title_length) * FactorOf(occurrence);
    // A word may stand in the lead of which a part is behind it. None goes from the title to the body.
    const bool is_behind_title = position >= title_length + kMaxPartOffset;
    part += kWholeFactor * WeightAt(is_behind_title ? position - kMaxPartOffset : position, title_length);
  }
  const double total_length = static_cast<double>(length) + kDensityLength;
  return {word / total_length, part / total_length};
}

uint8_t CodeOfDensity(double density) {
  double steps = density / kLeastDensity * kSteps;
  int doublings = 0;
  for (; steps > 2 * kSteps && doublings < kUnknownCode / kSteps; ++doublings) steps /= 2;
  if (steps > 2 * kSteps) return kUnknownCode;
  const int code = doublings * kSteps + std::max(static_cast<int>(std::ceil(steps)) - kSteps, 0);
  return static_cast<uint8_t>(std::min<int>(code, kUnknownCode));
}

double DensityOfCode(uint8_t code) {
  if (code == kUnknownCode) return TermDensity::kUnknown;
  return std::ldexp(kSteps + code % kSteps, code / kSteps) / kSteps * kLeastDensity;
}

}  // namespace gisa
