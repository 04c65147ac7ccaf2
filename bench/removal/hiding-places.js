// Places that can hold work that is not at the origin. A place may return names of objects that must still exist.
import {linkSync, symlinkSync, truncateSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const inModule = (w, ...args) => w.gitIn(join(w.path, 'lib'), ...args)
const addModule = (w) => w.git('submodule', '--quiet', 'add', w.origin, 'lib')
const kept = (w) => {
  addModule(w)
  w.git('commit', '--quiet', '--message', 'lib')
}
const blob = (w, text) => w.sh(`printf %s '${text}' | git hash-object -w --stdin`)
const fails = (work) => {
  try {
    work()
  } catch {
    return
  }
  throw new Error('the command must stop with an error, but succeeded')
}
/** Makes a commit and resets it away, so that only reflogs and ORIG_HEAD still name it. */
const away = (w) => {
  const commit = w.commit('away')
  w.git('reset', '--quiet', '--hard', 'HEAD~1')
  return commit
}
const forgetLogs = (w) => w.git('reflog', 'expire', '--expire=all', '--all')
/** Makes a branch `side` whose change to README conflicts with the current branch. */
const diverge = (w) => {
  w.git('checkout', '--quiet', '-b', 'side')
  w.write('README', 'theirs\n')
  w.git('commit', '--quiet', '--all', '--message', 'theirs')
  w.git('checkout', '--quiet', w.branch)
  w.write('README', 'ours\n')
  w.git('commit', '--quiet', '--all', '--message', 'ours')
}
const commitIn = (w, cwd, file) =>
  w.sh(
    `echo ${file} > '${file}' && git add -f '${file}' && git commit -qm '${file}' && git rev-parse HEAD`,
    cwd,
  )

export const controls = {
  'nothing hidden': () => {},
  'pushed commit': (w) => [w.commit('work'), w.git('push', '--quiet', 'origin', w.branch)],
  detached: (w) => w.git('checkout', '--quiet', '--detach'),
}

const files = {
  'untracked file': (w) => w.write('notes'),
  'changed file': (w) => w.write('README', 'changed\n'),
  'staged file': (w) => [w.write('staged'), w.git('add', 'staged')],
  'staged, then changed': (w) => [
    w.write('s', 'one\n'),
    w.git('add', 's'),
    w.write('s', 'two\n'),
    w.git('rev-parse', ':s'),
  ],
  'ignored file': (w) => w.write('debug.log'),
  'ignored folder': (w) => [w.write('build/out'), w.write('build/deep/er/.env', 'SECRET=1\n')],
  'excluded by info/exclude': (w) => [
    w.sh('echo hidden >> "$(git rev-parse --git-path info/exclude)"'),
    w.write('hidden'),
  ],
  'excluded by the user': (w) => [
    w.git('config', 'core.excludesFile', w.write('build/excludes', 'mine\n')),
    w.write('mine'),
  ],
  'runtime folder': (w) => w.write('.runtime/notes.md'),
  'beads redirect': (w) => w.write('.beads/redirect', '../../.beads\n'),
  'agent settings': (w) => w.write('.claude/settings.local.json', '{"mine": true}\n'),
  'logs folder': (w) => w.write('.logs/session.txt'),
  'deleted file': (w) => w.sh('rm README'),
  'file to folder': (w) => w.sh('rm README && mkdir README && echo in > README/in'),
  'folder to link': (w) => [w.sh('mv src other'), symlinkSync('other', join(w.path, 'src'))],
  'link to nowhere': (w) => symlinkSync('../../nowhere', join(w.path, 'dangling')),
  'link to outside': (w) => symlinkSync('/etc/hostname', join(w.path, 'outside')),
  'hard link': (w) => linkSync(w.write('one'), join(w.path, 'two')),
  'executable bit': (w) => w.sh('chmod +x README'),
  'private mode': (w) => w.sh('echo key > key && chmod 600 key'),
  'set-group folder': (w) => w.sh('mkdir shared && chmod 2770 shared && echo x > shared/x'),
  'empty folders': (w) => w.sh('mkdir -p empty/in/empty'),
  'read-only folder': (w) => w.sh('mkdir ro && echo x > ro/x && chmod 500 ro'),
  'read-only top': (w) => w.sh('echo x > x && chmod 555 .'),
  'named pipe': (w) => w.sh('mkfifo pipe'),
  'sparse file': (w) => truncateSync(w.write('holes', 'x'), 5_000_000),
  'name with newline': (w) => w.write('two\nlines'),
  'name that is no text': (w) =>
    writeFileSync(Buffer.concat([Buffer.from(`${w.path}/`), Buffer.from([0xff])]), 'x'),
  'name with a dash': (w) => w.write('--force'),
  'long path': (w) => w.write(`${'deep/'.repeat(150)}x`),
  'extended attribute': (w) => w.sh('python3 -c \'import os; os.setxattr("README", "user.note", b"mine")\''),
  'edit of equal size and time': (w) => {
    w.git('status')
    w.write('README', 'FIRST\n')
    utimesSync(join(w.path, 'README'), 1, 1)
  },
  'skip-worktree edit': (w) => [
    w.git('update-index', '--skip-worktree', 'README'),
    w.write('README', 'mine\n'),
  ],
  'assume-unchanged edit': (w) => [
    w.git('update-index', '--assume-unchanged', 'README'),
    w.write('README', 'mine\n'),
  ],
  'sparse checkout edit': (w) => [
    w.git('sparse-checkout', 'set', '--no-cone', '/README'),
    w.write('src/a', 'mine\n'),
  ],
  'edit that a filter hides': (w) => {
    w.git('config', 'filter.hide.clean', 'git show HEAD:README')
    w.sh('echo "README filter=hide" > "$(git rev-parse --git-common-dir)/info/attributes"')
    w.write('README', 'hidden\n')
  },
  'intent to add': (w) => [w.write('later'), w.git('add', '--intent-to-add', 'later')],
}

const commits = {
  'commit on the branch': (w) => w.commit('work'),
  'commit on a detached HEAD': (w) => [w.git('checkout', '--quiet', '--detach'), w.commit('work')],
  'commit on another branch': (w) => [
    w.git('checkout', '--quiet', '-b', 'other'),
    w.commit('w'),
    w.git('checkout', '--quiet', w.branch),
  ],
  'commit that was reset away': (w) => away(w),
  'ORIG_HEAD alone': (w) => [away(w), forgetLogs(w)][0],
  'amended commit': (w) => [w.commit('a'), w.git('commit', '--quiet', '--amend', '--message', 'b')][0],
  'log of the branch alone': (w) => [away(w), w.sh(`rm -f ${w.admin}/logs/HEAD ${w.admin}/ORIG_HEAD`)][0],
  'no ref and no log': (w) => [away(w), forgetLogs(w), w.sh(`rm ${w.admin}/ORIG_HEAD`)][0],
  stash: (w) => [w.write('README', 'stashed\n'), w.git('stash', 'push', '--quiet')],
  'dropped stash': (w) => {
    w.write('README', 'stashed\n')
    w.git('stash', 'push', '--quiet')
    const stash = w.git('rev-parse', 'stash')
    w.git('stash', 'drop', '--quiet')
    return stash
  },
  'private ref': (w) => {
    const commit = away(w)
    w.git('update-ref', 'refs/worktree/mine', commit)
    forgetLogs(w)
    return commit
  },
  'ref of its own': (w) => [w.git('update-ref', 'refs/mine/kept', away(w))],
  'annotated tag': (w) => w.git('tag', '--annotate', '--message', 'note', 'mine'),
  'deleted tag': (w) => {
    w.git('tag', '--annotate', '--message', 'note', 'mine')
    const tag = w.git('rev-parse', 'mine')
    w.git('tag', '--delete', 'mine')
    return tag
  },
  note: (w) => w.git('notes', 'add', '--message', 'mine'),
  'object alone': (w) => blob(w, 'only an object'),
  'tree alone': (w) => {
    w.write('t/x')
    w.git('add', 't')
    const tree = w.git('write-tree')
    w.git('reset', '--quiet')
    w.sh('rm -r t')
    return tree
  },
  'index of its own': (w) => {
    const object = blob(w, 'in an index')
    w.sh(`GIT_INDEX_FILE=${w.admin}/mine git update-index --add --cacheinfo 100644,${object},x`)
    return object
  },
  'index in the sandbox': (w) => {
    const object = blob(w, 'in another index')
    w.sh(`GIT_INDEX_FILE=${w.path}/my.index git update-index --add --cacheinfo 100644,${object},x`)
    return object
  },
  'split index': (w) => [w.git('update-index', '--split-index'), w.write('s'), w.git('add', 's')],
  'branch description': (w) => w.git('config', `branch.${w.branch}.description`, 'what\nI think'),
  'worktree configuration': (w) => [
    w.git('config', 'extensions.worktreeConfig', 'true'),
    w.git('config', '--worktree', 'alias.mine', 'status'),
  ],
  'commit message draft': (w) => writeFileSync(join(w.admin, 'COMMIT_EDITMSG'), 'half a message\n'),
  'unborn branch': (w) => [
    w.git('checkout', '--quiet', '--orphan', 'new'),
    w.write('README', 'new\n'),
    w.git('add', '-A'),
  ],
  'log after a packed gc': (w) => [away(w), w.gitIn(w.repository, 'gc', '--quiet')][0],
}

const underWay = {
  merge: (w) => [diverge(w), fails(() => w.git('merge', 'side')), w.write('README', 'half solved\n')],
  'cherry-pick': (w) => [diverge(w), fails(() => w.git('cherry-pick', 'side'))],
  revert: (w) => [w.commit('a'), w.git('revert', '--no-commit', 'HEAD')],
  rebase: (w) => [diverge(w), fails(() => w.git('rebase', 'side'))],
  'rebase with autostash': (w) => {
    w.commit('other')
    diverge(w)
    w.write('other', 'in the autostash\n')
    fails(() => w.git('rebase', '--autostash', 'side'))
    return w.sh(`cat ${w.admin}/rebase-merge/autostash`)
  },
  bisect: (w) => [w.commit('a'), w.commit('b'), w.git('bisect', 'start', 'HEAD', 'HEAD~2')],
  'series of patches': (w) => {
    diverge(w)
    w.sh('git format-patch -1 side --stdout > build.patch')
    fails(() => w.git('am', 'build.patch'))
  },
  'squash message': (w) => [diverge(w), fails(() => w.git('merge', '--squash', 'side'))],
}

const repositories = {
  'nested repository': (w) =>
    [w.git('init', '--quiet', 'inner'), commitIn(w, join(w.path, 'inner'), 'x')].slice(0, 1),
  'ignored repository': (w) =>
    [w.git('init', '--quiet', 'build/in'), commitIn(w, join(w.path, 'build/in'), 'x')].slice(0, 1),
  'bare repository': (w) => w.gitIn(w.path, 'clone', '--quiet', '--bare', w.origin, 'build/bare.git'),
  'repository by a .git file': (w) => w.sh('mkdir build && git init -q --separate-git-dir build/store split'),
  'other systems': (w) => w.sh('mkdir -p .jj/repo .hg/store .svn && touch .jj/repo/x .hg/store/x .svn/wc.db'),
  submodule: (w) => addModule(w),
  'file in a submodule': (w) => [kept(w), w.write('lib/notes')],
  'edit in a submodule': (w) => [kept(w), w.write('lib/README', 'mine\n')],
  'commit in a submodule': (w) => [kept(w), commitIn(w, join(w.path, 'lib'), 'x')].slice(0, 1),
  'branch in a submodule': (w) =>
    [kept(w), inModule(w, 'branch', 'mine', commitIn(w, join(w.path, 'lib'), 'x'))].slice(0, 1),
  'stash in a submodule': (w) =>
    [kept(w), w.write('lib/README', 'mine\n'), inModule(w, 'stash', 'push', '--quiet')].slice(0, 1),
  'skip-worktree in a submodule': (w) =>
    [
      kept(w),
      inModule(w, 'update-index', '--skip-worktree', 'README'),
      w.write('lib/README', 'mine\n'),
    ].slice(0, 1),
  'removed submodule': (w) =>
    [kept(w), commitIn(w, join(w.path, 'lib'), 'x'), w.git('rm', '-rfq', 'lib')].slice(0, 1),
  'deinited submodule': (w) =>
    [
      kept(w),
      commitIn(w, join(w.path, 'lib'), 'x'),
      w.git('submodule', '--quiet', 'deinit', '-f', 'lib'),
    ].slice(0, 1),
  'submodule below a submodule': (w) => [
    addModule(w),
    inModule(w, 'submodule', '--quiet', 'add', w.origin, 'deep'),
    w.write('lib/deep/x'),
  ],
  'submodule that git did not absorb': (w) => [
    w.gitIn(w.path, 'clone', '--quiet', w.origin, 'lib'),
    w.git('add', 'lib'),
  ],
  'submodule that was moved': (w) => [kept(w), w.git('mv', 'lib', 'moved'), w.write('moved/x')],
  'worktree inside': (w) => w.git('worktree', 'add', '--quiet', '-b', 'inner', 'build/inner'),
  'worktree of a submodule': (w) => [kept(w), inModule(w, 'worktree', 'add', '--quiet', join(w.dir, 'far'))],
}

export const places = {...files, ...commits, ...underWay, ...repositories}
