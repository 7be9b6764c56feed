#ifndef GISA_SERVER_CURSOR_CODEC_H_
#define GISA_SERVER_CURSOR_CODEC_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/archive.h"
#include "storage/search.h"

namespace gisa {

// The cursors inside page tokens: their fields in the order of declaration, numbers as varints (signed ones zigzag),
// doubles as 8 bytes, strings and lists with their length in front. Decoding returns nullopt for anything else.

std::string EncodeSearchCursor(const SearchCursor& cursor);
std::optional<SearchCursor> DecodeSearchCursor(absl::string_view bytes);

std::string EncodeExportCursor(const ExportCursor& cursor);
std::optional<ExportCursor> DecodeExportCursor(absl::string_view bytes);

std::string EncodeDuplicateCursor(const DuplicateCursor& cursor);
std::optional<DuplicateCursor> DecodeDuplicateCursor(absl::string_view bytes);

std::string EncodeClusterCursor(const ClusterCursor& cursor);
std::optional<ClusterCursor> DecodeClusterCursor(absl::string_view bytes);

// The last revision of a page of ListRevisions.
std::string EncodeRevisionCursor(uint32_t revision);
std::optional<uint32_t> DecodeRevisionCursor(absl::string_view bytes);

}  // namespace gisa

#endif  // GISA_SERVER_CURSOR_CODEC_H_
