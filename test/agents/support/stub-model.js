// A model on 127.0.0.1 for agents without a network. It speaks the four protocols of the agents, and knows two
// answers: where the last message of the user has RUN{command}, a call of the agent's shell tool; else a sentence.
import {once} from 'node:events'
import {createServer} from 'node:http'
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

/** Starts the model on a free port; resolves with its base address and a function that ends it. */
export async function startStubModel() {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return {address: `http://127.0.0.1:${server.address().port}`, close}
}

async function answer(request, response) {
  const {pathname} = new URL(request.url, 'http://stub')
  const body = await readJson(request)
  const protocol = protocols.find(({path}) => path.test(pathname))
  if (!protocol) return sendJson(response, {})
  const reply = replyTo(protocol.read(body))
  const isStream = body.stream === true || /:stream/i.test(pathname)
  if (!isStream) return sendJson(response, protocol.whole(reply))
  response.writeHead(200, {'content-type': 'text/event-stream'})
  for (const event of protocol.stream(reply)) {
    if (event.type) response.write(`event: ${event.type}\n`)
    response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
  }
  response.end()
}

/** The tool is called once: its result is answered with words. */
function replyTo({text, isToolResult, tools, wantsJson}) {
  if (wantsJson) return {text: JSON.stringify({next_speaker: 'user', reasoning: 'done', title: 'Patrol'})}
  const [, command] = /RUN\{([^}]*)\}/.exec(text) ?? []
  const name = SHELL_TOOLS.find((tool) => tools.includes(tool))
  if (isToolResult || command === undefined || name === undefined) return {text: ANSWER}
  const input = name === 'exec_command' ? {cmd: command} : {command, description: 'Run it'}
  return {text: 'I run it.', call: {name, input}}
}

async function readJson(request) {
  const chunks = await request.toArray()
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString())
}

function sendJson(response, value) {
  response.writeHead(200, {'content-type': 'application/json'})
  response.end(JSON.stringify(value))
}
