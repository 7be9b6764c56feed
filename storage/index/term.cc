#include "storage/index/term.h"

#include "storage/base/sha256.h"

namespace gisa {
namespace {

constexpr size_t kKeptBytes = 32;
constexpr size_t kDigestDigits = 32;
constexpr char kDigestMark = '\xff';

}  // namespace

void AppendTerm(Field field, absl::string_view term, std::string* out) {
  out->push_back(static_cast<char>(field));
  if (term.size() <= kMaxTermBytes) {
    out->append(term.data(), term.size());
    return;
  }
  out->append(term.data(), kKeptBytes);
  out->push_back(kDigestMark);
  out->append(ToHex(Sha256(term)), 0, kDigestDigits);
}

}  // namespace gisa
