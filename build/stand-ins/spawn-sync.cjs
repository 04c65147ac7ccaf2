// For `spawnSync` of `node:child_process`: to load that module, with sockets and streams, takes as long as the tmux that
// is asked. Node keeps `process.binding` for packages that use it; where it has gone, the module is loaded.

exports.spawnSync = (file, args, options) => {
  if (process.versions.bun) return spawnByBun(file, args, options)
  const binding = findBinding()
  return binding
    ? spawn(binding, file, args, options)
    : require('node:child_process').spawnSync(file, args, options)
}

function spawnByBun(file, args, {env, stdio, timeout, detached}) {
  try {
    const child = Bun.spawnSync([file, ...args], {env, stdio, timeout, killSignal: 'SIGKILL', detached})
    const [stdout, stderr] = [child.stdout, child.stderr].map(String)
    return {status: child.signalCode ? null : child.exitCode, stdout, stderr}
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EACCES') throw error
    return {status: null, stdout: '', stderr: ''}
  }
}

function findBinding() {
  const {noDeprecation} = process
  // Developers can have Node end a program that uses what may go one day.
  process.noDeprecation = true
  try {
    return process.binding('spawn_sync')
  } catch {
    // Whatever the reason, the module does the same.
    return undefined
  } finally {
    process.noDeprecation = noDeprecation
  }
}

function spawn(binding, file, args, {env, stdio, timeout, detached}) {
  const {status, output} = binding.spawn({
    file,
    args: [file, ...args],
    envPairs: Object.keys(env).flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`])),
    stdio: stdio.map((type, fd) => ({type, readable: fd === 0, writable: fd !== 0})),
    timeout,
    // SIGKILL
    killSignal: 9,
    detached,
  })
  const [stdout, stderr] = [1, 2].map((fd) => output?.[fd]?.toString() ?? '')
  return {status, stdout, stderr}
}
