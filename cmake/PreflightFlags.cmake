# SPDX-License-Identifier: Apache-2.0
# How every target of this project is compiled. Used inside the build tree only; nothing of it is exported.
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

add_library(preflight_flags INTERFACE)
target_compile_features(preflight_flags INTERFACE cxx_std_20)

# All input is hostile, so the standard library checks its own preconditions in every build.
target_compile_definitions(preflight_flags INTERFACE _GLIBCXX_ASSERTIONS)

target_compile_options(preflight_flags INTERFACE
  -Wall -Wextra -Wpedantic
  -Wconversion -Wsign-conversion -Wold-style-cast -Wcast-qual -Wuseless-cast
  -Wshadow -Wundef -Wformat=2 -Wswitch-enum -Wimplicit-fallthrough
  -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers # a designated initialiser names what differs from the default
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-branches>
  $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-unknown-warning-option>)
