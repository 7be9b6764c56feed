#include "storage/index/term_density.h"

#include <algorithm>
#include <cmath>

namespace gisa {
namespace {

constexpr uint8_t kUnknownCode = UINT8_MAX;
// Codes double with each so many steps, from this density on.
constexpr int kSteps = 32;
constexpr double kLeastDensity = 1.0 / 512;

}  // namespace

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
