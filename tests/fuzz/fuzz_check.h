#ifndef GISA_TESTS_FUZZ_FUZZ_CHECK_H_
#define GISA_TESTS_FUZZ_FUZZ_CHECK_H_

#include <cstdio>
#include <cstdlib>

// Ends the program when `condition` does not hold, whatever the build type: libFuzzer keeps the input.
#define FUZZ_CHECK(condition)                                                             \
  do {                                                                                    \
    if (!(condition)) {                                                                   \
      std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                       \
    }                                                                                     \
  } while (false)

#endif  // GISA_TESTS_FUZZ_FUZZ_CHECK_H_
