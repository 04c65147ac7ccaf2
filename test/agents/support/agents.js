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
 * @property {(place: Place) => Record<string, string>} env
 * @property {(place: Place) => Record<string, string>} files below its home, by path
 */

const codex = {
  preset: 'codex',
  ownArgs: ['--yolo'],
  specifier: '@openai/codex@0.169.0',
  env: () => ({STUB_KEY: 'made-up'}),
  files: ({model, directory}) => ({'.codex/config.toml': codexSettings(model, directory)}),
}

/** @type {Agent[]} */
export const agents = [
  {name: 'codex', ...codex},
  {name: 'codex-with-daemon', args: ['--yolo'], shares: true, ...codex},
  {
    name: 'gemini',
    preset: 'gemini',
    specifier: '@google/gemini-cli@0.61.0',
    env: ({model}) => ({
      GEMINI_API_KEY: 'made-up',
      GOOGLE_GEMINI_BASE_URL: model,
      GEMINI_TELEMETRY_ENABLED: 'false',
    }),
    files: ({directory}) => ({
      '.gemini/settings.json': JSON.stringify({
        general: {enableAutoUpdate: false},
        privacy: {usageStatisticsEnabled: false},
        security: {auth: {selectedType: 'gemini-api-key'}},
      }),
      '.gemini/trustedFolders.json': JSON.stringify({[directory]: 'TRUST_FOLDER'}),
    }),
  },
  {
    name: 'claude',
    preset: 'claude',
    specifier: '@anthropic-ai/claude-code@2.1.330',
    env: ({model}) => ({
      ANTHROPIC_BASE_URL: model,
      ANTHROPIC_AUTH_TOKEN: 'made-up',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      IS_SANDBOX: '1',
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
