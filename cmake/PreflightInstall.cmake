# SPDX-License-Identifier: Apache-2.0
# The CMake package that find_package(preflight) of another project reads. The targets themselves are exported by
# src/CMakeLists.txt.
include(CMakePackageConfigHelpers)

set(PREFLIGHT_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/preflight")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/preflightConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/preflightConfigVersion.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/preflightConfig.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindLibdeflate.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/FindUtf8proc.cmake"
  DESTINATION "${PREFLIGHT_PACKAGE_DIR}")
