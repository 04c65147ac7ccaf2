import type {AgentReading} from '@gtown/sdk'

/** A dialog about the agent itself that may stand before its first prompt, and the choice that lets it work. */
interface StartDialog {
  /** What the dialog says. */
  text: RegExp
  /** The choice that a user means who has allowed the agent to start without questions. */
  answer: RegExp
}

/**
 * Trust in the folder, and the agent's own warning before it works without asking. Nothing that signs in, accepts
 * terms, spends money or stores a key. Texts as seen in Claude Code 2.1.197 and 2.1.330, Gemini 0.61 and Codex 0.169.
 */
const dialogs: Readonly<Record<string, readonly StartDialog[]>> = {
  claude: [
    {text: /bypass permissions mode/i, answer: /^Yes, I accept$/},
    {text: /do you trust|one you trust|trust the files/i, answer: /^Yes, (I trust|proceed)/},
  ],
  codex: [{text: /do you trust|trust the contents/i, answer: /^Yes, (continue|allow)/}],
  gemini: [{text: /do you trust the files in this folder/i, answer: /^Trust folder\b/}],
  qwen: [{text: /do you trust the files in this folder/i, answer: /^Trust folder\b/}],
  copilot: [{text: /confirm folder trust|do you trust/i, answer: /^Yes$/}],
}

/** Which key brings the dialog nearer to its end; undefined when it is none that may be answered, or cannot be read. */
export function answerTo(
  kind: string,
  {state, text = '', choices = []}: AgentReading,
): 'Enter' | 'Down' | 'Up' | undefined {
  if (state !== 'dialog' && state !== 'permission') return undefined
  const dialog = Object.hasOwn(dialogs, kind)
    ? dialogs[kind]?.find((known) => known.text.test(text))
    : undefined
  const marked = choices.findIndex((choice) => choice.marked)
  const wanted = choices.findIndex(({label}) => dialog?.answer.test(label))
  if (!dialog || marked === -1 || wanted === -1) return undefined
  if (marked === wanted) return 'Enter'
  return marked < wanted ? 'Down' : 'Up'
}

/** These draw an empty prompt first, and put a dialog in its place a moment later. */
const promptFirst: ReadonlySet<string> = new Set(['codex', 'gemini', 'qwen'])

/** How long (ms) an empty prompt has to stand at the start until no dialog is expected any more. */
export function promptSettlesMs(kind: string): number {
  return promptFirst.has(kind) ? 1500 : 0
}
