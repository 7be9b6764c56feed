#include "storage/index/concat_cursor.h"

#include <algorithm>
#include <utility>

namespace gisa {
namespace {

class ConcatCursor : public PostingCursor {
 public:
  explicit ConcatCursor(std::vector<std::unique_ptr<PostingCursor>> parts) : parts_(std::move(parts)) {
    const auto is_empty = [](const auto& part) { return part->doc() == kEndDoc; };
    parts_.erase(std::remove_if(parts_.begin(), parts_.end(), is_empty), parts_.end());
    for (const auto& part : parts_) document_frequency_ += part->document_frequency();
    Settle();
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    parts_[part_]->Next();
    return Settle();
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    while (part_ < parts_.size() && parts_[part_]->Seek(target) == kEndDoc) ++part_;
    return Settle();
  }

  size_t Peek(absl::Span<DocId> docs) const override { return parts_[part_]->Peek(docs); }

  // Only the part that the cursor is in knows more than its documents' range.
  size_t Sift(absl::Span<DocId> docs) const override {
    if (part_ == parts_.size()) return 0;
    const bool is_last = part_ + 1 == parts_.size();
    auto* const end = is_last ? docs.end() : std::lower_bound(docs.begin(), docs.end(), parts_[part_ + 1]->doc());
    const size_t in_part = static_cast<size_t>(end - docs.begin());
    const size_t kept = parts_[part_]->Sift(docs.first(in_part));
    std::copy(end, docs.end(), docs.begin() + kept);
    return kept + docs.size() - in_part;
  }

  DensityBound BoundFrom(DocId target) override {
    size_t part = part_;
    while (part + 1 < parts_.size() && parts_[part + 1]->doc() <= target) ++part;
    DensityBound bound = parts_[part]->BoundFrom(target);
    if (part + 1 < parts_.size()) bound.end = std::min(bound.end, parts_[part + 1]->doc());
    return bound;
  }

  uint32_t freq() override { return parts_[part_]->freq(); }
  absl::Span<const Occurrence> Occurrences(uint32_t flags) override { return parts_[part_]->Occurrences(flags); }
  uint32_t NotedWeight() override { return parts_[part_]->NotedWeight(); }
  void NoteWeight(uint32_t weight) override { parts_[part_]->NoteWeight(weight); }
  uint64_t document_frequency() const override { return document_frequency_; }

 private:
  DocId Settle() {
    while (part_ < parts_.size() && parts_[part_]->doc() == kEndDoc) ++part_;
    return doc_ = part_ < parts_.size() ? parts_[part_]->doc() : kEndDoc;
  }

  std::vector<std::unique_ptr<PostingCursor>> parts_;
  size_t part_ = 0;
  uint64_t document_frequency_ = 0;
};

}  // namespace

std::unique_ptr<PostingCursor> NewConcatCursor(std::vector<std::unique_ptr<PostingCursor>> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return std::make_unique<ConcatCursor>(std::move(parts));
}

}  // namespace gisa
