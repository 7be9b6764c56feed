#include "tests/bench/neardup/server_recall.h"

#include <algorithm>
#include <memory>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/archive_client.h"
#include "client/ingest_uploader.h"
#include "storage/base/status_macros.h"
#include "tests/support/binaries.h"

namespace gisa {
namespace {

using NumberPair = std::pair<uint32_t, uint32_t>;
using Pairs = absl::flat_hash_set<NumberPair>;

constexpr char kOid[] = "001";

uint32_t NumberOf(const std::string& aid) {
  uint32_t number = 0;
  return absl::SimpleAtoi(aid, &number) ? number : UINT32_MAX;
}

NumberPair PairOf(uint32_t a, uint32_t b) { return std::minmax(a, b); }

// What the ingests answered, by default for 0.8: pairs that are alike or the same.
absl::StatusOr<Pairs> Ingest(ArchiveClient* client, const std::vector<std::string>& bodies) {
  Pairs pairs;
  absl::Status error;
  IngestUploaderOptions options;
  options.find_near_duplicates = true;
  IngestUploader uploader(client, options, [&](uint64_t index, const absl::StatusOr<v1::IngestResult>& answer) {
    error.Update(answer.status());
    if (!answer.ok()) return;
    for (const v1::NearDuplicate& near : answer->near_duplicates()) {
      if (near.relation() == v1::DUPLICATE_RELATION_NEAR) {
        pairs.insert(PairOf(static_cast<uint32_t>(index), NumberOf(near.key().aid())));
      }
    }
    // The very same body is no near copy; who brought it is said.
    const uint32_t canonical = NumberOf(answer->canonical().aid());
    if (canonical != index) pairs.insert(PairOf(static_cast<uint32_t>(index), canonical));
  });
  for (size_t i = 0; i < bodies.size(); ++i) {
    v1::Article article;
    article.set_oid(kOid);
    article.set_aid(absl::StrCat(i));
    article.set_title("제목");
    article.set_body(bodies[i]);
    RETURN_IF_ERROR(uploader.Add(std::move(article)));
  }
  RETURN_IF_ERROR(uploader.Finish());
  RETURN_IF_ERROR(error);
  return pairs;
}

// Adds to `pairs` whom FindDuplicates says to be alike or the same.
absl::Status Find(ArchiveClient* client, uint32_t number, Pairs& pairs) {
  v1::FindDuplicatesRequest request;
  request.mutable_key()->set_oid(kOid);
  request.mutable_key()->set_aid(absl::StrCat(number));
  request.set_page_size(1000);
  do {
    ASSIGN_OR_RETURN(const v1::FindDuplicatesResponse response, client->FindDuplicates(request));
    for (const v1::Duplicate& duplicate : response.duplicates()) {
      if (duplicate.relation() == v1::DUPLICATE_RELATION_CONTAINED) continue;
      pairs.insert({number, NumberOf(duplicate.article().aid())});
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

double Ratio(uint64_t part, uint64_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

absl::Status MeasureRecall(const std::vector<std::string>& bodies, const std::vector<NumberPair>& alike,
                           Report* report) {
  const Gisad server;
  ArchiveClientOptions options;
  options.address = server.address();
  ASSIGN_OR_RETURN(const std::unique_ptr<ArchiveClient> client, ArchiveClient::Connect(options));
  ASSIGN_OR_RETURN(const Pairs told, Ingest(client.get(), bodies));
  Pairs found;
  for (uint32_t i = 0; i < bodies.size(); ++i) RETURN_IF_ERROR(Find(client.get(), i, found));

  // Each pair is to be found from both sides; an ingest can only see those before it.
  uint64_t found_alike = 0;
  uint64_t told_alike = 0;
  for (const auto& [first, second] : alike) {
    found_alike += found.contains({first, second});
    found_alike += found.contains({second, first});
    told_alike += told.contains({first, second});
  }
  const Pairs all(alike.begin(), alike.end());
  uint64_t right = 0;
  for (const auto& [a, b] : found) right += all.contains(PairOf(a, b)) || bodies[a] == bodies[b];
  report->Section("The same copies in a gisad, which is asked for those of 0.8");
  const auto keep = [report](absl::string_view what, const std::string& name, double value) {
    report->Line(what, absl::StrFormat("%.4f", value));
    report->Keep(name, value);
  };
  keep("recall of FindDuplicates", "gisad_recall_08", Ratio(found_alike, 2 * alike.size()));
  keep("precision", "gisad_precision", Ratio(right, found.size()));
  keep("recall of the ingests' answers", "gisad_ingest_recall_08", Ratio(told_alike, alike.size()));
  return absl::OkStatus();
}

}  // namespace gisa
