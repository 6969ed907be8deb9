# SPDX-License-Identifier: Apache-2.0
# AddressSanitizer and UndefinedBehaviorSanitizer for every target.

option(REPRISE_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(NOT REPRISE_SANITIZE)
  return()
endif()

# Everywhere, AddressSanitizer sees a bad pointer where it is used. To ask before each access, too, makes small matrices
# crawl: that is for the code that outside bytes reach.
set(reads_outside_bytes $<BOOL:$<TARGET_PROPERTY:REPRISE_UNTRUSTED_INPUT>>)
target_compile_options(reprise_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
  -fno-omit-frame-pointer $<$<NOT:${reads_outside_bytes}>:-fno-sanitize=null,alignment,object-size,pointer-overflow>)
# Some hundred large programs are linked.
target_link_options(reprise_options INTERFACE -fsanitize=address,undefined -fuse-ld=lld)
if(REPRISE_FUZZ)
  target_compile_options(reprise_options INTERFACE $<${reads_outside_bytes}:-fsanitize=fuzzer-no-link>)
endif()
