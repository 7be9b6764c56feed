#include "client/commands/version.h"

namespace gisa {

const char kVersionOfClient[] = GISA_VERSION;  // set for this file alone, so that a release compiles one file again

}  // namespace gisa
