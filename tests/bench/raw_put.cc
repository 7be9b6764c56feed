#include "tests/bench/raw_put.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "leveldb/write_batch.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/record_database.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

constexpr uint64_t kBatchArticles = 100;

}  // namespace

absl::StatusOr<double> RawPutRate(const ArticleGenerator& generator, uint64_t count) {
  const TempDir dir;
  RecordDatabase::Options options;
  options.data_dir = dir.path();
  ASSIGN_OR_RETURN(const std::unique_ptr<RecordDatabase> database, RecordDatabase::Open(options));
  absl::Duration elapsed;
  for (uint64_t begin = 0; begin < count; begin += kBatchArticles) {
    leveldb::WriteBatch batch;
    for (uint64_t i = begin; i < std::min(begin + kBatchArticles, count); ++i) {
      const v1::Article article = generator.Make(i);
      batch.Put(absl::StrCat(article.oid(), "/", article.aid()), article.body());
    }
    const absl::Time start = absl::Now();
    RETURN_IF_ERROR(database->Write(&batch, /*sync=*/true));
    elapsed += absl::Now() - start;
  }
  return static_cast<double>(count) / absl::ToDoubleSeconds(elapsed);
}

}  // namespace gisa
