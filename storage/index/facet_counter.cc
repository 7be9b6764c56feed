#include "storage/index/facet_counter.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace gisa {
namespace {

// Korean time has been 9 hours ahead of UTC since 1961, but for two summers. One offset for all times makes the day of
// a document an addition and a division.
constexpr int64_t kKoreanOffsetMicros = int64_t{9} * 3600 * 1'000'000;
constexpr int64_t kDayMicros = int64_t{24} * 3600 * 1'000'000;
constexpr absl::CivilDay kEpoch(1970, 1, 1);

bool IsName(FacetField field) { return field == FacetField::kPublisher || field == FacetField::kCategory; }

// Days since 1970-01-01, of a time that is there.
int64_t DayOf(int64_t micros) {
  const int64_t local = micros + kKoreanOffsetMicros;
  return local / kDayMicros - (local % kDayMicros < 0 ? 1 : 0);
}

int64_t MonthOf(int64_t day) { return absl::CivilMonth(kEpoch + day) - absl::CivilMonth(kEpoch); }

}  // namespace

void FacetCounter::Add(DocId doc) {
  if (IsName(field_)) {
    ++hits_[field_ == FacetField::kPublisher ? docs_.publisher(doc) : docs_.category(doc)];
    return;
  }
  const int64_t published = docs_.published_micros(doc);
  ++hits_[published == kNoTime ? kNoTime : DayOf(published)];
}

Facet FacetCounter::Finish(size_t max_values) const {
  absl::flat_hash_map<int64_t, uint64_t> months;
  if (field_ == FacetField::kMonth) {
    for (const auto& [day, hits] : hits_) months[day == kNoTime ? kNoTime : MonthOf(day)] += hits;
  }
  const auto& counted = field_ == FacetField::kMonth ? months : hits_;

  Facet facet;
  facet.field = field_;
  if (IsName(field_)) {
    for (const auto& [value, hits] : counted) facet.counts.push_back(Describe(value, hits));
    std::sort(facet.counts.begin(), facet.counts.end(), [](const Facet::Count& a, const Facet::Count& b) {
      return std::tie(b.hits, a.value) < std::tie(a.hits, b.value);
    });
  } else {
    std::vector<std::pair<int64_t, uint64_t>> latest_first(counted.begin(), counted.end());
    std::sort(latest_first.rbegin(), latest_first.rend());
    for (const auto& [value, hits] : latest_first) facet.counts.push_back(Describe(value, hits));
  }
  for (size_t i = max_values; i < facet.counts.size(); ++i) facet.other_hits += facet.counts[i].hits;
  facet.counts.resize(std::min(facet.counts.size(), max_values));
  return facet;
}

Facet::Count FacetCounter::Describe(int64_t value, uint64_t hits) const {
  if (IsName(field_)) return {std::string(docs_.name(static_cast<NameId>(value))), hits};
  if (value == kNoTime) return {"", hits};
  if (field_ == FacetField::kMonth) {
    const absl::CivilMonth month = absl::CivilMonth(kEpoch) + value;
    return {absl::StrFormat("%04d-%02d", month.year(), month.month()), hits};
  }
  const absl::CivilDay day = kEpoch + value;
  return {absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day()), hits};
}

}  // namespace gisa
