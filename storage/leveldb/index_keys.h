#ifndef GISA_STORAGE_LEVELDB_INDEX_KEYS_H_
#define GISA_STORAGE_LEVELDB_INDEX_KEYS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "leveldb/slice.h"
#include "storage/index/document.h"

namespace gisa {

// Names a segment on disk: the postings of a range of documents. Never given again while anything of it is stored.
using SegmentId = uint32_t;

// The keys of the index. Nobody else builds one. Values: FORMAT.md.
//
//   space              key                                      value
//   in a segment's file:
//   'd' data           segment, 'p', term                       chunk of a term's postings
//                      segment, 'p', term, 0, piece             occurrences beside a chunk
//                      segment, 'q', trigram                    chunk of a trigram's documents
//                      segment, 'r'                             which trigrams have one
//                      segment, 's', character                  the characters before it in terms of two
//                      segment, 'v', first doc id               columns of document values
//   in the database:
//   'm' meta           name                                     schema version; state
//   'r' removed        doc id                                   empty
//
// Numbers are 4 bytes, big-endian. A term (storage/index/term.h) holds no byte 0, so chunks are in the order of terms,
// those of terms with a common prefix stand together, and a chunk's occurrences stand behind it.
class IndexKey {
 public:
  static IndexKey OfSchema() { return IndexKey("mschema"); }
  static IndexKey OfState() { return IndexKey("mstate"); }
  static IndexKey OfRemoved(DocId doc) { return IndexKey("r").Number(doc); }
  static IndexKey OfOccurrences(SegmentId segment, absl::string_view term, uint32_t piece) {
    return IndexKey("d").Number(segment).Bytes("p").Bytes(term).Bytes(absl::string_view("\0", 1)).Number(piece);
  }
  static IndexKey OfPostings(SegmentId segment, absl::string_view term) {
    return IndexKey("d").Number(segment).Bytes("p").Bytes(term);
  }
  static IndexKey OfTrigram(SegmentId segment, absl::string_view trigram) {
    return IndexKey("d").Number(segment).Bytes("q").Bytes(trigram);
  }
  // Of nothing that is stored, but kept in memory beside what is: notes on a word, and that it was searched for.
  static IndexKey OfNotes(SegmentId segment, absl::string_view word) {
    return IndexKey("d").Number(segment).Bytes("n").Bytes(word);
  }
  static IndexKey OfSearchedWord(absl::string_view word) { return IndexKey("n").Bytes(word); }
  static IndexKey OfTrigramScope(SegmentId segment) { return IndexKey("d").Number(segment).Bytes("r"); }
  static IndexKey OfSecondCharacter(SegmentId segment, absl::string_view character) {
    return IndexKey("d").Number(segment).Bytes("s").Bytes(character);
  }
  static IndexKey OfValues(SegmentId segment, DocId first_doc) {
    return IndexKey("d").Number(segment).Bytes("v").Number(first_doc);
  }

  // Ranges: what all their keys begin with.
  static IndexKey AllRemoved() { return IndexKey("r"); }
  static IndexKey AllOf(SegmentId segment) { return IndexKey("d").Number(segment); }
  // Behind all occurrences of the term whose occurrences have this key.
  static IndexKey AfterOccurrencesOf(absl::string_view key);
  static IndexKey AllPostingsOf(SegmentId segment) { return AllOf(segment).Bytes("p"); }
  static IndexKey AllTrigramsOf(SegmentId segment) { return AllOf(segment).Bytes("q"); }
  static IndexKey AllValuesOf(SegmentId segment) { return AllOf(segment).Bytes("v"); }

  absl::string_view bytes() const { return bytes_; }
  leveldb::Slice slice() const { return leveldb::Slice(bytes_); }

 private:
  explicit IndexKey(absl::string_view bytes) : bytes_(bytes) {}
  IndexKey Number(uint32_t number) &&;
  IndexKey Bytes(absl::string_view bytes) &&;

  std::string bytes_;
};

// Decode; nullopt when the key is not of this space.
std::optional<DocId> ParseRemovedKey(absl::string_view key);
std::optional<DocId> ParseValuesKey(absl::string_view key);

// The trigram's text of a key that begins with AllTrigramsOf.
absl::string_view TextOfTrigramKey(absl::string_view key);

// The term of a key that begins with AllPostingsOf; nullopt when it is of occurrences.
std::optional<absl::string_view> TermOfPostingsKey(absl::string_view key);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_INDEX_KEYS_H_
