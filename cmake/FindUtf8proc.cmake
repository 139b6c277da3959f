# SPDX-License-Identifier: Apache-2.0
# Finds utf8proc, whose Debian 12 package (2.8) has no CMake files: Utf8proc::Utf8proc.
find_path(Utf8proc_INCLUDE_DIR NAMES utf8proc.h)
find_library(Utf8proc_LIBRARY NAMES utf8proc)
mark_as_advanced(Utf8proc_INCLUDE_DIR Utf8proc_LIBRARY)

set(Utf8proc_VERSION "")
if(Utf8proc_INCLUDE_DIR)
  file(READ "${Utf8proc_INCLUDE_DIR}/utf8proc.h" header)
  foreach(part IN ITEMS MAJOR MINOR PATCH)
    if(header MATCHES "UTF8PROC_VERSION_${part}[ \t]+([0-9]+)")
      list(APPEND version_parts "${CMAKE_MATCH_1}")
    endif()
  endforeach()
  list(JOIN version_parts "." Utf8proc_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Utf8proc
  REQUIRED_VARS Utf8proc_LIBRARY Utf8proc_INCLUDE_DIR
  VERSION_VAR Utf8proc_VERSION)

if(Utf8proc_FOUND AND NOT TARGET Utf8proc::Utf8proc)
  add_library(Utf8proc::Utf8proc UNKNOWN IMPORTED)
  set_target_properties(Utf8proc::Utf8proc PROPERTIES
    IMPORTED_LOCATION "${Utf8proc_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${Utf8proc_INCLUDE_DIR}")
endif()
