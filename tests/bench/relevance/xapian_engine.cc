#include <xapian.h>

#include <utility>

#include "absl/strings/str_split.h"
#include "tests/bench/relevance/engine.h"
#include "tests/support/plain_query.h"

namespace gisa {
namespace {

class XapianEngine : public RelevanceEngine {
 public:
  explicit XapianEngine(std::string dir) : dir_(std::move(dir)) {}

  std::string name() const override { return "Xapian, CJK n-grams"; }

  absl::Status Add(const std::vector<std::string>& texts) override {
    Xapian::WritableDatabase database(dir_, Xapian::DB_CREATE_OR_OPEN);
    Xapian::TermGenerator generator;
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    for (size_t i = 0; i < texts.size(); ++i) {
      Xapian::Document document;
      generator.set_document(document);
      generator.index_text(texts[i]);
      document.set_data(std::to_string(i));
      database.add_document(document);
    }
    database.commit();
    database_ = Xapian::Database(dir_);
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<size_t>> Search(const std::string& headline, size_t limit) override {
    Xapian::QueryParser parser;
    parser.set_default_op(Xapian::Query::OP_OR);
    std::vector<Xapian::Query> words;
    for (const absl::string_view word : absl::StrSplit(PlainQuery(headline), ' ', absl::SkipWhitespace())) {
      try {
        words.push_back(parser.parse_query(std::string(word), Xapian::QueryParser::FLAG_CJK_NGRAM));
      } catch (const Xapian::QueryParserError&) {
        // Of some words, such as single Hanja, its parser makes an error; the others still count.
      }
    }
    Xapian::Enquire enquire(database_);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, words.begin(), words.end()));
    const Xapian::MSet hits = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
    std::vector<size_t> found;
    for (auto hit = hits.begin(); hit != hits.end(); ++hit) found.push_back(std::stoul(hit.get_document().get_data()));
    return found;
  }

 private:
  const std::string dir_;
  Xapian::Database database_;
};

}  // namespace

std::unique_ptr<RelevanceEngine> NewXapianEngine(const std::string& dir) { return std::make_unique<XapianEngine>(dir); }

}  // namespace gisa
