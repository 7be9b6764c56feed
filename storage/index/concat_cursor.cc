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

  DocId bits_end() const override {
    if (part_ == parts_.size()) return kNoDoc;
    return std::min(parts_[part_]->bits_end(), EndOf(part_));
  }

  void SiftBits(DocId begin, absl::Span<uint64_t> bits) const override {
    if (begin + bits.size() * 64 <= bits_end()) parts_[part_]->SiftBits(begin, bits);
  }

  DensityBound BoundFrom(DocId target) override {
    size_t part = part_;
    while (part + 1 < parts_.size() && parts_[part + 1]->doc() <= target) ++part;
    DensityBound bound = parts_[part]->BoundFrom(target);
    bound.end = std::min(bound.end, EndOf(part));
    return bound;
  }

  uint32_t freq() override { return parts_[part_]->freq(); }
  absl::Span<const Occurrence> Occurrences(uint32_t flags) override { return parts_[part_]->Occurrences(flags); }
  std::optional<StoredList> list() const override {
    std::optional<StoredList> list = parts_[part_]->list();
    if (list.has_value()) list->end = std::min(list->end, EndOf(part_));
    return list;
  }
  uint32_t rank() const override { return parts_[part_]->rank(); }
  size_t FindAll(absl::Span<const DocId> docs, absl::Span<ListPlace> places) const override {
    return parts_[part_]->FindAll(docs, places);
  }
  uint64_t document_frequency() const override { return document_frequency_; }

 private:
  // Where the next part begins.
  DocId EndOf(size_t part) const { return part + 1 < parts_.size() ? parts_[part + 1]->doc() : kEndDoc; }

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
