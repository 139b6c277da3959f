# SPDX-License-Identifier: Apache-2.0
# Finds libdeflate, whose Debian 12 package (1.14) has no CMake files: Libdeflate::Libdeflate.
find_path(Libdeflate_INCLUDE_DIR NAMES libdeflate.h)
find_library(Libdeflate_LIBRARY NAMES deflate)
mark_as_advanced(Libdeflate_INCLUDE_DIR Libdeflate_LIBRARY)

set(Libdeflate_VERSION "")
if(Libdeflate_INCLUDE_DIR)
  file(READ "${Libdeflate_INCLUDE_DIR}/libdeflate.h" header)
  if(header MATCHES "LIBDEFLATE_VERSION_STRING[ \t]+\"([0-9.]+)\"")
    set(Libdeflate_VERSION "${CMAKE_MATCH_1}")
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libdeflate
  REQUIRED_VARS Libdeflate_LIBRARY Libdeflate_INCLUDE_DIR
  VERSION_VAR Libdeflate_VERSION)

if(Libdeflate_FOUND AND NOT TARGET Libdeflate::Libdeflate)
  add_library(Libdeflate::Libdeflate UNKNOWN IMPORTED)
  set_target_properties(Libdeflate::Libdeflate PROPERTIES
    IMPORTED_LOCATION "${Libdeflate_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${Libdeflate_INCLUDE_DIR}")
endif()
