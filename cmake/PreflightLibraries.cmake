# SPDX-License-Identifier: Apache-2.0
# The libraries of others. cmake/preflightConfig.cmake finds the same ones for whoever uses ours.
#
# With PREFLIGHT_STATIC_LIBRARIES each that Debian has as a static one goes into the program, which starts in half the
# time (docs/decisions/005-static-libraries.md).
if(PREFLIGHT_STATIC_LIBRARIES)
  list(PREPEND CMAKE_FIND_LIBRARY_SUFFIXES "${CMAKE_STATIC_LIBRARY_SUFFIX}")
  set(OPENSSL_USE_STATIC_LIBS ON)
endif()

find_package(CLI11 2.1 REQUIRED)
find_package(LibArchive 3.6 REQUIRED)
find_package(Libdeflate 1.14 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(simdjson 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(Threads REQUIRED)
find_package(Utf8proc 2.8 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)

if(PREFLIGHT_STATIC_LIBRARIES)
  # What the zip and tar readers of a static libarchive ask for in their turn.
  foreach(library IN ITEMS lzma zstd bz2 z nettle)
    find_library(PREFLIGHT_LIBRARY_${library} NAMES ${library} REQUIRED)
    mark_as_advanced(PREFLIGHT_LIBRARY_${library})
    target_link_libraries(LibArchive::LibArchive INTERFACE "${PREFLIGHT_LIBRARY_${library}}")
  endforeach()
  target_link_libraries(SQLite::SQLite3 INTERFACE m ${CMAKE_DL_LIBS} Threads::Threads)

  # The package file of yaml-cpp knows the shared library alone, though the static one lies beside it.
  find_library(PREFLIGHT_LIBRARY_yaml-cpp NAMES yaml-cpp REQUIRED)
  mark_as_advanced(PREFLIGHT_LIBRARY_yaml-cpp)
  get_target_property(configurations yaml-cpp IMPORTED_CONFIGURATIONS)
  foreach(configuration IN LISTS configurations)
    set_target_properties(yaml-cpp PROPERTIES "IMPORTED_LOCATION_${configuration}" "${PREFLIGHT_LIBRARY_yaml-cpp}")
  endforeach()
endif()
