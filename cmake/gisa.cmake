# The build rules that every folder shares.
include(GoogleTest)

add_library(gisa_options INTERFACE)
target_include_directories(gisa_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(gisa_options INTERFACE -Wall -Wextra -Werror -Wno-unused-parameter)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Sees overlaps where std::string is put together (GCC bug 105651), and reads of an empty std::optional (bug 80635).
  target_compile_options(gisa_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(gisa_options INTERFACE -Wthread-safety)
endif()
if(GISA_SANITIZE)
  add_compile_options(-fsanitize=${GISA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GISA_SANITIZE})
endif()
if(GISA_SANITIZE STREQUAL "thread")
  # Each executable defines absl::Mutex and a few of gRPC's calls anew, exported so that the libraries use them too.
  add_library(gisa_tsan OBJECT ${PROJECT_SOURCE_DIR}/tests/support/tsan/absl_synchronization.cc
                               ${PROJECT_SOURCE_DIR}/tests/support/tsan/grpc_calls.cc)
  target_sources(gisa_options INTERFACE
    $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:gisa_tsan>>)
  target_link_options(gisa_options INTERFACE -rdynamic)
  target_link_libraries(gisa_options INTERFACE ${CMAKE_DL_LIBS})
endif()

if(GISA_FUZZ)
  # Lets libFuzzer see which code of the libraries an input reaches.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# gisa_library(NAME SOURCES … DEPS …): the static library of a folder.
function(gisa_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE gisa_options)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# gisa_test(NAME SOURCES … DEPS …): a GoogleTest program; each of its tests is a test of ctest, with
# GISA_JOIN_TESTS the whole program.
function(gisa_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${GISA_JOIN_TESTS} UNITY_BUILD_BATCH_SIZE 12)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} gisa_options GTest::gmock GTest::gtest_main)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Optimized, sees endless copies where GoogleTest prints messages of Protobuf (GCC bug 105329).
    target_compile_options(${name} PRIVATE -Wno-stringop-overflow -Wno-array-bounds)
  endif()
  if(GISA_JOIN_TESTS)
    # Under a sanitizer a program takes longer to start than most tests to run.
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 1200)
  else()
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
  endif()
endfunction()
