# SPDX-License-Identifier: Apache-2.0
# One fuzz target = one LLVMFuzzerTestOneInput and a folder of small inputs, tests/fuzz/corpus/<name>/.
#
#   reprise_fuzz_target(tflite SOURCES tflite_fuzz.cpp DEPENDS reprise_networks)
#
# With REPRISE_FUZZ (preset asan-ubsan, clang): the libFuzzer program reprise_tflite_fuzz and a test that
# replays the corpus and then searches on for REPRISE_FUZZ_SECONDS. Without: nothing.

option(REPRISE_FUZZ "Build libFuzzer programs (clang only)" OFF)
set(REPRISE_FUZZ_SECONDS 5 CACHE STRING "How long the test command fuzzes each target")
# One input may take so long. Code that is not optimized takes several times as long as other code.
set(fuzz_timeout 100)
if(REPRISE_EVERY_TEST)
  set(fuzz_timeout 20)
endif()

if(REPRISE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "REPRISE_FUZZ needs clang: use `cmake --preset asan-ubsan`")
  endif()
endif()

function(reprise_fuzz_target name)
  if(NOT REPRISE_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  set(target reprise_${name}_fuzz)
  set(corpus ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
  add_executable(${target} ${ARG_SOURCES})
  add_dependencies(reprise_checks ${target})
  target_compile_definitions(${target} PRIVATE REPRISE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE ${ARG_DEPENDS})
  set_target_properties(${target} PROPERTIES REPRISE_UNTRUSTED_INPUT ON)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  # What it finds stays in the build folder; the corpus in the source is only read.
  set(found ${CMAKE_CURRENT_BINARY_DIR}/${name}_found)
  file(MAKE_DIRECTORY ${found})
  add_test(NAME fuzz.${name} COMMAND ${target} -max_total_time=${REPRISE_FUZZ_SECONDS} -timeout=${fuzz_timeout}
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix=${found}/ ${found} ${corpus})
endfunction()
