# SPDX-License-Identifier: Apache-2.0
# cmake -D BUILD=<build tree> -D PROGRAM=<source of the consumer> -D WORK=<folder> -D GENERATOR=<name>
#       -D COMPILER=<path> -D FLAGS=<flags> -P install_and_use.cmake
#
# Installs what was built into an empty folder, builds the consumer against it, and runs it and the installed program.

# run(<variable> <command>...): the output of a command that must succeed.
function(run output)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${WORK}" OUTPUT_VARIABLE text ERROR_VARIABLE text RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "'${command}' ended with ${result}:\n${text}")
  endif()
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(expect_words text words)
  if(NOT text MATCHES "${words}")
    message(FATAL_ERROR "expected '${words}' in:\n${text}")
  endif()
endfunction()

set(prefix "${WORK}/installed")
file(REMOVE_RECURSE "${WORK}")
file(WRITE "${WORK}/broken.zip" "PK")
run(ignored ${CMAKE_COMMAND} --install "${BUILD}" --prefix "${prefix}")

run(ignored ${CMAKE_COMMAND} -S "${PROGRAM}" -B "${WORK}/build" -G "${GENERATOR}"
  "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(ignored ${CMAKE_COMMAND} --build "${WORK}/build")

run(output "${WORK}/build/consumer")
expect_words("${output}" "unpack\\.too-small")

run(output "${prefix}/bin/lambda-preflight" --version)
expect_words("${output}" "^lambda-preflight [0-9]+\\.[0-9]+\\.[0-9]+\n$")
run(output "${prefix}/bin/lambda-preflight" rules)
expect_words("${output}" "unpack\\.too-small")

file(GLOB programs RELATIVE "${prefix}/bin" "${prefix}/bin/*")
if(NOT programs STREQUAL "lambda-preflight")
  message(FATAL_ERROR "installed are: ${programs}")
endif()
