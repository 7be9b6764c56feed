#include "storage/leveldb/text_rewriter.h"

#include <string>
#include <utility>

#include "gisa/storage/v1/records.pb.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/text_codec.h"

namespace gisa {

void ReplaceText(uint64_t sequence, ChangeValue change, absl::string_view stored_text, Transaction& transaction) {
  storage::v1::StateRecord& state = transaction.state();
  state.set_stored_text_bytes(state.stored_text_bytes() - change.stored_text.size() + stored_text.size());
  transaction.Put(RecordKey::OfChange(sequence),
                  EncodeChangeValue(sequence, change.key, std::move(change.record), stored_text));
}

absl::Status RewriteTexts(uint64_t first, uint64_t last, Transaction& transaction) {
  const TextCodec& codec = transaction.text_codec();
  for (uint64_t sequence = first; sequence <= last; ++sequence) {
    ASSIGN_OR_RETURN(ChangeValue change, ParseChange(sequence, transaction.Get(RecordKey::OfChange(sequence))));
    if (change.stored_text.empty() || codec.IsOfNewestDictionary(change.stored_text)) continue;
    ASSIGN_OR_RETURN(const std::string text, codec.Decode(change.stored_text));
    const std::string stored_text = codec.Encode(text);
    if (stored_text.size() >= change.stored_text.size()) continue;
    ReplaceText(sequence, std::move(change), stored_text, transaction);
  }
  return absl::OkStatus();
}

}  // namespace gisa
