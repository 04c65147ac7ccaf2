"""Runs commands in turn, again and again, and prints what each run cost: wall, CPU and peak memory, children included.

Reads {"runs", "cwd", "env", "commands": {name: [word, ...]}} from stdin. Python, since Node cannot ask the system what
a child has used (wait4), and a process started from a small one is not charged with the memory of a big one.
"""
import json
import os
import sys
import time


def run(command, env):
    null = os.open(os.devnull, os.O_RDWR)
    # Stdout is a pipe, as for a script that reads the output. No output here is longer than a pipe's buffer.
    reader, writer = os.pipe()
    actions = [(os.POSIX_SPAWN_DUP2, to, stream) for stream, to in enumerate([null, writer, null])]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, env, file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    wall = (time.perf_counter() - start) * 1000
    for descriptor in (null, reader, writer):
        os.close(descriptor)
    if status != 0:
        sys.exit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
    # Linux counts memory in KiB, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return {"wall": wall, "cpu": (used.ru_utime + used.ru_stime) * 1000, "memory": used.ru_maxrss / unit}


def main():
    job = json.load(sys.stdin)
    os.chdir(job["cwd"])
    results = {name: [] for name in job["commands"]}
    for turn in range(job["runs"] + 1):
        for name, command in job["commands"].items():
            result = run(command, job["env"])
            # The first run fills the caches.
            if turn > 0:
                results[name].append(result)
    json.dump(results, sys.stdout)


main()
