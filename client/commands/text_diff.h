#ifndef GISA_CLIENT_COMMANDS_TEXT_DIFF_H_
#define GISA_CLIENT_COMMANDS_TEXT_DIFF_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace gisa {

// What became of a sentence from the left text to the right.
enum class Change { kSame, kReplaced, kOnlyLeft, kOnlyRight };

struct DiffRow {
  Change change = Change::kSame;
  std::string left;
  std::string right;
};

// Cuts a text into sentences: at line ends, and after a full stop, question or exclamation mark that white space
// follows. White space around them is left out, and what is empty then.
std::vector<absl::string_view> SplitSentences(absl::string_view text);

// Aligns two texts, sentence by sentence: a longest common subsequence (R. Wagner and M. Fischer, 1974) stays, and what
// stands between is replaced as far as both sides have something. Texts that differ in too many sentences, about two
// thousand on either side, are replaced whole.
std::vector<DiffRow> DiffTexts(absl::string_view left, absl::string_view right);

// Lays rows out in two columns within `width` columns of a terminal, the change between them: nothing, | < or >.
// Sentences are wrapped, at spaces where possible.
std::string SideBySide(const std::vector<DiffRow>& rows, size_t width);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_TEXT_DIFF_H_
