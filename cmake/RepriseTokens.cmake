# SPDX-License-Identifier: Apache-2.0
# The design's values (web/design/tokens.css, docs/design.md) for the report and the mails. A folder that uses them runs
# again when the file changes.
#
#   reprise_token_styles(STYLE)               the values as a style sheet, for both themes, more contrast and print
#   reprise_token_value(COLOR dark --accent)  one value of a theme, light or dark

set(REPRISE_TOKENS ${PROJECT_SOURCE_DIR}/web/design/tokens.css)

# The declarations of the first block of `text` after `selector`, without comments and on one line.
function(reprise_token_block result text selector)
  string(FIND "${text}" "${selector} {" begin)
  if(begin EQUAL -1)
    message(FATAL_ERROR "${REPRISE_TOKENS}: no block \"${selector} {\"; the report and the mails need it")
  endif()
  string(SUBSTRING "${text}" ${begin} -1 block)
  string(REGEX REPLACE "^[^{]*{([^}]*)}.*$" "\\1" block "${block}")
  string(REGEX REPLACE "[ \n]+" " " block "${block}")
  string(STRIP "${block}" block)
  set(${result} "${block}" PARENT_SCOPE)
endfunction()

# Sets light, dark, light_more and dark_more.
macro(reprise_read_tokens)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${REPRISE_TOKENS})
  file(READ ${REPRISE_TOKENS} tokens)
  string(REGEX REPLACE "/\\*[^*]*\\*+([^/*][^*]*\\*+)*/" "" tokens "${tokens}")
  set(dark_root ":root[data-mantine-color-scheme=\"dark\"]")
  reprise_token_block(light "${tokens}" ":root")
  reprise_token_block(dark "${tokens}" "${dark_root}")
  string(REGEX REPLACE "^.*@media \\(prefers-contrast: more\\)" "" more "${tokens}")
  reprise_token_block(light_more "${more}" ":root")
  reprise_token_block(dark_more "${more}" "${dark_root}")
endmacro()

# Paper is white: it takes the light theme with more contrast, whatever the screen has.
function(reprise_token_styles result)
  reprise_read_tokens()
  string(CONCAT styles
    ":root { color-scheme: light dark; ${light} }\n"
    "@media (prefers-contrast: more) { :root { ${light_more} } }\n"
    "@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }\n"
    "@media screen and (prefers-color-scheme: dark) and (prefers-contrast: more) { :root { ${dark_more} } }\n"
    "@media print { :root { color-scheme: light; ${light_more} } }\n")
  set(${result} "${styles}" PARENT_SCOPE)
endfunction()

function(reprise_token_value result theme name)
  reprise_read_tokens()
  # What a theme leaves as it is stays as in the light one.
  foreach(declarations IN ITEMS "${${theme}}" "${light}")
    if(" ${declarations}" MATCHES " ${name}: ([^;]+);")
      set(${result} "${CMAKE_MATCH_1}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "${REPRISE_TOKENS}: ${name} not found; the report or a mail uses it")
endfunction()
