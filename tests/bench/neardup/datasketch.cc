#include "tests/bench/neardup/datasketch.h"

#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/dedup/shingle_set.h"
#include "storage/text/code_point.h"

namespace gisa {

absl::StatusOr<DatasketchRun> RunDatasketch(const std::string& python, absl::Span<const std::vector<char32_t>> texts,
                                            double threshold) {
  std::string folder = (std::filesystem::temp_directory_path() / "neardup_bench.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return absl::UnavailableError(absl::StrCat("cannot make ", folder));
  const std::string texts_file = folder + "/texts";
  const std::string result_file = folder + "/result";
  {
    std::ofstream out(texts_file);
    for (const std::vector<char32_t>& text : texts) {
      std::string line;
      for (const char32_t letter : text) AppendCodePoint(letter, line);
      out << line << "\n";
    }
  }
  const std::string command = absl::StrCat(
      "'", python, "' '", GISA_SOURCE_DIR, "/tests/bench/neardup/datasketch_lsh.py' --shingle ", kShingleLength,
      " --min-shingles ", kMinShingles, " --threshold ", threshold, " '", texts_file, "' > '", result_file, "'");
  const int exit_code = std::system(command.c_str());
  DatasketchRun run;
  std::ifstream in(result_file);
  in >> run.seconds;
  for (std::pair<uint32_t, uint32_t> pair; in >> pair.first >> pair.second;) run.candidates.push_back(pair);
  std::sort(run.candidates.begin(), run.candidates.end());
  std::filesystem::remove_all(folder);
  if (exit_code != 0) return absl::UnavailableError(absl::StrCat("datasketch_lsh.py failed with ", python));
  return run;
}

}  // namespace gisa
