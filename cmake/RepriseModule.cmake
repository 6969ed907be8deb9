# SPDX-License-Identifier: Apache-2.0
# One module = one folder = one library, its headers each compiled alone, and one test program from the *_test.cpp
# files beside the sources.
#
#   reprise_module(signal SOURCES butterworth.cpp ... HEADERS butterworth.h ... TESTS butterworth_test.cpp ...
#                  DEPENDS reprise_base)
#
# makes the targets reprise_signal and reprise_signal_test. Lists are explicit, so that a forgotten file is seen. The
# word UNTRUSTED_INPUT says that it reads what others wrote: it is built so that a fuzzer sees its way through it, and
# its tests are run with sanitizers, too. Those of the others are left to REPRISE_EVERY_TEST there (make soak).
# HEAVY_HEADERS: what it includes (JSON, Boost) takes longer to compile than what it says: its sources are compiled as
# one, and its headers not each alone: that would take minutes of every build.
# SLOW_SANITIZED: its tests share a database or a server, or take whole movements through the engine. With sanitizers
# those take longer than all the others together and are left to REPRISE_EVERY_TEST (make soak).
# SMALL_IN_BROWSERS: the pages load it, and its work takes no time; built for size there.
# IN_BROWSERS_TOO: its tests are also run in WebAssembly. Those of the others take much of that build, and are left
# to REPRISE_EVERY_TEST (make soak): fixed sessions and measurements, compared with the native build, go through
# them there.
# The presets that sanitize, and that for browsers, compile every module's sources as one: names in their anonymous
# namespaces differ within a module.

option(REPRISE_TESTS "Build the unit tests" ON)
option(REPRISE_EVERY_TEST "All journeys; all unit tests with sanitizers and in browsers, too" OFF)
option(REPRISE_MEASUREMENTS "Build what make bench and make revalidate run" ON)

# What `make test` runs under sanitizers: the test programs and the fuzzers.
add_custom_target(reprise_checks)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_package(Eigen3 3.4 REQUIRED)
if(REPRISE_TESTS AND NOT EMSCRIPTEN)
  find_package(GTest REQUIRED)
endif()

add_library(reprise_options INTERFACE)
# g++ 12 at -O3 sees array overruns in loops over constexpr arrays that are not there, and overlapping copies in
# "literal" + std::string; the sanitizer build checks both.
target_include_directories(reprise_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(reprise_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Werror -Wno-array-bounds $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> -ffp-contract=off)
if(EMSCRIPTEN)
  include(RepriseWasm)
else()
  # Programs that read files: nothing to add natively (RepriseWasm.cmake lets node run them).
  add_library(reprise_program INTERFACE)
endif()

# What nearly every test includes, parsed once for all of them: a fifth of their compile time. Emscripten's few tests do
# without.
# The tests' own code is run once; what they test keeps the build's optimization.
set(test_optimization $<$<CONFIG:Release>:-O1>)
if(REPRISE_SANITIZE)
  # clang takes three times as long to optimize sanitized code as to emit it. Where all tests run, the engine's
  # arithmetic needs the optimization; texts, databases and the tests themselves do not.
  set(test_optimization -O0)
  set(heavy_effort -O0)
  if(NOT REPRISE_EVERY_TEST)
    target_compile_options(reprise_options INTERFACE -O0)
  endif()
endif()
if(REPRISE_TESTS AND NOT EMSCRIPTEN)
  set(no_source ${PROJECT_BINARY_DIR}/test_headers.cpp)  # a target of headers alone needs one all the same
  file(CONFIGURE OUTPUT ${no_source} CONTENT "")
  add_library(reprise_test_headers OBJECT ${no_source})
  target_link_libraries(reprise_test_headers PRIVATE reprise_options Eigen3::Eigen GTest::gmock GTest::gtest_main)
  target_compile_options(reprise_test_headers PRIVATE ${test_optimization})
  target_precompile_headers(reprise_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <Eigen/Core> <Eigen/Geometry>
    <algorithm> <filesystem> <fstream> <map> <optional> <string> <vector>)
endif()

# How a program of tests is compiled.
function(reprise_compile_tests target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  target_compile_definitions(${target} PRIVATE REPRISE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(NOT EMSCRIPTEN)
    target_compile_options(${target} PRIVATE ${test_optimization})
    target_precompile_headers(${target} REUSE_FROM reprise_test_headers)
  endif()
endfunction()

# Tests that show much data to code which other tests run, too, take minutes under sanitizers and in WebAssembly, and
# are left out there: LONG_TESTS, a filter of googletest.
function(reprise_test_filter variable long_tests)
  set(${variable} "*" PARENT_SCOPE)
  if(long_tests AND (REPRISE_SANITIZE OR EMSCRIPTEN))
    set(${variable} "-${long_tests}" PARENT_SCOPE)
  endif()
endfunction()

# Whether this build leaves out the unit tests of a module, by its words: true or false.
function(reprise_leaves_out variable untrusted_input slow_sanitized in_browsers_too)
  set(${variable} FALSE PARENT_SCOPE)
  if(NOT REPRISE_EVERY_TEST AND ((REPRISE_SANITIZE AND (slow_sanitized OR NOT untrusted_input))
      OR (EMSCRIPTEN AND NOT in_browsers_too)))
    set(${variable} TRUE PARENT_SCOPE)
  endif()
endfunction()

# About how many seconds the longest programs take under sanitizers, beside two others: those begin first. Elsewhere the
# same order holds.
set(seconds_of_fhir_api 140)
set(seconds_of_session 35)
set(seconds_of_exercises 30)
set(seconds_of_reactions 50)
set(seconds_of_report 40)
set(seconds_of_plan 20)
set(seconds_of_accounts 30)
set(seconds_of_server 25)
set(seconds_of_fhir 25)
set(seconds_of_search 25)
set(seconds_of_simulated_clinic 15)
# One that takes longer than a minute is run in parts under sanitizers; each writes a report of its own.
set(seconds_of_a_part 60)

# One process for all tests of a program: to start node, a sanitizer, or the database that they share for each takes
# longer than the tests. tests/run.sh counts the tests from the reports.
function(reprise_add_test_program name filter)
  set(seconds 10)  # before tests of a second, which fill the end better
  if(DEFINED seconds_of_${name})
    set(seconds ${seconds_of_${name}})
  endif()
  set(parts 1)
  if(REPRISE_SANITIZE)
    math(EXPR parts "(${seconds} + ${seconds_of_a_part} - 1) / ${seconds_of_a_part}")
  endif()
  math(EXPR seconds "${seconds} / ${parts}")
  foreach(part RANGE 1 ${parts})
    set(test ${name})
    if(parts GREATER 1)
      set(test ${name}.${part})
    endif()
    math(EXPR index "${part} - 1")
    add_test(NAME ${test} COMMAND reprise_${name}_test --gtest_brief=1 --gtest_filter=${filter}
      --gtest_output=xml:${CMAKE_BINARY_DIR}/unit_tests/${test}.xml)
    set_tests_properties(${test} PROPERTIES COST ${seconds}
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${parts};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()

function(reprise_module name)
  cmake_parse_arguments(ARG "UNTRUSTED_INPUT;SLOW_SANITIZED;HEAVY_HEADERS;SMALL_IN_BROWSERS;IN_BROWSERS_TOO"
    "LONG_TESTS" "SOURCES;HEADERS;TESTS;DEPENDS;TEST_DEPENDS" ${ARGN})
  set(target reprise_${name})
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    set_target_properties(${target} PROPERTIES REPRISE_UNTRUSTED_INPUT ${ARG_UNTRUSTED_INPUT})
    if(ARG_HEAVY_HEADERS)
      set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0
        VERIFY_INTERFACE_HEADER_SETS OFF)
      target_compile_options(${target} PRIVATE ${heavy_effort})
    endif()
    if(EMSCRIPTEN AND ARG_SMALL_IN_BROWSERS)
      target_compile_options(${target} PRIVATE -Oz)
    endif()
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ARG_HEADERS})
  target_link_libraries(${target} ${scope} $<BUILD_INTERFACE:reprise_options> Eigen3::Eigen ${ARG_DEPENDS})
  target_compile_features(${target} ${scope} cxx_std_20)
  reprise_leaves_out(left_out ${ARG_UNTRUSTED_INPUT} ${ARG_SLOW_SANITIZED} ${ARG_IN_BROWSERS_TOO})
  if(REPRISE_TESTS AND ARG_TESTS AND NOT left_out)
    add_executable(${target}_test ${ARG_TESTS})
    target_link_libraries(${target}_test PRIVATE ${target} ${ARG_TEST_DEPENDS} reprise_program
      GTest::gmock GTest::gtest_main)
    add_dependencies(reprise_checks ${target}_test)
    reprise_compile_tests(${target}_test)
    reprise_test_filter(filter "${ARG_LONG_TESTS}")
    reprise_add_test_program(${name} "${filter}")
  endif()
endfunction()
