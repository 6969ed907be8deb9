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
