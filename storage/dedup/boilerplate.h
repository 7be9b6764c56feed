#ifndef GISA_STORAGE_DEDUP_BOILERPLATE_H_
#define GISA_STORAGE_DEDUP_BOILERPLATE_H_

#include "absl/strings/string_view.h"

namespace gisa {

// What every article of a publisher carries says nothing about what it is a copy of, and in a short item it can be most
// of the text. The comparison of bodies leaves it out, line by line, by these rules:
//
// - copyright: a line of up to 160 bytes with ⓒ, ©, Copyright, 저작권자, 재배포, or 무단 before 전재, 복제, 배포 or
// 도용;
// - signature: a line of up to 80 bytes with an e-mail address, or whose last word ends in 기자, 특파원, 앵커, 리포터
// or
//   논설위원;
// - caption and credit: a line of up to 120 bytes that begins with 사진=, 사진제공, [사진, (사진 or 자료사진, or ends
// in 제공
//   or 자료사진;
// - speaker and section: a line of up to 60 bytes that is all in brackets: [앵커], <기자>, ◀ 리포트 ▶, [신문 이름];
// - link: a line of up to 160 bytes that begins with ▶ or ☞.
//
// White space around the line does not count. The rules are about form: no publisher is named.
bool IsBoilerplateLine(absl::string_view line);

// Returns `line` without the dateline in front, of up to 120 bytes: `(서울=통신사) 이름 기자 = ` or `[신문 이름 기자]
// `.
absl::string_view StripDateline(absl::string_view line);

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_BOILERPLATE_H_
