#ifndef GISA_TESTS_BENCH_NEARDUP_EDITED_COPIES_H_
#define GISA_TESTS_BENCH_NEARDUP_EDITED_COPIES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace gisa {

// What was done to an article to make a copy of it.
enum class Edit {
  kNone,       // the original
  kByline,     // another reporter, publisher and copyright line around the same text
  kHeadline,   // another first line
  kDeletion,   // sentences left out
  kInsertion,  // sentences of other articles put in
  kReorder,    // sentences in another place
  kTypos,      // letters replaced
  kExcerpt,    // a few neighbouring sentences alone: contained in the original
  kQuote,      // the whole within other articles: contains the original
};
absl::string_view EditName(Edit edit);

struct EditedCopy {
  size_t original = 0;  // which article it was made of
  Edit edit = Edit::kNone;
  std::string body;
};

// Makes the originals and copies of them: of each article one by each edit, of a strength drawn at random: from a
// hundredth to a half of its sentences (of its letters up to a tenth). The same for the same bodies and seed.
std::vector<EditedCopy> MakeEditedCopies(const std::vector<std::string>& bodies, uint64_t seed);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_EDITED_COPIES_H_
