# SPDX-License-Identifier: Apache-2.0
# What the WebAssembly build (preset "wasm": Debian's emscripten 3.1.6) needs beyond the module rules.

# Header-only Debian packages, copied one by one: with -I/usr/include the system's C headers would shadow emscripten's.
set(private_include ${CMAKE_BINARY_DIR}/private_include)
foreach(header_folder IN ITEMS tl nlohmann valijson)
  if(NOT EXISTS /usr/include/${header_folder})
    message(FATAL_ERROR "/usr/include/${header_folder} not found: run `make setup`")
  endif()
  file(COPY /usr/include/${header_folder} DESTINATION ${private_include})
endforeach()
target_include_directories(reprise_options SYSTEM INTERFACE ${private_include})
# Stands in for what find_package would give, which points to /usr/include.
add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
target_include_directories(nlohmann_json::nlohmann_json SYSTEM INTERFACE ${private_include})

target_compile_options(reprise_options INTERFACE -msimd128 -fwasm-exceptions)
target_link_options(reprise_options INTERFACE -fwasm-exceptions)

# Not the Node.js that emscripten itself runs on.
set(CMAKE_CROSSCOMPILING_EMULATOR ${NODE})

# A program (not the browser's module) runs under node and reads the real files, as it does natively. It is linked
# without wasm-opt, which takes longer than all the tests; its own sources are compiled for building time, not for
# speed.
add_library(reprise_program INTERFACE)
target_link_options(reprise_program INTERFACE -O1 -sNODERAWFS=1 -sENVIRONMENT=node -sWASM_ASYNC_COMPILATION=0
  -sALLOW_MEMORY_GROWTH=1 -sEXIT_RUNTIME=1)

if(REPRISE_TESTS)
  # Debian has googletest as a library for this machine only; its sources make one for the other.
  set(googletest /usr/src/googletest)
  if(NOT EXISTS ${googletest}/googletest/src/gtest-all.cc)
    message(FATAL_ERROR "${googletest} not found: run `make setup`")
  endif()
  add_library(reprise_googletest STATIC ${googletest}/googletest/src/gtest-all.cc
    ${googletest}/googlemock/src/gmock-all.cc ${googletest}/googletest/src/gtest_main.cc)
  foreach(part IN ITEMS googletest googlemock)
    target_include_directories(reprise_googletest SYSTEM
      PUBLIC ${googletest}/${part}/include PRIVATE ${googletest}/${part})
  endforeach()
  target_compile_options(reprise_googletest PRIVATE -O1 -fwasm-exceptions PUBLIC -DGTEST_HAS_PTHREAD=0)
  add_library(GTest::gtest_main ALIAS reprise_googletest)
  add_library(GTest::gmock ALIAS reprise_googletest)
endif()
