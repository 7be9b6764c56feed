#include <groonga.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "storage/base/status_macros.h"
#include "tests/bench/peers/peer.h"

namespace gisa {
namespace {

// The library as a whole is begun once and ended with the program.
void BeginLibrary() {
  static const struct Library {
    Library() { grn_init(); }
    ~Library() { grn_fin(); }
  } library;
}

// A context, through which commands are run, and the database that it has open.
class Database {
 public:
  Database() {
    BeginLibrary();
    context_ = grn_ctx_open(0);
  }
  ~Database() {
    if (database_ != nullptr) grn_obj_close(context_, database_);
    grn_ctx_close(context_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  absl::Status Create(const std::string& dir) {
    database_ = grn_db_create(context_, Path(dir).c_str(), nullptr);
    return database_ == nullptr ? LastError() : absl::OkStatus();
  }

  absl::Status Open(const std::string& dir) {
    database_ = grn_db_open(context_, Path(dir).c_str());
    return database_ == nullptr ? LastError() : absl::OkStatus();
  }

  absl::StatusOr<std::string> Run(const std::string& command) {
    grn_ctx_send(context_, command.data(), static_cast<unsigned int>(command.size()), 0);
    char* reply = nullptr;
    unsigned int size = 0;
    int flags = 0;
    grn_ctx_recv(context_, &reply, &size, &flags);
    if (context_->rc != GRN_SUCCESS) return LastError();
    return std::string(reply, size);
  }

 private:
  static std::string Path(const std::string& dir) { return absl::StrCat(dir, "/db"); }

  absl::Status LastError() const { return absl::InternalError(absl::StrCat("Groonga: ", context_->errbuf)); }

  grn_ctx* context_ = nullptr;
  grn_obj* database_ = nullptr;
};

class GroongaIndex : public PeerIndex {
 public:
  absl::Status Open(const std::string& dir) { return database_.Open(dir); }

  absl::StatusOr<std::vector<size_t>> FindAny(const std::string& words, size_t limit) override {
    ASSIGN_OR_RETURN(Found found, Find(Quoted(words, " OR "), limit));
    return std::move(found.first);
  }

  absl::StatusOr<Found> FindAll(const std::string& words, size_t limit) override {
    return Find(Quoted(words, " "), limit);
  }

 private:
  // Between quotation marks nothing is an operator.
  static std::string Quoted(const std::string& words, absl::string_view separator) {
    std::string quoted;
    for (const absl::string_view word : absl::StrSplit(words, ' ', absl::SkipWhitespace())) {
      if (word.find('\\') == word.npos) absl::StrAppend(&quoted, quoted.empty() ? "" : separator, "\"", word, "\"");
    }
    return quoted;
  }

  // Without Groonga's cache of the answers to whole queries.
  absl::StatusOr<Found> Find(const std::string& query, size_t limit) {
    ASSIGN_OR_RETURN(const std::string reply,
                     database_.Run(absl::StrCat("select Texts --cache no --match_columns 'scorer_tf_idf(body)' "
                                                "--output_columns _key --sort_keys -_score --limit ",
                                                limit, " --query ", nlohmann::json(query).dump())));
    // [[[number of hits], [columns], [key], [key] …]]
    const nlohmann::json rows = nlohmann::json::parse(reply).at(0);
    Found found;
    found.total = rows.at(0).at(0).get<uint64_t>();
    for (size_t i = 2; i < rows.size(); ++i) found.first.push_back(std::stoul(rows.at(i).at(0).get<std::string>()));
    return found;
  }

  Database database_;
};

// As many texts as are sent at once: the reply and the command are in memory as a whole.
constexpr size_t kTextsPerLoad = 1000;

absl::Status Build(const std::string& dir, const std::vector<std::string>& texts) {
  Database database;
  RETURN_IF_ERROR(database.Create(dir));
  for (const char* const command :
       {"table_create Texts TABLE_HASH_KEY ShortText", "column_create Texts body COLUMN_SCALAR Text",
        "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto",
        "column_create Terms texts COLUMN_INDEX|WITH_POSITION Texts body"}) {
    RETURN_IF_ERROR(database.Run(command).status());
  }
  for (size_t begin = 0; begin < texts.size(); begin += kTextsPerLoad) {
    nlohmann::json rows = nlohmann::json::array();
    for (size_t i = begin; i < texts.size() && i < begin + kTextsPerLoad; ++i) {
      rows.push_back({{"_key", std::to_string(i)}, {"body", texts[i]}});
    }
    RETURN_IF_ERROR(database.Run("load --table Texts").status());
    RETURN_IF_ERROR(database.Run(rows.dump()).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<PeerIndex>> Open(const std::string& dir) {
  auto index = std::make_unique<GroongaIndex>();
  RETURN_IF_ERROR(index->Open(dir));
  return index;
}

}  // namespace

Peer GroongaPeer() { return {"Groonga, TokenBigram", "groonga", Build, Open}; }

}  // namespace gisa
