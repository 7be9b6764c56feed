#include "tests/bench/stages.h"

#include <algorithm>
#include <ctime>
#include <memory>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/time/clock.h"
#include "gisa/v1/archive_service.pb.h"
#include "grpcpp/support/byte_buffer.h"
#include "leveldb/write_batch.h"
#include "proto/wire/article_message.h"
#include "server/article_request.h"
#include "server/convert.h"
#include "server/options.h"
#include "server/validate.h"
#include "storage/base/sha256.h"
#include "storage/base/status_macros.h"
#include "storage/index/document.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/dictionary_renewal.h"
#include "storage/leveldb/dictionary_training.h"
#include "storage/leveldb/frequent_sentences.h"
#include "storage/leveldb/ingest.h"
#include "storage/leveldb/near_index.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/search_index.h"
#include "storage/leveldb/text_codec.h"
#include "storage/leveldb/text_dictionary.h"
#include "storage/leveldb/transaction.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

constexpr size_t kCommitArticles = 100;

// The processor time of this program: stages may have threads of their own, of which the one at work is alone.
double CpuMicros() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

class StageMeter {
 public:
  explicit StageMeter(uint64_t articles) : articles_(static_cast<double>(articles)) {}

  void Measure(const std::string& stage, absl::FunctionRef<void()> work) {
    const double begin = CpuMicros();
    work();
    costs_.push_back({stage, (CpuMicros() - begin) / articles_});
  }

  std::vector<StageCost> TakeCosts() { return std::move(costs_); }

 private:
  const double articles_;
  std::vector<StageCost> costs_;
};

// Commits all in batches; tells staging and writing apart.
class Commits {
 public:
  explicit Commits(RecordDatabase* database) : database_(*database) { state_.set_next_sequence(1); }

  absl::Status Stage(std::vector<PreparedArticle>& prepared) {
    for (size_t begin = 0; begin < prepared.size(); begin += kCommitArticles) {
      Transaction transaction(database_, state_);
      for (size_t i = begin; i < std::min(begin + kCommitArticles, prepared.size()); ++i) {
        RETURN_IF_ERROR(transaction.Run(
            [&](Transaction& staged) { return ApplyIngest(prepared[i], absl::Now(), staged).status(); }));
      }
      batches_.push_back(transaction.MakeBatch());
      changes_.push_back(transaction.TakeIndexChanges());
      near_changes_.push_back(transaction.TakeNearChanges());
      state_ = transaction.state();
    }
    return absl::OkStatus();
  }

  absl::Status Write() {
    for (leveldb::WriteBatch& batch : batches_) RETURN_IF_ERROR(database_.Write(&batch, /*sync=*/true));
    return absl::OkStatus();
  }

  // Those of each commit.
  std::vector<std::vector<IndexChange>> TakeChanges() { return std::move(changes_); }
  std::vector<std::vector<NearChange>> TakeNearChanges() { return std::move(near_changes_); }

 private:
  RecordDatabase& database_;
  storage::v1::StateRecord state_;
  std::vector<leveldb::WriteBatch> batches_;
  std::vector<std::vector<IndexChange>> changes_;
  std::vector<std::vector<NearChange>> near_changes_;
};

std::string TextOf(const IngestCommand& command) { return MakeText(FieldsOf(command.article), command.article.body); }

// As an archive does that has taken these in: with its second dictionary when they are enough for one, else its first.
absl::Status UseDictionaryOf(const std::vector<IngestCommand>& commands, RecordDatabase& database) {
  const DictionaryRenewal::Options renewal;
  std::vector<std::string> texts;
  std::string dictionary;
  if (commands.size() < renewal.bodies) {
    for (size_t i = 0; i < std::min(commands.size(), DictionaryTraining::Options().texts); ++i) {
      texts.push_back(TextOf(commands[i]));
    }
    dictionary = MakeTextDictionary(texts, DictionaryTraining::kDictionaryId);
  } else {
    FrequentSentences sentences(FrequentSentences::Options(), renewal.bodies);
    for (size_t i = 0; i < renewal.bodies; ++i) {
      sentences.Add(commands[i].article.body);
      if (i % (renewal.bodies / renewal.sample_texts) == 0) texts.push_back(TextOf(commands[i]));
    }
    dictionary = MakeTextDictionary(texts, DictionaryRenewal::kDictionaryId, sentences.Take());
  }
  return dictionary.empty() ? absl::OkStatus() : database.UseTextDictionary(dictionary);
}

}  // namespace

absl::StatusOr<std::vector<StageCost>> MeasureStages(const ArticleGenerator& generator, uint64_t count) {
  const TempDir dir;
  RecordDatabase::Options options;
  options.data_dir = dir.path();
  ASSIGN_OR_RETURN(const std::unique_ptr<RecordDatabase> database, RecordDatabase::Open(options));

  StageMeter meter(count);
  std::vector<v1::IngestStreamRequest> requests(count);
  for (uint64_t i = 0; i < count; ++i) *requests[i].mutable_article() = generator.Make(i);
  std::vector<grpc::ByteBuffer> received(count);  // each in one piece, as it mostly comes
  for (uint64_t i = 0; i < count; ++i) {
    const grpc::Slice slice(requests[i].SerializeAsString());
    received[i] = grpc::ByteBuffer(&slice, 1);
  }

  std::vector<grpc::ByteBuffer> sent(count);
  meter.Measure("client: serialize", [&] {
    for (uint64_t i = 0; i < count; ++i) {
      sent[i] = SerializeWithArticle(v1::IngestStreamRequest::kArticleFieldNumber,
                                     std::move(*requests[i].mutable_article()), v1::IngestStreamRequest());
    }
  });

  absl::Status status;
  std::vector<IngestCommand> commands(count);
  meter.Measure("server: parse, validate, convert", [&] {
    for (uint64_t i = 0; i < count; ++i) {
      v1::IngestStreamRequest request;
      status.Update(ParseArticleRequest(received[i], &request));
      status.Update(Validate(request, ServerOptions().max_body_bytes));
      commands[i] = ToIngestCommand(std::move(request));
    }
  });
  RETURN_IF_ERROR(status);

  std::vector<PreparedArticle> prepared(count);
  meter.Measure("prepare: SHA-256", [&] {
    for (uint64_t i = 0; i < count; ++i) prepared[i].content_hash = Sha256(commands[i].article.body);
  });
  const TextCodec& codec = database->text_codec();
  RETURN_IF_ERROR(UseDictionaryOf(commands, *database));
  meter.Measure("prepare: compress", [&] {
    for (uint64_t i = 0; i < count; ++i) {
      const Article& article = commands[i].article;
      prepared[i].stored_text = codec.Encode(MakeText(FieldsOf(article), article.body));
      prepared[i].text_has_body = true;
    }
  });
  meter.Measure("prepare: analyze", [&] {
    for (uint64_t i = 0; i < count; ++i) prepared[i].terms = AnalyzeDocument(commands[i].article);
  });
  meter.Measure("prepare: sketch", [&] {
    for (uint64_t i = 0; i < count; ++i) prepared[i].sketch = MakeKeptSketch(commands[i].article.body);
  });
  for (uint64_t i = 0; i < count; ++i) prepared[i].article = std::move(commands[i].article);

  Commits commits(database.get());
  meter.Measure("commit: decide and stage", [&] { status = commits.Stage(prepared); });
  RETURN_IF_ERROR(status);
  meter.Measure("commit: write 100 at a time", [&] { status = commits.Write(); });
  RETURN_IF_ERROR(status);

  SearchIndex::Options index_options;
  index_options.dir = dir / "index";
  ASSIGN_OR_RETURN(const std::unique_ptr<SearchIndex> index, SearchIndex::Open(index_options));
  const std::vector<std::vector<IndexChange>> changes = commits.TakeChanges();
  meter.Measure("index: add to memory", [&] {
    for (const std::vector<IndexChange>& commit : changes) index->Apply(commit);
  });
  meter.Measure("index: write to disk", [&] { status = index->Flush(); });
  RETURN_IF_ERROR(status);

  NearIndex::Options near_options;
  near_options.database.dir = dir / "near";
  ASSIGN_OR_RETURN(const std::unique_ptr<NearIndex> near_index, NearIndex::Open(near_options));
  const std::vector<std::vector<NearChange>> near_changes = commits.TakeNearChanges();
  meter.Measure("near copies: add and write to disk", [&] {
    for (const std::vector<NearChange>& commit : near_changes) near_index->Apply(commit);
    status = near_index->Flush();
  });
  RETURN_IF_ERROR(status);
  return meter.TakeCosts();
}

}  // namespace gisa
