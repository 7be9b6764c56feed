#include "tests/bench/search/peer_files.h"

#include <sys/stat.h>

#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"

namespace gisa {

absl::StatusOr<std::string> BuildOnce(const Peer& peer, const std::string& dir, const ArticleGenerator& generator,
                                      uint64_t articles) {
  namespace fs = std::filesystem;
  const std::string built = absl::StrCat(dir, "/", peer.folder, "-", articles);
  if (fs::exists(built)) return built;
  std::vector<std::string> texts;
  for (uint64_t i = 0; i < articles; ++i) {
    const v1::Article article = generator.Make(i);
    texts.push_back(absl::StrCat(article.title(), "\n", article.body()));
  }
  // The name is given when all is done, so that what an interrupted run left is not taken for an index.
  const std::string partial = absl::StrCat(built, ".partial");
  std::error_code error;
  fs::remove_all(partial, error);
  fs::create_directories(partial, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot make ", partial, ": ", error.message()));
  RETURN_IF_ERROR(peer.build(partial, texts));
  fs::rename(partial, built, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot rename ", partial, ": ", error.message()));
  return built;
}

uint64_t AllocatedBytes(const std::string& dir) {
  constexpr uint64_t kBlockBytes = 512;  // the unit of st_blocks
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
    struct stat status;
    if (entry.is_regular_file() && stat(entry.path().c_str(), &status) == 0) bytes += status.st_blocks * kBlockBytes;
  }
  return bytes;
}

}  // namespace gisa
