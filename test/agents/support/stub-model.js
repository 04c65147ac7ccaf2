// A model on 127.0.0.1 for agents without a network. It speaks the four protocols of the agents. What the last message
// of the user has tells what it does: RUN{command} calls the agent's shell tool, ESCALATE{command} does so beyond its
// sandbox, SLOW{seconds} takes that long for its answer, ASK{} calls the agent's tool for questions, FAIL{status} is
// refused; everything else is answered at once.
import {once} from 'node:events'
import {createServer} from 'node:http'
import {setTimeout as sleep} from 'node:timers/promises'
import {questionCall} from './question-call.js'
import {anthropic, chat, gemini, responses} from './stub-protocols.js'

/** What the model says to everything. */
export const ANSWER = 'Nothing to patrol here.'

const SHELL_TOOLS = ['Bash', 'bash', 'run_shell_command', 'exec_command', 'shell_command', 'shell']

const protocols = [
  {path: /\/messages$/, ...anthropic},
  {path: /\/responses$/, ...responses},
  {path: /\/chat\/completions$/, ...chat},
  {path: /:(stream)?generateContent$/i, ...gemini},
]

/** Between two pieces of a slow answer. */
const PIECE_MS = 500

/**
 * Starts the model on a free port; resolves with its base address, what it has heard and done, and a function that
 * ends it.
 */
export async function startStubModel() {
  const state = {bodies: [], talks: 0, refused: 0}
  const server = createServer((request, response) => {
    answer(request, response, state).catch((error) => response.destroy(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    /** Whether it is giving a slow answer. */
    isTalking: () => state.talks > 0,
    /** How many requests it has refused. */
    refused: () => state.refused,
    /** How often a text stands in what an agent sent at once: its whole conversation, at most. */
    heard: (text) => Math.max(0, ...state.bodies.map((body) => body.split(text).length - 1)),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(request, response, state) {
  const {pathname} = new URL(request.url, 'http://stub')
  const raw = Buffer.concat(await request.toArray()).toString()
  const protocol = protocols.find(({path}) => path.test(pathname))
  if (!protocol) return sendJson(response, 200, {})
  state.bodies.push(raw)
  const body = raw === '' ? {} : JSON.parse(raw)
  const reply = replyTo(protocol.read(body))
  if (reply.status) {
    state.refused++
    return sendJson(response, reply.status, protocol.error(reply.status))
  }
  const isStream = body.stream === true || /:stream/i.test(pathname)
  if (!isStream) return sendJson(response, 200, protocol.whole(reply))
  if (reply.pieces.length > 1) state.talks++
  await stream(response, protocol.stream(reply), reply.pieces.length > 1 ? PIECE_MS : 0)
  if (reply.pieces.length > 1) state.talks--
}

async function stream(response, events, pauseMs) {
  response.writeHead(200, {'content-type': 'text/event-stream'})
  for (const event of events) {
    if (event.type) response.write(`event: ${event.type}\n`)
    response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
    if (pauseMs > 0) await sleep(pauseMs)
    // The agent was interrupted.
    if (response.destroyed) return
  }
  response.end()
}

/** What an agent asks beside the conversation has no tools, and gets a sentence. A tool's result is answered so too. */
function replyTo({text, isToolResult, tools, wantsJson}) {
  if (wantsJson) return {pieces: [JSON.stringify({next_speaker: 'user', reasoning: 'done', title: 'Patrol'})]}
  const plain = {pieces: [ANSWER]}
  const [, word, detail] = /\b(RUN|ESCALATE|SLOW|ASK|FAIL)\{([^}]*)\}/.exec(text) ?? []
  if (word === undefined || tools.length === 0) return plain
  if (word === 'FAIL') return {status: Number(detail)}
  if (isToolResult) return plain
  if (word === 'SLOW') return {pieces: slowPieces(Number(detail))}
  const call = word === 'ASK' ? questionCall(tools) : shellCall(tools, detail, word === 'ESCALATE')
  return call ? {pieces: ['I run it.'], call} : plain
}

function slowPieces(seconds) {
  const count = (seconds * 1000) / PIECE_MS
  return Array.from({length: count}, (_, index) => `Step ${index + 1} of the patrol.\n`)
}

function shellCall(tools, command, isEscalated) {
  const name = SHELL_TOOLS.find((tool) => tools.includes(tool))
  if (name === undefined) return undefined
  // Codex asks for nothing that its sandbox contains, and refuses to leave it where it may not ask.
  const beyond = isEscalated && {sandbox_permissions: 'require_escalated', justification: 'It has to be.'}
  return {name, input: name === 'exec_command' ? {cmd: command, ...beyond} : {command, description: 'Run it'}}
}

function sendJson(response, status, value) {
  response.writeHead(status, {'content-type': 'application/json'})
  response.end(JSON.stringify(value))
}
