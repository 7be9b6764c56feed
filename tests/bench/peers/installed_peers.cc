#include "tests/bench/peers/peer.h"

namespace gisa {

std::vector<Peer> InstalledPeers() {
  return {
#ifdef GISA_HAS_XAPIAN
      XapianPeer(),
#endif
#ifdef GISA_HAS_GROONGA
      GroongaPeer(),
#endif
  };
}

}  // namespace gisa
