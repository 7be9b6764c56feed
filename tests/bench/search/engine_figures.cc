#include "tests/bench/search/engine_figures.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace gisa {

EngineFigures EngineFigures::Of(const QuerySpeed& speed, double bytes_over_text) {
  EngineFigures figures;
  figures.p50_micros = speed.one_thread.PercentileMicros(50);
  figures.p99_micros = speed.one_thread.PercentileMicros(99);
  figures.one_thread_rate = speed.one_thread.rate();
  figures.two_threads_rate = speed.two_threads.rate();
  figures.bytes_over_text = bytes_over_text;
  return figures;
}

std::optional<EngineFigures> BestOf(const std::vector<EngineFigures>& engines) {
  if (engines.empty()) return std::nullopt;
  EngineFigures best = engines.front();
  for (const EngineFigures& engine : engines) {
    best.p50_micros = std::min(best.p50_micros, engine.p50_micros);
    best.p99_micros = std::min(best.p99_micros, engine.p99_micros);
    best.one_thread_rate = std::max(best.one_thread_rate, engine.one_thread_rate);
    best.two_threads_rate = std::max(best.two_threads_rate, engine.two_threads_rate);
    best.bytes_over_text = std::min(best.bytes_over_text, engine.bytes_over_text);
  }
  return best;
}

void PrintFigures(const std::string& name, const EngineFigures& figures, const std::optional<EngineFigures>& best,
                  Report* report) {
  const auto line = [&](const char* what, const std::string& figure, double EngineFigures::*member) {
    report->Line(what, figure,
                 best.has_value() ? std::optional<double>(figures.*member / ((*best).*member)) : std::nullopt);
  };
  report->Section(name);
  line("p50", Millis(figures.p50_micros), &EngineFigures::p50_micros);
  line("p99", Millis(figures.p99_micros), &EngineFigures::p99_micros);
  line("one thread", absl::StrFormat("%.0f /s", figures.one_thread_rate), &EngineFigures::one_thread_rate);
  line("two threads", absl::StrFormat("%.0f /s", figures.two_threads_rate), &EngineFigures::two_threads_rate);
  line("files of the index over text", absl::StrFormat("%.3f", figures.bytes_over_text),
       &EngineFigures::bytes_over_text);
}

void PrintDifferentHits(const std::string& name, const std::vector<std::string>& queries,
                        const std::vector<uint64_t>& gisa, const std::vector<uint64_t>& engine, size_t limit,
                        Report* report) {
  const auto equal =
      std::inner_product(gisa.begin(), gisa.end(), engine.begin(), uint64_t{0}, std::plus<>(), std::equal_to<>());
  report->Section(absl::StrCat(name, ": as many hits as gisa in ", equal, " of ", queries.size(), " queries"));
  for (size_t i = 0; i < queries.size() && limit > 0; ++i) {
    if (gisa[i] == engine[i]) continue;
    report->Line(queries[i], absl::StrCat(engine[i], " not ", gisa[i]));
    --limit;
  }
}

std::string Millis(double micros) { return absl::StrFormat("%.3f ms", micros / 1000); }

}  // namespace gisa
