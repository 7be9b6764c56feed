#ifndef GISA_STORAGE_TEXT_NFKC_CASEFOLD_H_
#define GISA_STORAGE_TEXT_NFKC_CASEFOLD_H_

#include <unicode/normalizer2.h>

namespace gisa {

// ICU's NFKC_Casefold (Unicode, section 5.18 and UAX #44): compatibility forms, case and default-ignorable code points
// are folded away. Thread-safe.
const icu::Normalizer2& NfkcCasefold();

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_NFKC_CASEFOLD_H_
