#ifndef GISA_CLIENT_COMMANDS_HIGHLIGHT_H_
#define GISA_CLIENT_COMMANDS_HIGHLIGHT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "client/commands/console.h"
#include "gisa/v1/archive_service.pb.h"
#include "google/protobuf/repeated_field.h"

namespace gisa {

// `text` on one line with its highlighted ranges in colour, or in [brackets] where the output shows none. Ranges are
// ordered; those that overlap or leave the text are left out.
std::string Highlighted(absl::string_view text, const google::protobuf::RepeatedPtrField<v1::TextRange>& ranges,
                        const Console& console);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_HIGHLIGHT_H_
