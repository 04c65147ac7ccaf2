import type {
  AgentDetector,
  AgentObservation,
  AgentReading,
  AgentState,
  StateEvidence,
  TerminalView,
} from '@gtown/sdk'
import {deathOf, shellOf} from './process.js'
import {textEnd} from './prompt.js'
import {readScreen, type ScreenReading} from './read-screen.js'
import type {VersionRules} from './rules.js'
import {settle} from './settle.js'
import {coverage, rulesFor} from './versions.js'

/** A detector for one kind of agent. `versions` holds its rules by version, the newest last. */
export function detectorFrom(name: string, versions: readonly VersionRules[]): AgentDetector {
  return {
    name,
    read(observation) {
      const death = deathOf(observation)
      if (death) return {state: 'dead', evidence: [death]}
      const rules = rulesFor(versions, observation.version)
      if (!rules) return outOfDate(`${name} ${coverage(versions)}`, observation)
      return combine(observation, readScreen(observation.terminal, rules), rules)
    },
  }
}

function outOfDate(covered: string, {version, own}: AgentObservation): AgentReading {
  return {
    state: 'unknown',
    evidence: own ? [own] : [],
    text: `detector out of date: it knows ${covered}, and this is ${version}`,
  }
}

function combine(observation: AgentObservation, screen: ScreenReading, rules: VersionRules): AgentReading {
  const {terminal, own} = observation
  const seen: StateEvidence = {source: 'screen', state: screen.state, value: screen.line, at: terminal.at}
  const shell = shellOf(terminal)
  if (shell) return readShell(shell, own, isAgentSeen(terminal, screen) ? seen : undefined)
  const evidence = [...(own ? [own] : []), ...titleEvidence(terminal, rules), seen]
  const state = settle(evidence)
  if (isResting(state) && !own && isTitleSilent(terminal, rules)) {
    return {
      state: 'unknown',
      evidence,
      text: 'its screen looks the same when it works, and its title does not say',
    }
  }
  const isQuiet = own !== undefined || !isTitleSilent(terminal, rules)
  return {
    state,
    evidence,
    ...explain(state, evidence, screen),
    ...(isQuiet && promptBelowLimit(evidence, screen)),
  }
}

/** The state of the prompt below a usage limit, unless another source reports work. */
function promptBelowLimit(evidence: readonly StateEvidence[], {prompt}: ScreenReading) {
  const others = evidence.slice(0, -1).every(({state}) => state === 'idle')
  return prompt !== undefined && others ? {prompt} : {}
}

function readShell(
  shell: StateEvidence,
  own: StateEvidence | undefined,
  seen: StateEvidence | undefined,
): AgentReading {
  const evidence = [shell, ...(own && own.state !== 'idle' ? [own] : []), ...(seen ? [seen] : [])]
  if (evidence.length === 1) return {state: 'shell', evidence}
  return {state: 'unknown', evidence, text: contradiction(evidence)}
}

/** True when the agent's own screen is visible. Leftovers may be above the shell, but not at the cursor. */
function isAgentSeen({rows, cursor}: TerminalView, {state, line, ask}: ScreenReading): boolean {
  if (ask) return rows[cursor.row]?.includes(line) === true
  return state !== 'unknown' && state !== 'starting'
}

function isResting(state: AgentState): boolean {
  return state === 'idle' || state === 'draft'
}

const footerRows = 4

function isTitleSilent({title, rows}: TerminalView, {restingTitle}: VersionRules): boolean {
  if (!restingTitle) return false
  const end = textEnd(rows)
  return !restingTitle(title.trim(), rows.slice(Math.max(0, end - footerRows), end).join('\n'))
}

function titleEvidence({title, at}: TerminalView, {titles = []}: VersionRules): StateEvidence[] {
  const rule = titles.find(({pattern}) => pattern.test(title))
  return rule ? [{source: 'title', state: rule.state, value: title.trim(), at}] : []
}

function explain(state: AgentState, evidence: readonly StateEvidence[], {line, ask, text}: ScreenReading) {
  if (state === 'unknown') return {text: evidence.length === 1 ? line : contradiction(evidence)}
  if (state === 'busy') return {}
  if (!ask) return text === undefined ? {} : {text}
  return {text: ask.text, ...(ask.choices.length > 0 && {choices: ask.choices})}
}

function contradiction(evidence: readonly StateEvidence[]): string {
  const claims = evidence.map(({source, state}) => `${source} says ${state}`)
  return `the sources contradict each other: ${claims.join(', ')}`
}
