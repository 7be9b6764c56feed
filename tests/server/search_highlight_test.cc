// The ranges that Search returns are where a reader sees the words, whatever the text is made of.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/utf8.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

class SearchHighlightTest : public ServerFixture {
 protected:
  v1::SearchHit Find(const std::string& query, const std::string& title, const std::string& body) {
    v1::Article article = ApiArticle("1", body);
    article.set_title(title);
    EXPECT_THAT(Ingest(article).status, IsOk());
    const auto reply = Search(query);
    EXPECT_THAT(reply.status, IsOk());
    EXPECT_EQ(reply->hits_size(), 1) << query;
    return reply->hits_size() == 1 ? reply->hits(0) : v1::SearchHit();
  }

  template <typename Ranges>
  static std::vector<std::string> Cut(const std::string& text, const Ranges& ranges) {
    std::vector<std::string> cuts;
    for (const v1::TextRange& range : ranges) cuts.push_back(text.substr(range.begin(), range.end() - range.begin()));
    return cuts;
  }

  // What is highlighted in the snippet.
  static std::vector<std::string> SnippetCuts(const v1::SearchHit& hit) {
    return hit.snippets().empty() ? std::vector<std::string>()
                                  : Cut(hit.snippets(0).text(), hit.snippets(0).highlights());
  }
};

// 대전 in conjoining jamo.
constexpr char kDecomposed[] = "\u1103\u1162\u110C\u1165\u11AB";

TEST_F(SearchHighlightTest, WordsOfTheTitle) {
  const std::string title = "대전에서, 다시 대전";
  EXPECT_THAT(Cut(title, Find("대전", title, "본문이다.").title_highlights()), ElementsAre("대전", "대전"));
}

TEST_F(SearchHighlightTest, AWordOfTheTitleOnlyLeavesTheSnippetEmpty) {
  const v1::SearchHit hit = Find("대전", "대전", "본문이다.");
  EXPECT_THAT(hit.snippets(), IsEmpty());
}

TEST_F(SearchHighlightTest, EachWordOfTheQuery) {
  EXPECT_THAT(SnippetCuts(Find("시민 대전", "제목", "대전에서 시민이 모였다.")), ElementsAre("대전", "시민"));
}

TEST_F(SearchHighlightTest, TheLettersAsTheTextHasThem) {
  EXPECT_THAT(SnippetCuts(Find("kbs samsung", "제목", "ＫＢＳ와 SAMSUNG을 다뤘다.")), ElementsAre("ＫＢＳ", "SAMSUNG"));
}

TEST_F(SearchHighlightTest, DecomposedHangulInTheText) {
  const std::string body = std::string("어제 ") + kDecomposed + "에서 열렸다.";
  EXPECT_THAT(SnippetCuts(Find("대전", "제목", body)), ElementsAre(kDecomposed));
}

TEST_F(SearchHighlightTest, DecomposedHangulInTheQuery) {
  EXPECT_THAT(SnippetCuts(Find(kDecomposed, "제목", "어제 대전에서 열렸다.")), ElementsAre("대전"));
}

TEST_F(SearchHighlightTest, EmojiBeforeAndBesideTheWord) {
  const std::string title = "👨‍👩‍👧‍👦🇰🇷대전🎉 축제";
  const v1::SearchHit hit = Find("대전", title, "🎉🎉 대전👍🏽에서");
  EXPECT_THAT(Cut(title, hit.title_highlights()), ElementsAre("대전"));
  EXPECT_THAT(SnippetCuts(hit), ElementsAre("대전"));
}

TEST_F(SearchHighlightTest, ReferencesAreTextLikeAnyOther) {
  // The API carries unescaped text: what looks like an HTML entity stays as it is, and shifts nothing.
  const std::string body = "A&amp;B &lt;대전&gt; &quot;대전&quot; &#x27;";
  const v1::SearchHit hit = Find("대전", "제목", body);
  ASSERT_EQ(hit.snippets_size(), 1);
  EXPECT_EQ(hit.snippets(0).text(), body);
  EXPECT_THAT(SnippetCuts(hit), ElementsAre("대전", "대전"));
}

TEST_F(SearchHighlightTest, ALongBodyIsCutToAPassageOfItself) {
  std::string body;
  for (int i = 0; i < 400; ++i) body += "🎉 앞에 있는 말 ";
  body += "대전에서 열렸다.";
  for (int i = 0; i < 400; ++i) body += " 뒤에 오는 말 🎉";
  const v1::SearchHit hit = Find("대전", "제목", body);
  ASSERT_EQ(hit.snippets_size(), 1);
  const v1::Snippet& snippet = hit.snippets(0);
  EXPECT_LT(snippet.text().size(), 500u);
  EXPECT_TRUE(IsValidUtf8(snippet.text()));
  EXPECT_EQ(body.substr(snippet.body_offset(), snippet.text().size()), snippet.text());
  EXPECT_THAT(Cut(snippet.text(), snippet.highlights()), ElementsAre("대전"));
}

}  // namespace
}  // namespace gisa
