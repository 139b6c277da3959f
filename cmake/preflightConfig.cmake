# SPDX-License-Identifier: Apache-2.0
# Our libraries are static: a program that links one of them links what that one needs, too.
include(CMakeFindDependencyMacro)

list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
find_dependency(CLI11 2.1)
find_dependency(LibArchive 3.6)
find_dependency(Libdeflate 1.14)
find_dependency(nlohmann_json 3.11)
find_dependency(OpenSSL 3.0 COMPONENTS Crypto)
find_dependency(simdjson 3.0)
find_dependency(SQLite3 3.40)
find_dependency(Threads)
find_dependency(Utf8proc 2.8)
find_dependency(yaml-cpp 0.7)
list(POP_FRONT CMAKE_MODULE_PATH)

include("${CMAKE_CURRENT_LIST_DIR}/preflightTargets.cmake")
