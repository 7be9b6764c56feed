#ifndef GISA_TESTS_STORAGE_INDEX_SEGMENT_TESTING_H_
#define GISA_TESTS_STORAGE_INDEX_SEGMENT_TESTING_H_

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "storage/index/memory_segment.h"
#include "tests/storage/index/posting_testing.h"

namespace gisa {

// Terms, in index form, with their postings.
using ModelIndex = std::map<std::string, ModelPostings>;

// Part number `part` of `parts` that follow each other.
inline ModelPostings Slice(const ModelPostings& model, size_t part, size_t parts) {
  const auto at = [&](size_t i) { return model.begin() + static_cast<std::ptrdiff_t>(model.size() * i / parts); };
  return ModelPostings(at(part), at(part + 1));
}

// Turns the index over: what each document holds.
inline std::map<DocId, AnalyzedDocument> DocumentsOf(const ModelIndex& index) {
  std::map<DocId, AnalyzedDocument> documents;
  for (const auto& [term, postings] : index) {
    for (const ModelPosting& posting : postings) {
      for (const Occurrence occurrence : posting.occurrences) documents[posting.doc].Add(term, occurrence);
    }
  }
  for (auto& [doc, document] : documents) {
    std::stable_sort(document.places.begin(), document.places.end(),
                     [](const auto& a, const auto& b) { return PositionOf(a.occurrence) < PositionOf(b.occurrence); });
  }
  return documents;
}

// Adds the documents in batches of 1, 2, 3, … up to 40, and again from 1.
inline std::unique_ptr<MemorySegment> SegmentOf(const ModelIndex& index) {
  auto segment = std::make_unique<MemorySegment>();
  const std::map<DocId, AnalyzedDocument> documents = DocumentsOf(index);
  std::vector<MemorySegment::Addition> batch;
  size_t batch_size = 1;
  for (const auto& [doc, document] : documents) {
    batch.push_back({doc, &document});
    if (batch.size() < batch_size) continue;
    segment->Add(batch);
    batch.clear();
    batch_size = batch_size % 40 + 1;
  }
  if (!batch.empty()) segment->Add(batch);
  return segment;
}

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_INDEX_SEGMENT_TESTING_H_
