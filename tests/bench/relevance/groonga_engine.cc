#include <groonga.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "storage/base/status_macros.h"
#include "tests/bench/relevance/engine.h"
#include "tests/support/plain_query.h"

namespace gisa {
namespace {

class GroongaEngine : public RelevanceEngine {
 public:
  explicit GroongaEngine(std::string dir) : dir_(std::move(dir)) {
    grn_init();
    context_ = grn_ctx_open(0);
  }
  ~GroongaEngine() override {
    grn_ctx_close(context_);
    grn_fin();
  }

  std::string name() const override { return "Groonga, TokenBigram"; }

  absl::Status Add(const std::vector<std::string>& texts) override {
    if (grn_db_create(context_, absl::StrCat(dir_, "/db").c_str(), nullptr) == nullptr) return LastError();
    nlohmann::json rows = nlohmann::json::array();
    for (size_t i = 0; i < texts.size(); ++i) rows.push_back({{"_key", std::to_string(i)}, {"body", texts[i]}});
    for (const std::string& command :
         {std::string("table_create Texts TABLE_HASH_KEY ShortText"),
          std::string("column_create Texts body COLUMN_SCALAR Text"),
          std::string("table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram "
                      "--normalizer NormalizerAuto"),
          std::string("column_create Terms texts COLUMN_INDEX|WITH_POSITION Texts body"),
          std::string("load --table Texts"), rows.dump()}) {
      RETURN_IF_ERROR(Run(command).status());
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<size_t>> Search(const std::string& headline, size_t limit) override {
    std::string words;
    for (const absl::string_view word : absl::StrSplit(PlainQuery(headline), ' ', absl::SkipWhitespace())) {
      // Between quotation marks nothing is an operator.
      if (word.find('\\') == word.npos) absl::StrAppend(&words, words.empty() ? "" : " OR ", "\"", word, "\"");
    }
    const std::string command = absl::StrCat(
        "select Texts --match_columns 'scorer_tf_idf(body)' --output_columns _key --sort_keys -_score --limit ", limit,
        " --query ", nlohmann::json(words).dump());
    ASSIGN_OR_RETURN(const std::string reply, Run(command));
    std::vector<size_t> found;
    const nlohmann::json rows = nlohmann::json::parse(reply).at(0);
    for (size_t i = 2; i < rows.size(); ++i) found.push_back(std::stoul(rows.at(i).at(0).get<std::string>()));
    return found;
  }

 private:
  absl::Status LastError() const { return absl::InternalError(absl::StrCat("Groonga: ", context_->errbuf)); }

  absl::StatusOr<std::string> Run(const std::string& command) {
    grn_ctx_send(context_, command.data(), static_cast<unsigned int>(command.size()), 0);
    char* reply = nullptr;
    unsigned int size = 0;
    int flags = 0;
    grn_ctx_recv(context_, &reply, &size, &flags);
    if (context_->rc != GRN_SUCCESS) return LastError();
    return std::string(reply, size);
  }

  const std::string dir_;
  grn_ctx* context_ = nullptr;
};

}  // namespace

std::unique_ptr<RelevanceEngine> NewGroongaEngine(const std::string& dir) {
  return std::make_unique<GroongaEngine>(dir);
}

}  // namespace gisa
