# SPDX-License-Identifier: Apache-2.0
#
# preflight_module(<name> LEVEL <n>
#                  [HEADERS <file>...]    public headers, below include/preflight/<name>/
#                  [SOURCES <file>...]    sources and private headers, below src/<name>/
#                  [DEPENDS <module>...]  modules whose types stand in our public headers
#                  [USES <module>...]     modules that only our sources need
#                  [LIBRARIES <target>...] libraries of others; never passed on)
#
# makes the static library preflight::<name>. The module graph is enforced here:
#   - who is named in DEPENDS or USES must exist already and stand on a lower level, so neither a cycle nor a
#     call between siblings can be written down;
#   - a target finds the headers of the modules it names, and no others: each module's headers are reached through
#     a folder of their own that holds one symbolic link.
# The same facts go into modules.cmake in the build tree, from which tests/conventions checks what a compiler
# cannot.
set(PREFLIGHT_MANIFEST "${PROJECT_BINARY_DIR}/modules.cmake")
file(WRITE "${PREFLIGHT_MANIFEST}" "set(modules main)\nset(main_sees cli)\nset(main_files src/main.cpp)\n")

# Stops the configuration unless every module in ARGN may be used by `name`, which stands on `level`.
function(preflight_check_order name level)
  foreach(wanted IN LISTS ARGN)
    if(NOT TARGET preflight_${wanted})
      message(FATAL_ERROR "module '${name}' names '${wanted}', which is not declared before it")
    endif()
    get_target_property(wanted_level preflight_${wanted} PREFLIGHT_LEVEL)
    if(wanted_level GREATER_EQUAL level)
      message(FATAL_ERROR
        "module '${name}' (level ${level}) names '${wanted}' (level ${wanted_level}): only lower levels may be used")
    endif()
  endforeach()
endfunction()

function(preflight_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "LEVEL" "HEADERS;SOURCES;DEPENDS;USES;LIBRARIES")
  if(DEFINED module_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "module '${name}': what is '${module_UNPARSED_ARGUMENTS}'?")
  endif()
  if(NOT "${module_LEVEL}" MATCHES "^[0-9]$")
    message(FATAL_ERROR "module '${name}' has no LEVEL")
  endif()
  set(sees ${module_DEPENDS} ${module_USES})
  preflight_check_order(${name} ${module_LEVEL} ${sees})

  set(view "${PROJECT_BINARY_DIR}/views/${name}")
  file(MAKE_DIRECTORY "${view}/preflight")
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/include/preflight/${name}" "${view}/preflight/${name}" SYMBOLIC)

  set(target preflight_${name})
  add_library(${target} STATIC ${module_SOURCES})
  add_library(preflight::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES
    PREFLIGHT_LEVEL ${module_LEVEL}
    EXPORT_NAME ${name}
    VERIFY_INTERFACE_HEADER_SETS ON)
  target_compile_features(${target} PUBLIC cxx_std_20)

  list(TRANSFORM module_HEADERS PREPEND "${view}/preflight/${name}/" OUTPUT_VARIABLE public_headers)
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${view}" FILES ${public_headers})

  foreach(list IN ITEMS DEPENDS USES)
    list(TRANSFORM module_${list} PREPEND "preflight::" OUTPUT_VARIABLE linked_${list})
  endforeach()
  target_link_libraries(${target}
    PUBLIC  ${linked_DEPENDS}
    PRIVATE ${linked_USES} ${module_LIBRARIES} $<BUILD_INTERFACE:preflight_flags>)
  install(TARGETS ${target} EXPORT preflight FILE_SET HEADERS)

  list(TRANSFORM module_HEADERS PREPEND "include/preflight/${name}/")
  list(TRANSFORM module_SOURCES PREPEND "src/${name}/")
  string(CONCAT facts
    "list(APPEND modules ${name})\n"
    "set(${name}_sees ${sees})\n"
    "set(${name}_files ${module_HEADERS} ${module_SOURCES})\n")
  string(REPLACE ";" " " facts "${facts}")
  file(APPEND "${PREFLIGHT_MANIFEST}" "${facts}")
endfunction()
