#ifndef GISA_TESTS_BENCH_SEARCH_ENGINE_FIGURES_H_
#define GISA_TESTS_BENCH_SEARCH_ENGINE_FIGURES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/report.h"
#include "tests/bench/search/query_load.h"

namespace gisa {

// The figures by which engines are compared.
struct EngineFigures {
  double p50_micros = 0;
  double p99_micros = 0;
  double one_thread_rate = 0;   // queries a second
  double two_threads_rate = 0;  // of both together
  double bytes_over_text = 0;   // of the index

  static EngineFigures Of(const QuerySpeed& speed, double bytes_over_text);
};

// The best of each figure: low latencies and sizes, high rates. nullopt of none.
std::optional<EngineFigures> BestOf(const std::vector<EngineFigures>& engines);

// Prints a section with the figures of an engine, and the ratio of each to `best` where there is one.
void PrintFigures(const std::string& name, const EngineFigures& figures, const std::optional<EngineFigures>& best,
                  Report* report);

// Prints in how many queries an engine finds as many hits as gisa does, and of the first `limit` others what each
// finds.
void PrintDifferentHits(const std::string& name, const std::vector<std::string>& queries,
                        const std::vector<uint64_t>& gisa, const std::vector<uint64_t>& engine, size_t limit,
                        Report* report);

std::string Millis(double micros);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_SEARCH_ENGINE_FIGURES_H_
