#include "tests/e2e/crash/change_feed.h"

#include <filesystem>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/record_database.h"

namespace gisa::crash {
namespace {

std::string EventText(const std::string& key, uint64_t revision, bool is_deletion) {
  return absl::StrCat(key, " revision ", revision, is_deletion ? " deleted" : " stored");
}

std::map<uint64_t, std::string> ExpectedEvents(const std::vector<std::unique_ptr<Writer>>& writers) {
  std::map<uint64_t, std::string> events;
  for (const auto& writer : writers) {
    for (const auto& [aid, history] : writer->ledger().histories) {
      const std::string key = absl::StrCat(writer->oid(), "/", aid);
      for (size_t i = 0; i < history.versions.size(); ++i) {
        events[history.versions[i].sequence] = EventText(key, i + 1, false);
      }
      if (history.deleted) events[history.deletion_sequence] = EventText(key, history.versions.size(), true);
    }
  }
  return events;
}

}  // namespace

// Tables never change, so a link is a copy of them.
void CopyRecords(const std::string& data_dir, const std::string& to) {
  std::filesystem::remove_all(to);
  std::filesystem::create_directories(to + "/records");
  std::error_code none_yet;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir + "/records", none_yet)) {
    const std::filesystem::path target = std::filesystem::path(to) / "records" / entry.path().filename();
    if (entry.path().extension() == ".ldb") {
      std::filesystem::create_hard_link(entry.path(), target);
    } else {
      std::filesystem::copy_file(entry.path(), target);
    }
  }
}

void CheckChangeFeed(const std::string& copy, const std::vector<std::unique_ptr<Writer>>& writers, Report* report) {
  std::map<uint64_t, std::string> expected = ExpectedEvents(writers);
  RecordDatabase::Options options;
  options.data_dir = copy;
  const absl::StatusOr<std::unique_ptr<RecordDatabase>> database = RecordDatabase::Open(options);
  report->Expect(database.ok(), "open a copy of the records: ", database.status().ToString());
  if (!database.ok()) return;
  const RecordDatabase::View view = (*database)->Now();
  const std::unique_ptr<leveldb::Iterator> iterator = view.NewIterator();
  const RecordKey all = RecordKey::AllChanges();
  for (iterator->Seek(all.slice()); iterator->Valid(); iterator->Next()) {
    const absl::string_view key(iterator->key().data(), iterator->key().size());
    if (!absl::StartsWith(key, all.bytes())) break;
    ChangeValue value;
    const std::optional<uint64_t> sequence = DecodeChangeKey(key);
    if (!sequence.has_value() ||
        !DecodeChangeValue(*sequence, {iterator->value().data(), iterator->value().size()}, &value)) {
      report->Expect(false, "a change does not parse");
      continue;
    }
    const storage::v1::ChangeRecord& change = value.record;
    const std::string event =
        EventText(value.key.ToString(), change.revision(), change.type() == storage::v1::CHANGE_TYPE_DELETED);
    const auto known = expected.find(*sequence);
    report->Expect(known != expected.end() && known->second == event, "change ", *sequence, " is ", event, ", not ",
                   known == expected.end() ? "none" : known->second);
    if (known != expected.end()) expected.erase(known);
  }
  report->Expect(iterator->status().ok(), "read the change feed: ", iterator->status().ToString());
  for (const auto& [sequence, event] : expected) report->Expect(false, "no change ", sequence, ": ", event);
}

}  // namespace gisa::crash
