// Any bytes as a query, by ALL and by ANY, with and without a filter: an error, or a tree within the limits in which
// every group has something to look for.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "storage/base/errors.h"
#include "storage/index/highlighter.h"
#include "storage/index/query_parser.h"
#include "tests/fuzz/fuzz_check.h"

namespace gisa {
namespace {

size_t CheckNode(const QueryNode& node, bool may_be_open) {
  using Kind = QueryNode::Kind;
  if (node.kind == Kind::kWord) {
    FUZZ_CHECK(node.children.empty() && !node.text.empty());
    FUZZ_CHECK(node.terms.empty() == IsNameField(node.field));
    for (size_t i = 0; i < node.terms.size(); ++i) {
      FUZZ_CHECK(node.terms[i].term.size() > 1);
      FUZZ_CHECK(i == 0 ? node.terms[i].offset == 0 : node.terms[i].offset > node.terms[i - 1].offset);
    }
    return 1;
  }
  FUZZ_CHECK(node.kind == Kind::kNot ? node.children.size() == 1 : may_be_open || !node.children.empty());
  size_t words = 0;
  bool has_wanted = false;
  for (const QueryNode& child : node.children) {
    FUZZ_CHECK(child.kind != Kind::kNot || node.kind == Kind::kAnd);
    has_wanted = has_wanted || child.kind != Kind::kNot;
    words += CheckNode(child, /*may_be_open=*/false);
  }
  FUZZ_CHECK(may_be_open || has_wanted);
  return words;
}

}  // namespace
}  // namespace gisa

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  for (const gisa::SearchMatch match : {gisa::SearchMatch::kAll, gisa::SearchMatch::kAny}) {
    for (const bool may_be_open : {false, true}) {
      const absl::StatusOr<gisa::QueryNode> query = gisa::ParseQuery(text, match, may_be_open);
      if (!query.ok()) {
        FUZZ_CHECK(query.status().code() == absl::StatusCode::kInvalidArgument);
        FUZZ_CHECK(gisa::ErrorReason(query.status()) == "INVALID_REQUEST");
        continue;
      }
      FUZZ_CHECK(query->kind == gisa::QueryNode::Kind::kAnd);
      FUZZ_CHECK(gisa::CheckNode(*query, may_be_open) <= gisa::kMaxQueryWords);
      gisa::Highlighter(*query).FindInTitle("대전 시장, 달빛 축제와 Samsung 2024 😀");
    }
  }
  return 0;
}
