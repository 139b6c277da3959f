# SPDX-License-Identifier: Apache-2.0
"""Runs a program once for each line it is given: launcher.py OUTPUT SECONDS COMMAND...

Each line is a last argument; answered by exit code, seconds of wall time and peak memory in KiB. What the program prints
goes to OUTPUT; SECONDS of CPU time are the most it gets, if not 0.

A process of its own, which imports next to nothing: Linux counts the memory of whoever starts a process into that
process's peak, so only a small one measures small programs. corpus_runner.py is not small.
"""

import os
import resource
import sys
import time


def main(output, seconds, *command):
    if int(seconds) > 0:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
               (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    for line in sys.stdin:
        start = time.perf_counter()
        child = os.posix_spawn(command[0], [*command, line.rstrip("\n")], os.environ, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        elapsed = time.perf_counter() - start
        print(os.waitstatus_to_exitcode(status), elapsed, usage.ru_maxrss, flush=True)


main(*sys.argv[1:])
