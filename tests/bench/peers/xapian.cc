#include <xapian.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "storage/base/status_macros.h"
#include "tests/bench/peers/peer.h"

namespace gisa {
namespace {

constexpr unsigned kPhrases = Xapian::QueryParser::FLAG_CJK_NGRAM | Xapian::QueryParser::FLAG_PHRASE;

absl::Status ToStatus(const Xapian::Error& error) {
  return absl::InternalError(absl::StrCat("Xapian: ", error.get_description()));
}

class XapianIndex : public PeerIndex {
 public:
  explicit XapianIndex(const std::string& dir) : database_(dir) {}

  absl::StatusOr<std::vector<size_t>> FindAny(const std::string& words, size_t limit) override {
    ASSIGN_OR_RETURN(Found found,
                     Find(Parse(words, Xapian::QueryParser::FLAG_CJK_NGRAM, ""), Xapian::Query::OP_OR, limit, 0));
    return std::move(found.first);
  }

  absl::StatusOr<Found> FindAll(const std::string& words, size_t limit) override {
    return Find(Parse(words, kPhrases, "\""), Xapian::Query::OP_AND, limit, database_.get_doccount());
  }

 private:
  // Each word as a query of its own, with `quote` on both sides.
  static std::vector<Xapian::Query> Parse(const std::string& words, unsigned flags, const char* quote) {
    Xapian::QueryParser parser;
    parser.set_default_op(Xapian::Query::OP_OR);
    std::vector<Xapian::Query> queries;
    for (const absl::string_view word : absl::StrSplit(words, ' ', absl::SkipWhitespace())) {
      try {
        queries.push_back(parser.parse_query(absl::StrCat(quote, word, quote), flags));
      } catch (const Xapian::QueryParserError&) {
        // Of some words, such as single Hanja, its parser makes an error; the others still count.
      }
    }
    return queries;
  }

  // Looks at no fewer than `check` hits before it stops counting.
  absl::StatusOr<Found> Find(const std::vector<Xapian::Query>& queries, Xapian::Query::op op, size_t limit,
                             Xapian::doccount check) {
    Found found;
    try {
      Xapian::Enquire enquire(database_);
      enquire.set_query(Xapian::Query(op, queries.begin(), queries.end()));
      const Xapian::MSet hits = enquire.get_mset(0, static_cast<Xapian::doccount>(limit), check);
      // Documents are numbered from 1 in the order in which they were added.
      for (auto hit = hits.begin(); hit != hits.end(); ++hit) found.first.push_back(*hit - 1);
      found.total = hits.get_matches_estimated();
    } catch (const Xapian::Error& error) {
      return ToStatus(error);
    }
    return found;
  }

  const Xapian::Database database_;
};

absl::Status Build(const std::string& dir, const std::vector<std::string>& texts) {
  try {
    Xapian::WritableDatabase database(dir, Xapian::DB_CREATE_OR_OPEN);
    Xapian::TermGenerator generator;
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    for (const std::string& text : texts) {
      Xapian::Document document;
      generator.set_document(document);
      generator.index_text(text);
      database.add_document(document);
    }
    database.commit();
  } catch (const Xapian::Error& error) {
    return ToStatus(error);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<PeerIndex>> Open(const std::string& dir) {
  try {
    return std::make_unique<XapianIndex>(dir);
  } catch (const Xapian::Error& error) {
    return ToStatus(error);
  }
}

}  // namespace

Peer XapianPeer() { return {"Xapian, CJK n-grams", "xapian", Build, Open}; }

}  // namespace gisa
