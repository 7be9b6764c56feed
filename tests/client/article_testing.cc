#include "tests/client/article_testing.h"

#include <cstdint>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/base/sha256.h"

namespace gisa {
namespace {

constexpr absl::string_view kPieces[] = {
    "가나다",
    "대전에서",
    "\u1112\u1161\u11ab\u1100\u1173\u11af",  // 한글, decomposed
    "漢字",
    "e\u0301",
    "👨‍👩‍👧‍👦",
    "🇰🇷",
    "word",
    "0123",
    "ＡＢ１２",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\v",
    "\f",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\u3000",
    "\ufeff",
    "\u200b",
    "\x01",
    "\x7f",
    "\u0080",
    "&",
    "&amp;",
    "&amp;quot;",
    "&quot;",
    "&#10;",
    "&#x27;",
    "&#0;",
    "&nbsp;",
    "&#",
    "<b>",
    "\"",
    "'",
    "`",
    "=",
    "\\",
    "*",
    "**",
    "** | ",
    "#",
    "---",
    "\n---\n",
    "\n---\n\n*Crawled at: 2025-01-01 00:00:00*\n",
    "\noid: 999\n",
    "\ntitle: \"x\"\n",
    "\nauthor:",
    "[a](b)",
    "{\"oid\":1}",
    "\u2603",
    "\U0010ffff",
    "\uffff",
    "\ud7ff",
};

class Generator {
 public:
  explicit Generator(std::mt19937& random) : random_(random) {}

  int64_t Number(int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(random_); }

  std::string Text(int max_pieces) {
    std::string text;
    for (int64_t i = Number(0, max_pieces); i > 0; --i) {
      if (Number(0, 99) == 0) text.push_back('\0');
      absl::StrAppend(&text, kPieces[Number(0, std::size(kPieces) - 1)]);
    }
    return text;
  }

  std::string KeyPart() {
    static constexpr absl::string_view kAllowed = "0019AZaz._-";
    std::string part;
    for (int64_t i = Number(1, 64); i > 0; --i) part.push_back(kAllowed[Number(0, kAllowed.size() - 1)]);
    return part;
  }

  google::protobuf::Timestamp Time() {
    google::protobuf::Timestamp time;
    switch (Number(0, 4)) {
      case 0:  // anywhen
        time.set_seconds(Number(-62135596800, 253402300799));
        break;
      case 1:  // the ends
        time.set_seconds(Number(0, 1) == 0 ? -62135596800 : 253402300799);
        break;
      case 2:  // around the hour that comes twice in New York in 2025
        time.set_seconds(1762059600 + Number(0, 14400));
        break;
      default:  // a whole minute of recent years
        time.set_seconds(60 * Number(0, 30'000'000));
    }
    if (Number(0, 2) == 0) time.set_nanos(Number(0, 1) == 0 ? Number(0, 999'999'999) : 1000 * Number(0, 999'999));
    return time;
  }

 private:
  std::mt19937& random_;
};

}  // namespace

absl::TimeZone LoadZone(absl::string_view name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

ArticleFileZones KoreanZones() { return {LoadZone("Asia/Seoul"), absl::UTCTimeZone()}; }

std::string SharedPath(absl::string_view path) { return absl::StrCat(GISA_SOURCE_DIR, "/../shared/", path); }

std::string TestDataPath(absl::string_view path) { return absl::StrCat(GISA_SOURCE_DIR, "/tests/testdata/", path); }

void ExpectSameArticle(const v1::Article& actual, const v1::Article& expected) {
  EXPECT_EQ(actual.DebugString(), expected.DebugString());
}

v1::Article RandomNastyArticle(std::mt19937& random) {
  Generator generator(random);
  v1::Article article;
  article.set_oid(generator.KeyPart());
  article.set_aid(generator.KeyPart());
  article.set_title(generator.Text(8));
  article.set_category(generator.Text(2));
  article.set_publisher(generator.Text(3));
  article.set_author(generator.Text(8));
  article.set_url(generator.Text(4));
  if (generator.Number(0, 4) != 0) *article.mutable_published_at() = generator.Time();
  if (generator.Number(0, 4) != 0) *article.mutable_crawled_at() = generator.Time();
  article.set_body(generator.Text(40));
  article.set_content_hash(ToHex(Sha256(article.body())));
  return article;
}

}  // namespace gisa
