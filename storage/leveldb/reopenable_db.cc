#include "storage/leveldb/reopenable_db.h"

#include <utility>

namespace gisa {

struct ReopenableDb::Opening {
  Opening(leveldb::Env* base, std::atomic<int>* openings, const BackgroundThread& background)
      : count(*openings),
        env(
            base, [openings] { return openings->load() > 1; }, background) {
    ++count;
  }
  ~Opening() {
    db.reset();
    --count;
  }

  std::atomic<int>& count;
  FencedEnv env;
  std::unique_ptr<leveldb::DB> db;
};

leveldb::Status ReopenableDb::Open(const leveldb::Options& options, const std::string& dir,
                                   const BackgroundThread& background, std::unique_ptr<ReopenableDb>* result) {
  std::unique_ptr<ReopenableDb> database(new ReopenableDb(options, dir, background));
  options.env->CreateDir(dir);  // a failure shows in the next step
  leveldb::Status status = options.env->LockFile(dir + "/LOCK", &database->lock_);
  if (!status.ok()) return status;
  std::shared_ptr<Opening> opening;
  status = database->OpenFiles(options, &opening);
  if (!status.ok()) return status;
  {
    absl::MutexLock lock(&database->current_mutex_);
    database->current_ = std::move(opening);
  }
  *result = std::move(database);
  return status;
}

// Reading a log again, and writing it as a table, is what takes long when a database is opened. So it is done at the
// end: without a batch, a write turns LevelDB's memory over to be written as a table; the next one waits for that. What
// fails is left to the next opening.
ReopenableDb::~ReopenableDb() {
  if (const std::shared_ptr<Opening> opening = CurrentOpening(); opening != nullptr && !HasFailed()) {
    for (int i = 0; i < 2; ++i) opening->db->Write(leveldb::WriteOptions(), nullptr);
  }
  {
    absl::MutexLock lock(&current_mutex_);
    current_.reset();
  }
  if (lock_ != nullptr) options_.env->UnlockFile(lock_);
}

leveldb::Status ReopenableDb::OpenFiles(leveldb::Options options, std::shared_ptr<Opening>* opening) {
  *opening = std::make_shared<Opening>(options_.env, &openings_, background_);
  options.env = &(*opening)->env;
  leveldb::DB* db = nullptr;
  leveldb::Status status = leveldb::DB::Open(options, dir_, &db);
  (*opening)->db.reset(db);
  return status;
}

std::shared_ptr<ReopenableDb::Opening> ReopenableDb::CurrentOpening() const {
  absl::MutexLock lock(&current_mutex_);
  return current_;
}

std::shared_ptr<leveldb::DB> ReopenableDb::Current() const {
  std::shared_ptr<Opening> opening = CurrentOpening();
  leveldb::DB* const db = opening->db.get();
  return {std::move(opening), db};
}

ReopenableDb::Snapshot ReopenableDb::TakeSnapshot() const {
  std::shared_ptr<leveldb::DB> db = Current();
  const leveldb::Snapshot* const snapshot = db->GetSnapshot();
  return Snapshot(snapshot, Release{std::move(db)});
}

std::unique_ptr<leveldb::Iterator> ReopenableDb::NewIterator(std::shared_ptr<leveldb::DB> db,
                                                             const leveldb::ReadOptions& options) {
  std::unique_ptr<leveldb::Iterator> iterator(db->NewIterator(options));
  const auto release = [](void* kept, void*) { delete static_cast<std::shared_ptr<leveldb::DB>*>(kept); };
  iterator->RegisterCleanup(release, new std::shared_ptr<leveldb::DB>(std::move(db)), nullptr);
  return iterator;
}

leveldb::Status ReopenableDb::Write(const leveldb::WriteOptions& options, leveldb::WriteBatch* batch) {
  absl::MutexLock lock(&write_mutex_);
  if (!write_error_.ok()) return write_error_;
  const std::shared_ptr<Opening> opening = CurrentOpening();
  write_error_ = opening->db->Write(options, batch);
  if (!write_error_.ok()) opening->env.Fence();
  return write_error_;
}

bool ReopenableDb::HasFailed() const {
  absl::MutexLock lock(&write_mutex_);
  return !write_error_.ok();
}

leveldb::Status ReopenableDb::Reopen(leveldb::WriteBatch* first) {
  absl::MutexLock lock(&write_mutex_);
  if (write_error_.ok()) return write_error_;
  leveldb::Options existing = options_;
  existing.create_if_missing = false;
  std::shared_ptr<Opening> opening;
  leveldb::Status status = OpenFiles(existing, &opening);
  leveldb::WriteOptions synced;
  synced.sync = true;
  if (status.ok() && first != nullptr) status = opening->db->Write(synced, first);
  if (!status.ok()) return status;
  write_error_ = status;
  absl::MutexLock current_lock(&current_mutex_);
  current_.swap(opening);
  return status;
}

}  // namespace gisa
