#include "storage/text/nfkc_casefold.h"

#include <cstdio>
#include <cstdlib>

namespace gisa {
namespace {

const icu::Normalizer2& Load() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) {
    // The data is linked in with ICU itself: the installation is broken, and no text could be read.
    std::fprintf(stderr, "ICU has no NFKC_Casefold data: %s\n", u_errorName(status));
    std::abort();
  }
  return *instance;
}

}  // namespace

const icu::Normalizer2& NfkcCasefold() {
  static const icu::Normalizer2& instance = Load();
  return instance;
}

}  // namespace gisa
