#ifndef GISA_SERVER_VERSION_H_
#define GISA_SERVER_VERSION_H_

namespace gisa {

// The version of this build, such as "0.1.0".
extern const char kVersion[];

}  // namespace gisa

#endif  // GISA_SERVER_VERSION_H_
