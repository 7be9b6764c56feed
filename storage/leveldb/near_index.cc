#include "storage/leveldb/near_index.h"

#include <algorithm>

#include "absl/types/span.h"
#include "storage/base/status_macros.h"
#include "storage/base/thread.h"
#include "storage/dedup/candidate_set.h"
#include "storage/dedup/hash_space.h"
#include "storage/dedup/sketch_run.h"

namespace gisa {
namespace {

// How many parts' worth may pile up while none can be written.
constexpr size_t kMaxUnwrittenParts = 2;

// Beyond this a part is full, however few documents it has, for the offsets in it have an end.
constexpr uint64_t kMaxSpan = SketchTable::kOffsetLimit / 2;

}  // namespace

absl::StatusOr<std::unique_ptr<NearIndex>> NearIndex::Open(const Options& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<NearDatabase> database, NearDatabase::Open(options.database));
  std::unique_ptr<NearIndex> index(new NearIndex(options, std::move(database)));
  RETURN_IF_ERROR(index->ReadDatabase());
  index->writer_ = StartThread("gisa-near", ThreadPriority::kBackground, [index = index.get()] { index->RunWriter(); });
  return index;
}

NearIndex::~NearIndex() {
  if (!writer_.joinable()) return;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  writer_.join();
}

absl::Status NearIndex::ReadDatabase() {
  absl::MutexLock lock(&mutex_);
  ASSIGN_OR_RETURN(written_up_to_, database_->ReadIndexedUpTo());
  active_ = std::make_unique<Part>(written_up_to_ + 1);
  return absl::OkStatus();
}

uint64_t NearIndex::indexed_up_to() const {
  absl::ReaderMutexLock lock(&mutex_);
  return written_up_to_;
}

void NearIndex::Apply(const std::vector<NearChange>& changes) {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &NearIndex::CanApply));
  if (IsFull() && frozen_ == nullptr) Freeze();
  for (const NearChange& change : changes) {
    if (change.sequence <= active_->up_to) continue;
    if (!change.sketch.bands.empty()) active_->table.Add(static_cast<uint32_t>(change.sequence), change.sketch);
    active_->up_to = change.sequence;
  }
  if (IsFull() && frozen_ == nullptr) Freeze();
}

absl::Status NearIndex::CheckRoom() const {
  absl::ReaderMutexLock lock(&mutex_);
  const bool has_room = active_->table.documents() < kMaxUnwrittenParts * options_.documents_per_flush &&
                        active_->table.entries() < kMaxUnwrittenParts * options_.hashes_per_flush &&
                        active_->up_to - active_->table.first_doc() + 1 < kMaxSpan;
  return has_room ? absl::OkStatus() : write_status_;
}

NearIndex::Found NearIndex::Find(const Query& query) const {
  thread_local CandidateSet candidates;
  SampleSieve sieve(query.kept->sample, query.min_similarity);
  const size_t bands = query.asked->bands.size();
  std::vector<uint64_t> hashes = query.asked->bands;
  hashes.insert(hashes.end(), query.asked->fingerprints.begin(), query.asked->fingerprints.end());
  std::vector<uint32_t> remaining(hashes.size(), query.max_docs_of_hash);
  const auto add = [bands](size_t i, absl::Span<const uint32_t> docs) {
    for (const uint32_t doc : docs) {
      if (i < bands) {
        candidates.AddBand(doc);
      } else {
        candidates.AddFingerprint(doc);
      }
    }
  };
  const size_t fingerprints_kept = query.kept->fingerprints.size();
  std::shared_ptr<const NearRuns> runs;
  uint64_t in_memory_from = 0;
  {
    absl::ReaderMutexLock lock(&mutex_);
    for (const Part* const part : {static_cast<const Part*>(active_.get()), frozen_.get()}) {
      if (part == nullptr) continue;
      const SketchTable& table = part->table;
      for (const uint64_t hash : hashes) table.Prefetch(hash);
      for (size_t i = 0; i < hashes.size(); ++i) {
        table.Find(hashes[i], query.before, remaining[i], [&](uint32_t doc) { add(i, {&doc, 1}); });
      }
      candidates.Pick(fingerprints_kept, table, sieve);
    }
    in_memory_from = InMemoryFrom();
    runs = database_->runs();
  }
  for (auto file = runs->rbegin(); file != runs->rend(); ++file) {
    const SketchRun& run = (*file)->run();
    if (run.first_doc() >= std::min(query.before, in_memory_from)) continue;
    run.Find(hashes, query.before, absl::MakeSpan(remaining), add);
    candidates.Pick(fingerprints_kept, run, sieve);
  }
  Found found;
  found.candidates = candidates.Take();
  found.is_complete = std::find(remaining.begin(), remaining.end(), 0) == remaining.end();
  return found;
}

void NearIndex::Sift(absl::Span<const uint32_t> sample, double min_similarity, std::vector<uint32_t>* docs) const {
  SampleSieve sieve(sample, min_similarity);
  std::vector<uint32_t> left;
  const auto sift = [&](const auto& documents, uint64_t limit) {
    const uint32_t first_doc = documents.first_doc();
    for (auto doc = std::lower_bound(docs->begin(), docs->end(), first_doc);
         doc != docs->end() && *doc < limit && *doc - first_doc < documents.span(); ++doc) {
      if (sieve.MayMatch(documents.SampleOf(*doc))) left.push_back(*doc);
    }
  };
  std::shared_ptr<const NearRuns> runs;
  uint64_t in_memory_from = 0;
  {
    absl::ReaderMutexLock lock(&mutex_);
    for (const Part* const part : {frozen_.get(), static_cast<const Part*>(active_.get())}) {
      if (part != nullptr) sift(part->table, UINT64_MAX);
    }
    in_memory_from = InMemoryFrom();
    runs = database_->runs();
  }
  for (const auto& file : *runs) sift(file->run(), in_memory_from);
  std::sort(left.begin(), left.end());
  docs->swap(left);
}

uint64_t NearIndex::applied_up_to() const {
  absl::ReaderMutexLock lock(&mutex_);
  return active_->up_to;
}

void NearIndex::ReadBands(uint64_t up_to, absl::FunctionRef<void(absl::Span<const uint64_t> hashes)> visit) const {
  constexpr int kBucketBits = 12;
  const auto bucket_of = [](uint64_t hash) { return hash >> (64 - kBucketBits); };
  // Of a hash no more than what runs have.
  constexpr uint64_t kRestMask = (uint64_t{1} << (RunEntry::kHashBits - kBucketBits)) - 1;
  const auto told = [](uint64_t hash, uint32_t doc) { return (RunEntry::HashBits(hash) & kRestMask) << 32 | doc; };
  // Those in memory: the bucket, and what is told of them.
  std::vector<std::pair<uint64_t, uint64_t>> recent;
  std::shared_ptr<const NearRuns> runs;
  uint64_t in_memory_from = 0;
  {
    absl::ReaderMutexLock lock(&mutex_);
    for (const Part* const part : {frozen_.get(), static_cast<const Part*>(active_.get())}) {
      if (part == nullptr) continue;
      part->table.ForEachBelow(kFingerprintsBegin, [&](uint64_t hash, uint32_t doc) {
        if (doc <= up_to) recent.emplace_back(bucket_of(hash), told(hash, doc));
      });
    }
    in_memory_from = InMemoryFrom();
    runs = database_->runs();
  }
  std::sort(recent.begin(), recent.end());
  auto next = recent.begin();
  struct Written {
    uint32_t first_doc = 0;
    SketchRun::Cursor cursor;
  };
  std::vector<Written> written;
  for (const auto& file : *runs) {
    const SketchRun& run = file->run();
    if (run.first_doc() <= up_to && run.first_doc() < in_memory_from) {
      written.push_back({run.first_doc(), SketchRun::Cursor(run)});
    }
  }
  std::vector<uint64_t> hashes;
  for (uint64_t bucket = 0; bucket < bucket_of(kFingerprintsBegin); ++bucket) {
    hashes.clear();
    for (Written& run : written) {
      for (; !run.cursor.done() && bucket_of(run.cursor.entry()) == bucket; run.cursor.Next()) {
        const uint32_t doc = run.first_doc + RunEntry::OffsetOf(run.cursor.entry());
        if (doc <= up_to) hashes.push_back(told(run.cursor.entry(), doc));
      }
    }
    for (; next != recent.end() && next->first == bucket; ++next) hashes.push_back(next->second);
    std::sort(hashes.begin(), hashes.end());
    visit(hashes);
  }
}

absl::Status NearIndex::Flush() {
  absl::MutexLock lock(&mutex_);
  const uint64_t target = active_->up_to;
  while (written_up_to_ < target) {
    if (frozen_ == nullptr) Freeze();
    // A try that began before this call may have failed for a reason that is gone, so wait for the end of a new one.
    retry_now_ = true;
    const uint64_t awaited = attempts_started_ + 1;
    const auto done = [this, awaited]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return frozen_ == nullptr || attempts_failed_ >= awaited;
    };
    mutex_.Await(absl::Condition(&done));
    if (frozen_ != nullptr) return write_status_;
  }
  return absl::OkStatus();
}

bool NearIndex::IsFull() const {
  return active_->table.documents() >= options_.documents_per_flush ||
         active_->table.entries() >= options_.hashes_per_flush ||
         active_->up_to - active_->table.first_doc() + 1 >= kMaxSpan;
}

// While writes fail, sketches pile up in memory rather than stop everything; CheckRoom says how far.
bool NearIndex::CanApply() const { return frozen_ == nullptr || !IsFull() || !write_status_.ok(); }

void NearIndex::Freeze() {
  const uint64_t up_to = active_->up_to;
  frozen_ = std::move(active_);
  active_ = std::make_unique<Part>(up_to + 1);
}

// The writer's thread.
void NearIndex::RunWriter() {
  while (true) {
    std::shared_ptr<const Part> part;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &NearIndex::WriterHasWork));
      if (stopping_) return;
      part = frozen_;
      retry_now_ = false;
      ++attempts_started_;
    }
    const absl::Status status = database_->Write(part->table, part->up_to);
    absl::MutexLock lock(&mutex_);
    write_status_ = status;
    if (status.ok()) {
      written_up_to_ = part->up_to;
      frozen_ = nullptr;
    } else {
      attempts_failed_ = attempts_started_;
      mutex_.AwaitWithTimeout(absl::Condition(this, &NearIndex::ShouldNotWait), options_.retry_interval);
    }
  }
}

}  // namespace gisa
