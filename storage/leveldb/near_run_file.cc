#include "storage/leveldb/near_run_file.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/dedup/sort_hashes.h"
#include "storage/leveldb/leveldb_status.h"

namespace gisa {
namespace {

// So much is gathered before it is written.
constexpr size_t kWriteBytes = 1 << 20;

// A new file, of which what is put into its buffer is appended.
class FileWriter {
 public:
  static absl::StatusOr<FileWriter> Create(leveldb::Env* env, const std::string& path) {
    leveldb::WritableFile* file = nullptr;
    RETURN_IF_ERROR(FromLevelDb(env->NewWritableFile(path, &file), absl::StrCat("create ", path)));
    return FileWriter(path, file);
  }

  std::string& buffer() { return *buffer_; }

  absl::Status WriteWhenMuch() { return buffer_->size() < kWriteBytes ? absl::OkStatus() : Write(); }

  absl::Status Finish() {
    RETURN_IF_ERROR(Write());
    RETURN_IF_ERROR(FromLevelDb(file_->Sync(), absl::StrCat("sync ", path_)));
    return FromLevelDb(file_->Close(), absl::StrCat("close ", path_));
  }

 private:
  FileWriter(std::string path, leveldb::WritableFile* file) : path_(std::move(path)), file_(file) {}

  absl::Status Write() {
    absl::Status status = FromLevelDb(file_->Append(*buffer_), absl::StrCat("write ", path_));
    buffer_->clear();
    return status;
  }

  const std::string path_;
  std::unique_ptr<leveldb::WritableFile> file_;
  std::unique_ptr<std::string> buffer_ = std::make_unique<std::string>();  // stays where it is
};

}  // namespace

absl::StatusOr<std::shared_ptr<const NearRunFile>> NearRunFile::Open(const std::string& path) {
  absl::StatusOr<std::unique_ptr<const MappedFile>> file = MappedFile::Open(path);
  if (absl::IsNotFound(file.status())) {
    return DataCorruptedError(absl::StrCat("the file ", path, " is missing"));
  }
  RETURN_IF_ERROR(file.status());
  const std::optional<SketchRun> run = SketchRun::Parse((*file)->bytes());
  if (!run.has_value()) {
    return DataCorruptedError(absl::StrCat("the file ", path, " does not parse"));
  }
  return std::shared_ptr<const NearRunFile>(new NearRunFile(path, *std::move(file), *run));
}

absl::StatusOr<std::shared_ptr<const NearRunFile>> WriteNearRun(const SketchTable& table, leveldb::Env* env,
                                                                const std::string& path) {
  ASSIGN_OR_RETURN(FileWriter writer, FileWriter::Create(env, path));
  std::vector<uint64_t> entries = table.Entries();
  for (uint64_t& entry : entries) entry = RunEntry::Make(RunEntry::HashBits(entry), SketchTable::Offset(entry));
  SortHashes(entries);
  SketchRunEncoder encoder(table.first_doc(), table.span(), entries.size(), &writer.buffer());
  for (const uint64_t entry : entries) {
    encoder.Add(entry);
    RETURN_IF_ERROR(writer.WriteWhenMuch());
  }
  for (uint32_t doc = table.first_doc(); doc < table.first_doc() + table.span(); ++doc) {
    encoder.AddDocument(table.FingerprintsOf(doc), table.SampleOf(doc));
    RETURN_IF_ERROR(writer.WriteWhenMuch());
  }
  encoder.Finish();
  RETURN_IF_ERROR(writer.Finish());
  return NearRunFile::Open(path);
}

absl::StatusOr<std::shared_ptr<const NearRunFile>> MergeNearRuns(
    absl::Span<const std::shared_ptr<const NearRunFile>> runs, const std::atomic<bool>& stop, leveldb::Env* env,
    const std::string& path) {
  const uint32_t first_doc = runs.front()->run().first_doc();
  const uint32_t span = runs.back()->run().first_doc() + runs.back()->run().span() - first_doc;
  uint64_t max_entries = 0;
  std::vector<SketchRun::Cursor> cursors;
  // The next entry of each run, the least first. As runs are in order, so are the documents of a hash.
  using Next = std::tuple<uint64_t, size_t>;
  std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
  const auto push = [&](size_t i) {
    if (cursors[i].done()) return;
    const uint32_t begin = runs[i]->run().first_doc() - first_doc;
    next.emplace(cursors[i].entry() + begin, i);
  };
  for (size_t i = 0; i < runs.size(); ++i) {
    max_entries += runs[i]->run().entries();
    cursors.emplace_back(runs[i]->run());
    push(i);
  }

  ASSIGN_OR_RETURN(FileWriter writer, FileWriter::Create(env, path));
  SketchRunEncoder encoder(first_doc, span, max_entries, &writer.buffer());
  while (!next.empty()) {
    if (stop.load(std::memory_order_relaxed)) return absl::CancelledError("the near-duplicate index is being closed");
    const auto [entry, i] = next.top();
    next.pop();
    encoder.Add(entry);
    RETURN_IF_ERROR(writer.WriteWhenMuch());
    cursors[i].Next();
    push(i);
  }
  uint32_t next_doc = first_doc;
  for (const auto& file : runs) {
    const SketchRun& run = file->run();
    for (; next_doc < run.first_doc(); ++next_doc) encoder.AddDocument(0, "");
    for (; next_doc < run.first_doc() + run.span(); ++next_doc) {
      encoder.AddDocument(run.FingerprintsOf(next_doc), run.SampleOf(next_doc));
      RETURN_IF_ERROR(writer.WriteWhenMuch());
    }
  }
  encoder.Finish();
  RETURN_IF_ERROR(writer.Finish());
  return NearRunFile::Open(path);
}

}  // namespace gisa
