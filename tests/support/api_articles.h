#ifndef GISA_TESTS_SUPPORT_API_ARTICLES_H_
#define GISA_TESTS_SUPPORT_API_ARTICLES_H_

#include <string>

#include "gisa/v1/article.pb.h"

namespace gisa {

v1::ArticleKey ApiKey(const std::string& oid, const std::string& aid);

// `oid/aid`.
std::string KeyText(const v1::ArticleKey& key);
std::string KeyText(const v1::Article& article);

// An article of publisher 101 with every field of a request set but content_hash.
v1::Article ApiArticle(const std::string& aid, const std::string& body);

// The hash as the API states it.
std::string HashOf(const std::string& body);

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_API_ARTICLES_H_
