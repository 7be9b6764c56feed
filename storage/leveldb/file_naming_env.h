#ifndef GISA_STORAGE_LEVELDB_FILE_NAMING_ENV_H_
#define GISA_STORAGE_LEVELDB_FILE_NAMING_ENV_H_

#include <string>

#include "leveldb/env.h"

namespace gisa {

// Remembers, for each thread, which file it read last. LevelDB's "block checksum mismatch" does not say where; the
// thread that got it read the damaged block last.
//
// Thread-safe.
class FileNamingEnv : public leveldb::EnvWrapper {
 public:
  // `base` must outlive this.
  explicit FileNamingEnv(leveldb::Env* base) : leveldb::EnvWrapper(base) {}

  // The path of the table file that the calling thread read last; empty when there was none.
  static std::string LastFileRead();

  leveldb::Status NewRandomAccessFile(const std::string& path, leveldb::RandomAccessFile** result) override;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_FILE_NAMING_ENV_H_
