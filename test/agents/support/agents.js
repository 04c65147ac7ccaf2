// The agents, and what each needs so that it talks to the stub model alone and opens no dialog at its first start.
// Every key is made up.

/**
 * @typedef {object} Place
 * @property {string} model base address of the stub model
 * @property {string} directory where the agent will run
 */

/**
 * @typedef {object} Agent
 * @property {string} name of its entry in the town's settings
 * @property {string} preset that the entry stands on
 * @property {string} specifier of its package
 * @property {string[]} [args] instead of those of the preset
 * @property {string[]} [ownArgs] what its users start it with, where gt does it otherwise
 * @property {boolean} [shares] true where it is known to run its tools in a process of other sessions too
 * @property {{args?: string[], env?: Record<string, string>}} [asking] with these it asks before it runs a command
 * @property {Record<string, RegExp>} [shows] how its screen looks where it waits, by situation; only of those that
 * are tried while it runs
 * @property {string} [dialogCommand] what a person types to open a dialog that changes its settings
 * @property {string[]} [approvals] files below its home in which it keeps what it was allowed for good, as patterns
 * @property {Partial<Agent>} [untrusted] with these it asks whether it may trust the folder; undefined where it
 * never does
 * @property {Partial<Agent>} [signedOut] with these it asks for a key, or to sign in
 * @property {(place: Place) => Record<string, string>} env
 * @property {(place: Place) => Record<string, string>} files below its home, by path
 */

const geminiSettings = JSON.stringify({
  general: {enableAutoUpdate: false},
  privacy: {usageStatisticsEnabled: false},
  security: {auth: {selectedType: 'gemini-api-key'}},
})

const claudeEnvironment = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  // It refuses to work without questions as root otherwise.
  IS_SANDBOX: '1',
}

const codex = {
  preset: 'codex',
  ownArgs: ['--yolo'],
  specifier: '@openai/codex@0.169.0',
  env: () => ({STUB_KEY: 'made-up'}),
  files: ({model, directory}) => ({'.codex/config.toml': codexSettings(model, directory)}),
}

/** @type {Agent[]} */
export const agents = [
  {
    name: 'codex',
    ...codex,
    asking: {args: ['--no-daemon', '-a', 'on-request']},
    shows: {
      permission: /Would you like to run/,
      dialog: /Select Model/i,
      menu: /\/model /,
    },
    dialogCommand: '/model',
    approvals: ['.codex/config.toml', '.codex/rules/**'],
    signedOut: {files: () => ({})},
  },
  {name: 'codex-with-daemon', args: ['--yolo'], shares: true, ...codex},
  {
    name: 'gemini',
    preset: 'gemini',
    asking: {args: []},
    shows: {
      permission: /Allow execution/i,
      question: /Which way shall I go[\s\S]*Left/,
      dialog: /How would you like to authenticate/,
      menu: /\/about|about /,
    },
    dialogCommand: '/auth',
    approvals: ['.gemini/settings.json', '.gemini/policies/**', '.gemini/trustedFolders.json'],
    untrusted: {files: () => ({'.gemini/settings.json': geminiSettings})},
    signedOut: {env: () => ({}), files: () => ({})},
    specifier: '@google/gemini-cli@0.61.0',
    env: ({model}) => ({
      GEMINI_API_KEY: 'made-up',
      GOOGLE_GEMINI_BASE_URL: model,
      GEMINI_TELEMETRY_ENABLED: 'false',
    }),
    files: ({directory}) => ({
      '.gemini/settings.json': geminiSettings,
      '.gemini/trustedFolders.json': JSON.stringify({[directory]: 'TRUST_FOLDER'}),
    }),
  },
  {
    name: 'claude',
    preset: 'claude',
    asking: {args: ['--permission-mode', 'default']},
    shows: {
      permission: /Do you want to/,
      question: /Which way shall I go[\s\S]*Left/,
      dialog: /Select model|Select login method/,
      menu: /\/add-dir|\/\S+ {2,}\S/,
    },
    dialogCommand: '/model',
    approvals: ['.claude/settings*.json'],
    untrusted: {files: () => ({'.claude.json': JSON.stringify({hasCompletedOnboarding: true})})},
    signedOut: {
      env: ({model}) => ({
        ANTHROPIC_BASE_URL: model,
        ANTHROPIC_API_KEY: 'sk-ant-made-up-made-up-made-up',
        ...claudeEnvironment,
      }),
      files: () => ({'.claude.json': JSON.stringify({hasCompletedOnboarding: true})}),
    },
    specifier: '@anthropic-ai/claude-code@2.1.330',
    env: ({model}) => ({
      ANTHROPIC_BASE_URL: model,
      ANTHROPIC_AUTH_TOKEN: 'made-up',
      ...claudeEnvironment,
    }),
    files: ({directory}) => ({
      '.claude.json': JSON.stringify({
        hasCompletedOnboarding: true,
        bypassPermissionsModeAccepted: true,
        projects: {[directory]: {hasTrustDialogAccepted: true}},
      }),
      '.claude/settings.json': JSON.stringify({skipDangerousModePermissionPrompt: true}),
    }),
  },
  {
    name: 'opencode',
    preset: 'opencode',
    asking: {env: {OPENCODE_PERMISSION: '{"*":"ask"}'}},
    shows: {
      permission: /Permission required/,
      question: /Which way shall I go[\s\S]*Left/,
      dialog: /Select model/,
      menu: /\/\S+ {2,}\S/,
    },
    dialogCommand: '/models',
    approvals: ['.config/opencode/**'],
    specifier: 'opencode-ai@1.18.33',
    env: () => ({OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1'}),
    files: ({model}) => ({'.config/opencode/opencode.json': opencodeSettings(model)}),
  },
]

function codexSettings(model, directory) {
  return `model = "stub-model"
model_provider = "stub"
check_for_update_on_startup = false
[model_providers.stub]
name = "stub"
base_url = "${model}/v1"
wire_api = "responses"
env_key = "STUB_KEY"
[projects."${directory}"]
trust_level = "trusted"
`
}

function opencodeSettings(model) {
  return JSON.stringify({
    model: 'stub/stub-model',
    small_model: 'stub/stub-model',
    autoupdate: false,
    share: 'disabled',
    provider: {
      stub: {
        npm: '@ai-sdk/openai-compatible',
        options: {baseURL: `${model}/v1`, apiKey: 'made-up'},
        models: {'stub-model': {name: 'stub-model'}},
      },
    },
  })
}
