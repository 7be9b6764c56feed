#include "storage/index/doc_table.h"

#include <optional>
#include <utility>

#include "storage/index/packed_aid.h"

namespace gisa {

void DocTable::Add(DocId doc, const DocValues& values) {
  const size_t page = doc / kPageDocs;
  if (page >= pages_->size() || (*pages_)[page] == nullptr) AddPage(page);
  Page& columns = *(*pages_)[page];
  const size_t row = doc % kPageDocs;
  columns.published_micros[row] = values.published_micros;
  columns.crawled_micros[row] = values.crawled_micros;
  columns.content_id[row] = values.content_id;
  const std::optional<uint64_t> packed = PackAid(values.aid);
  columns.aid[row] = packed.has_value() ? *packed : kAidIsName | names_.Intern(values.aid);
  columns.lengths[row] = {values.length, values.title_length};
  columns.oid[row] = names_.Intern(values.oid);
  columns.publisher[row] = names_.Intern(values.publisher);
  columns.category[row] = names_.Intern(values.category);
  columns.author[row] = names_.Intern(values.author);
}

std::string DocTable::aid(DocId doc) const {
  const uint64_t aid = PageOf(doc).aid[doc % kPageDocs];
  if ((aid & kAidIsName) == 0) return UnpackAid(aid);
  return std::string(name(static_cast<NameId>(aid & ~kAidIsName)));
}

int DocTable::CompareKeys(DocId a, DocId b) const {
  if (oid(a) != oid(b)) return name(oid(a)).compare(name(oid(b)));
  const uint64_t aid_a = PageOf(a).aid[a % kPageDocs];
  const uint64_t aid_b = PageOf(b).aid[b % kPageDocs];
  if (aid_a == aid_b) return 0;
  const bool packed_alike = aid_a >> kPackedDigitsShift == aid_b >> kPackedDigitsShift && (aid_a & kAidIsName) == 0;
  if (packed_alike) return aid_a < aid_b ? -1 : 1;
  return aid(a).compare(aid(b));
}

// Snapshots share the list of pages, so it is never changed in place.
void DocTable::AddPage(size_t page) {
  auto pages = std::make_shared<Pages>(*pages_);
  if (page >= pages->size()) pages->resize(page + 1);
  (*pages)[page] = std::make_shared<Page>();
  pages_ = std::move(pages);
}

}  // namespace gisa
