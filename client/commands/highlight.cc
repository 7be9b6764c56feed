#include "client/commands/highlight.h"

#include "absl/strings/str_cat.h"
#include "client/commands/display_text.h"

namespace gisa {

std::string Highlighted(absl::string_view text, const google::protobuf::RepeatedPtrField<v1::TextRange>& ranges,
                        const Console& console) {
  std::string result;
  size_t end = 0;
  for (const v1::TextRange& range : ranges) {
    if (range.begin() < end || range.end() <= range.begin() || range.end() > text.size()) continue;
    const std::string hit = OneLine(text.substr(range.begin(), range.end() - range.begin()));
    absl::StrAppend(&result, OneLine(text.substr(end, range.begin() - end)),
                    console.out_has_color() ? console.Styled(Style::kHighlight, hit) : absl::StrCat("[", hit, "]"));
    end = range.end();
  }
  absl::StrAppend(&result, OneLine(text.substr(end)));
  return result;
}

}  // namespace gisa
