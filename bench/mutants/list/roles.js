export default [
  {
    file: 'src/roles/theme.ts',
    old: 'Math.imul(hash ^ byte, 0x01000193) >>> 0',
    new: 'Math.imul(hash, 0x01000193) ^ byte',
    promise: "A rig's colours are the original's.",
  },
  {
    file: 'src/roles/witness.ts',
    old: 'GIT_CEILING_DIRECTORIES: rig.town.root,',
    new: '',
    promise: "git in a witness's session never finds a repository above the town.",
  },
  {
    file: 'src/roles/witness.ts',
    old: 'GT_ROOT: rig.town.root,',
    new: 'GT_ROOT: rig.path,',
    promise: "The session's environment names its town.",
  },
  {
    file: 'src/roles/witness.ts',
    old: "[join(rig.path, 'witness', 'rig'), join(rig.path, 'witness'), rig.path]",
    new: "[rig.path, join(rig.path, 'witness', 'rig'), join(rig.path, 'witness')]",
    promise: 'A witness works in its own clone, if there is one.',
  },
  {
    file: 'src/roles/witness.ts',
    old: 'stopGraceMs: 5000',
    new: 'stopGraceMs: 0',
    promise: 'A witness gets SIGTERM before SIGKILL.',
  },
]
