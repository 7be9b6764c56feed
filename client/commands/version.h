#ifndef GISA_CLIENT_COMMANDS_VERSION_H_
#define GISA_CLIENT_COMMANDS_VERSION_H_

namespace gisa {

// The version of this build of the client, such as "0.1.0".
extern const char kVersionOfClient[];

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_VERSION_H_
