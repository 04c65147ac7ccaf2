export default [
  {
    file: 'packages/process/src/ancestry.ts',
    old: 'if (parent === pid) return true',
    new: 'return parent === pid',
    promise: 'A command recognises each of its ancestors.',
  },
  {
    file: 'packages/process/src/contain.ts',
    old: "process.platform === 'linux' ? PRCTL[process.arch] : undefined",
    new: 'PRCTL[process.arch]',
    promise: 'On a system that cannot contain, the command stays unchanged.',
  },
  {
    file: 'packages/process/src/contain.ts',
    old: "'exec {$ARGV[0]} @ARGV'",
    new: "'exec @ARGV'",
    promise: 'A command of one word is not run by a shell.',
  },
  {
    file: 'packages/process/src/contain.ts',
    old: '`delete $ENV{${QUIET}}`',
    new: "'1'",
    promise: 'A contained program gets its environment unchanged.',
  },
  {
    file: 'packages/process/src/contain.ts',
    old: "const OPTIONS = ['-tX', '-C0', '-e']",
    new: "const OPTIONS = ['-X', '-C0', '-e']",
    promise: "Perl's own variables do not affect a contained program.",
  },
  {
    file: 'packages/process/src/contain.ts',
    old: "'exit 127'",
    new: "'exit 0'",
    promise: 'A program that cannot be run exits with 127.',
  },
  {
    file: 'packages/process/src/identity.ts',
    old: 'return processes.startTimes([pid]).get(pid) === start',
    new: 'return processes.startTimes([pid]).has(pid) && start !== undefined',
    promise: 'A later process with the same pid is not the one identified.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'if (graceMs > 0) await ending.terminate(graceMs, rounds)',
    new: 'if (graceMs < 0) await ending.terminate(graceMs, rounds)',
    promise: 'A session gets SIGTERM before SIGKILL.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: `      await sleep(pauseOf(round))
    }
    this.#scan()
  }`,
    new: `      await sleep(pauseOf(round))
    }
  }`,
    promise: 'A process that ended after the last signal is not reported as a survivor.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'if (members.length === 0 || timeLeft <= 0) return',
    new: 'if (members.length === 0) return',
    promise: 'The wait for a process that ignores SIGTERM ends with the grace period.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'terminated.get(pid) === start',
    new: 'asked.has(pid)',
    promise: 'A new member that reuses the pid of a terminated one gets SIGTERM, too.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'for (const {pid, start} of frozen) terminated.set(pid, start)',
    new: '',
    promise: 'A member that ends slowly gets one SIGTERM.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'const frozen = await this.#freeze(rounds, members)',
    new: 'const frozen = members',
    promise: 'A process that forks between the scan and its end leaves no unseen child.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: `frozen.filter(({stopped}) => stopped),
          'SIGCONT',`,
    new: `[],
          'SIGCONT',`,
    promise: 'A stopped member is continued after SIGTERM, so that it can clean up.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'members.sort((a, b) => Number(this.#isRoot(b)) - Number(this.#isRoot(a)))',
    new: 'members.sort((a, b) => Number(this.#isRoot(a)) - Number(this.#isRoot(b)))',
    promise: 'The roots are killed first: they may replace a child that dies.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: '!member.stopped && !this.#isRoot(member)',
    new: '!member.stopped',
    promise: 'A root is not stopped: tmux continues a stopped pane process.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: `      await sleep(pauseOf(round))
      members = this.#scan()`,
    new: `      await sleep(pauseOf(round))
      members = members.map((member) => ({...member, stopped: true}))`,
    promise: 'A child that a member forked before it was stopped is ended with it.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'return this.#found.filter(({pid}) => !untouchable.has(pid))',
    new: 'return this.#found.filter(({pid}) => untouchable.size >= 0 && pid > 0)',
    promise: 'The caller and its ancestors get no signal.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'ancestorsOf(scan, this.#processes.self).add(this.#processes.self)',
    new: 'new Set([this.#processes.self])',
    promise: 'The ancestors of the caller get no signal.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: 'ancestorsOf(scan, this.#processes.self).add(this.#processes.self)',
    new: 'ancestorsOf(scan, this.#processes.self)',
    promise: 'The caller gets no signal.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: `this.#found = this.#members.find(scan)
    const untouchable = ancestorsOf(scan, this.#processes.self).add(this.#processes.self)
    return this.#found.filter(({pid}) => !untouchable.has(pid))`,
    new: `const untouchable = ancestorsOf(scan, this.#processes.self).add(this.#processes.self)
    this.#found = this.#members.find(scan).filter(({pid}) => !untouchable.has(pid))
    return this.#found`,
    promise: 'A caller inside the session is reported as a survivor.',
  },
  {
    file: 'packages/process/src/kill.ts',
    old: `for (let round = 1; round <= rounds; round++) {
      const members = await this.#freeze(rounds)`,
    new: `for (let round = 1; round <= 1; round++) {
      const members = await this.#freeze(rounds)`,
    promise: 'A process that survives the first SIGKILL gets another.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'this.#roots = roots.filter((pid) => pid > 1)',
    new: 'this.#roots = roots',
    promise: 'The roots 0 and 1 are ignored.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: '!ancestors.has(pid) && (marker === undefined || own.has(marker))',
    new: 'marker === undefined || own.has(marker)',
    promise: 'The ancestors of a session are never its members.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: '!ancestors.has(pid) && (marker === undefined || own.has(marker))',
    new: '!ancestors.has(pid) && (marker === undefined || own.size > 0)',
    promise: "A process with another session's marker is no member.",
  },
  {
    file: 'packages/process/src/members.ts',
    old: '[...found].filter((entry) => !hosted.has(entry))',
    new: '[...found].filter((entry) => hosted.size >= 0 && entry.pid > 0)',
    promise: 'A tmux server that the session started is not ended, nor what runs in it.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'for (const {pid, start} of members) this.#known.set(pid, start)',
    new: '',
    promise: 'A member that lost its parent and its environment is still a member.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'new Set([...roots.map(({pid}) => pid), ...ended])',
    new: 'new Set(roots.map(({pid}) => pid))',
    promise: 'After a root has ended, its session id still finds the other members.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'new Set(roots.flatMap(({terminal}) => terminal ?? []))',
    new: 'new Set<string>()',
    promise: "A process on a root's terminal is a member.",
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'ancestors.has(parent) &&',
    new: 'parent > 0 &&',
    promise: 'The child of a foreign process that has the terminal open is no member.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'this.#known.get(entry.pid) === entry.start ||',
    new: 'this.#known.has(entry.pid) ||',
    promise: 'A later process with the pid of a member is no member.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'if (this.#known.size > 0) return this.#known.get(pid) === start',
    new: 'if (this.#known.size > 0) return true',
    promise: 'A later process with the pid of a root is no root.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'return this.#parentPid === undefined || this.#parentPid === parent',
    new: 'return true',
    promise: 'A root that another process started is no root.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'this.#ownMarkers ??= new Set(',
    new: 'this.#ownMarkers = new Set(',
    promise: 'The tree of a session without a marker stays together when its root has ended.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'new Set([1, ...outside.flatMap((chain) => [...chain])])',
    new: 'new Set(outside.flatMap((chain) => [...chain]))',
    promise: 'Pid 1 is never a member, but an orphan that it adopted can be one.',
  },
  {
    file: 'packages/process/src/members.ts',
    old: 'chains.filter((chain) => !this.#roots.some((root) => chain.has(root)))',
    new: 'chains',
    promise: 'A process between two roots of a session is a member.',
  },
  {
    file: 'packages/process/src/proc-stat.ts',
    old: "text.slice(text.lastIndexOf(')') + 2).split(' ', LAST_FIELD - 2)",
    new: "text.slice(text.indexOf(')') + 2).split(' ', LAST_FIELD - 2)",
    promise: "Parentheses in a program's name do not shift the fields.",
  },
  {
    file: 'packages/process/src/proc-stat.ts',
    old: "letter === 'X' || (letter === 'Z' && threads <= 1)",
    new: "letter === 'X' || letter === 'Z'",
    promise: 'A process whose first thread has ended is no zombie.',
  },
  {
    file: 'packages/process/src/proc-stat.ts',
    old: "letter === 'X' || (letter === 'Z' && threads <= 1)",
    new: "letter === 'X'",
    promise: 'A zombie has ended.',
  },
  {
    file: 'packages/process/src/proc-stat.ts',
    old: "letter === 'T' || letter === 't' ? 'stopped' : 'alive'",
    new: "letter === 'T' ? 'stopped' : 'alive'",
    promise: 'A process that a debugger stopped is stopped.',
  },
  {
    file: 'packages/process/src/proc-stat.ts',
    old: "=== 'tmux: server',",
    new: ".startsWith('tmux') === true,",
    promise: 'A tmux client is not taken for a server.',
  },
  {
    file: 'packages/process/src/proc-stat.ts',
    old: 'major === PTS_MAJOR ?',
    new: 'major > 0 ?',
    promise: 'Another device is not taken for a pseudo terminal.',
  },
  {
    file: 'packages/process/src/proc-stat.ts',
    old: '(device & 0xff) | ((device >>> 12) & 0xfff00)',
    new: 'device & 0xff',
    promise: 'Terminals 0 and 256 are distinguished.',
  },
  {
    file: 'packages/process/src/processes.ts',
    old: "if (!hasErrno(error, ['ESRCH', 'EPERM'])) throw error",
    new: 'throw error',
    promise:
      'A process that has just ended, or belongs to another user, does not keep the others from being ended.',
  },
  {
    file: 'packages/process/src/processes.ts',
    old: "if (!hasErrno(error, ['ESRCH', 'EPERM'])) throw error",
    new: 'void error',
    promise: 'Any other failure to send a signal is an error.',
  },
  {
    file: 'packages/process/src/processes.ts',
    old: 'if (!processes.has(process.pid)) throw',
    new: 'if (processes.size === 0) throw',
    promise: 'A process list without gt itself is rejected.',
  },
  {
    file: 'packages/process/src/read-proc.ts',
    old: "['ENOENT', 'ESRCH', 'EACCES', 'EPERM']",
    new: "['ENOENT', 'ESRCH']",
    promise: 'A process that cannot be read does not hide the others.',
  },
  {
    file: 'packages/process/src/read-proc.ts',
    old: `return undefined
    throw error`,
    new: `return undefined
    return undefined`,
    promise: 'A read error is not taken for the end of a process.',
  },
  {
    file: 'packages/process/src/scan-linux.ts',
    old: "checkComplete(processes, '/proc')",
    new: '',
    promise: 'A /proc that hides processes does not count as "nothing is alive".',
  },
  {
    file: 'packages/process/src/scan-linux.ts',
    old: 'listing <= MOST_LISTINGS',
    new: 'listing <= 1',
    promise: 'The child of a process that ended during the scan is found.',
  },
  {
    file: 'packages/process/src/scan-linux.ts',
    old: "const key = '\\0GT_SESSION_ID='",
    new: "const key = 'GT_SESSION_ID='",
    promise: "A variable whose name merely ends with the marker's is not the marker.",
  },
  {
    file: 'packages/process/src/scan-linux.ts',
    old: '(end < 0 ? value : value.slice(0, end)) || undefined',
    new: 'end < 0 ? value : value.slice(0, end)',
    promise: 'An empty marker counts as unset.',
  },
  {
    file: 'packages/process/src/scan-linux.ts',
    old: 'if (readStat(pid)?.start === start) signalProcess(pid, name)',
    new: 'if (readStat(pid) && start) signalProcess(pid, name)',
    promise: 'The start time is compared right before each signal.',
  },
  {
    file: 'packages/process/src/scan-linux.ts',
    old: "return stat?.state === 'gone' ? undefined : stat",
    new: 'return stat',
    promise: 'A zombie is not listed.',
  },
  {
    file: 'packages/process/src/scan-ps.ts',
    old: "checkComplete(processes, 'ps')",
    new: '',
    promise: 'A ps that shows nothing does not count as "nothing is alive".',
  },
  {
    file: 'packages/process/src/scan-ps.ts',
    old: 'if (error) throw processesUnreadable(error.message)',
    new: "if (error) return {text: '', pid}",
    promise: 'A ps that cannot be run is an error.',
  },
  {
    file: 'packages/process/src/scan-ps.ts',
    old: 'processes.delete(pid)',
    new: '',
    promise: 'The listing leaves out the ps that made it.',
  },
  {
    file: 'packages/process/src/scan-ps.ts',
    old: "LC_ALL: 'C', TZ: 'UTC'",
    new: "LC_ALL: 'C', TZ: process.env.TZ",
    promise: 'A process has the same start time in every locale and time zone.',
  },
  {
    file: 'packages/process/src/scan-ps.ts',
    old: "if (!pid || state.startsWith('Z')) continue",
    new: 'if (!pid) continue',
    promise: 'A zombie is not listed by ps.',
  },
  {
    file: 'packages/process/src/scan-ps.ts',
    old: '/^[?-]/.test(terminal)',
    new: '/^[?]$/.test(terminal)',
    promise: 'Processes without a terminal are not taken to share one.',
  },
  {
    file: 'packages/process/src/scan-ps.ts',
    old: 'if (current.get(pid) === start) signalProcess(pid, name)',
    new: 'if (current.get(pid) && start) signalProcess(pid, name)',
    promise: 'With ps, too, the start time is compared right before each signal.',
  },
  {
    file: 'packages/process/src/state.ts',
    old: '(start !== undefined && life.start !== start)',
    new: "start === ''",
    promise: 'A reused pid does not count as the agent.',
  },
  {
    file: 'packages/process/src/state.ts',
    old: "life.state === 'gone' || (",
    new: '(',
    promise: 'A zombie has ended.',
  },
  {
    file: 'packages/process/src/state.ts',
    old: "return start === undefined ? undefined : 'ended'",
    new: "return 'ended'",
    promise: 'An invisible pid without a known start time is unknown, not ended.',
  },
  {
    file: 'packages/process/src/state.ts',
    old: "return life.state === 'stopped' ? 'stopped' : 'running'",
    new: "return 'running'",
    promise: 'A stopped process is distinguished from a running one.',
  },
  {
    file: 'packages/process/src/strays.ts',
    old: '!marker?.startsWith(prefix) ||',
    new: '!marker ||',
    promise: "Another town's processes are not this town's strays.",
  },
  {
    file: 'packages/process/src/strays.ts',
    old: '|| !sharesOurPids(pid)) continue',
    new: ') continue',
    promise: 'A session in a container is no stray: its server may be invisible to us.',
  },
  {
    file: 'packages/process/src/strays.ts',
    old: 'if (server !== undefined && !isTmuxServer(server)) strays.add(marker)',
    new: 'if (server !== undefined) strays.add(marker)',
    promise: 'A session whose server lives is no stray.',
  },
  {
    file: 'packages/process/src/strays.ts',
    old: 'if (server !== undefined && !isTmuxServer(server)) strays.add(marker)',
    new: 'if (server === undefined || !isTmuxServer(server)) strays.add(marker)',
    promise: 'A process that was not started under tmux is no stray.',
  },
  {
    file: 'packages/process/src/strays.ts',
    old: "stat.state !== 'gone' && stat.isTmuxServer",
    new: "stat.state !== 'gone'",
    promise: 'A process that reuses the pid of a killed server hides no strays.',
  },
  {
    file: 'packages/process/src/strays.ts',
    old: "stat.state !== 'gone' && stat.isTmuxServer",
    new: 'stat.isTmuxServer',
    promise: 'A server that is a zombie hides no strays.',
  },
  {
    file: 'packages/process/src/occupants.ts',
    old: 'path.startsWith(`${directory}/`)',
    new: 'path.startsWith(directory)',
    promise: 'A process in a folder whose name has the same prefix is not in this one.',
  },
  {
    file: 'packages/process/src/usage.ts',
    old: "if (state !== 'gone') entries.set(",
    new: 'if (state) entries.set(',
    promise: 'A zombie uses nothing.',
  },
  {
    file: 'packages/process/src/occupants.ts',
    old: 'isTmuxServer(pid) && readMarker(pid) === INFRA_MARKER',
    new: 'isTmuxServer(pid)',
    promise: "A user's own tmux server counts as a process in the directory.",
  },
  {
    file: 'packages/process/src/occupants.ts',
    old: 'isTmuxServer(pid) && readMarker(pid) === INFRA_MARKER',
    new: 'readMarker(pid) === INFRA_MARKER',
    promise: 'A program that only has the marker counts as a process in the directory.',
  },
  {
    file: 'packages/process/src/occupants.ts',
    old: `    .filter(({pid}) => !isOwnTmuxServer(pid))
`,
    new: '',
    promise: 'The tmux server that gt started keeps no sandbox from being removed.',
  },
  {
    file: 'packages/process/src/session-processes.ts',
    old: '[...(target ? [target] : []), ...strays]',
    new: '[...(target ? [target] : [])]',
    promise: 'What an earlier session left behind is listed.',
  },
]
