// One protocol each: `read` takes the question out of a request, `stream`, `whole` and `error` word the reply.
import {randomUUID} from 'node:crypto'

export const anthropic = {
  read({messages = [], tools = []}) {
    const parts = partsOf(messages.findLast(({role}) => role === 'user')?.content)
    return {
      text: textOf(parts),
      isToolResult: parts.some(({type}) => type === 'tool_result'),
      tools: tools.map(({name}) => name),
    }
  },
  whole({pieces, call}) {
    const toolUse = call && {type: 'tool_use', id: `toolu_${randomUUID()}`, ...call}
    const content = [{type: 'text', text: pieces.join('')}, ...(toolUse ? [toolUse] : [])]
    return {...anthropicMessage(), content, stop_reason: call ? 'tool_use' : 'end_turn'}
  },
  *stream(reply) {
    const {content, stop_reason} = anthropic.whole(reply)
    yield {type: 'message_start', message: anthropicMessage()}
    for (const [index, block] of content.entries()) {
      const isText = block.type === 'text'
      const start = isText ? {...block, text: ''} : {...block, input: {}}
      const deltas = isText
        ? reply.pieces.map((text) => ({type: 'text_delta', text}))
        : [{type: 'input_json_delta', partial_json: JSON.stringify(block.input)}]
      yield {type: 'content_block_start', index, content_block: start}
      for (const delta of deltas) yield {type: 'content_block_delta', index, delta}
      yield {type: 'content_block_stop', index}
    }
    yield {type: 'message_delta', delta: {stop_reason, stop_sequence: null}, usage: {output_tokens: 9}}
    yield {type: 'message_stop'}
  },
  error: (status) => ({
    type: 'error',
    error: {type: status === 401 ? 'authentication_error' : 'rate_limit_error', message: refusal(status)},
  }),
}

function anthropicMessage() {
  return {
    id: `msg_${randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model: 'stub-model',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: {input_tokens: 9, output_tokens: 9},
  }
}

export const responses = {
  read({input = [], tools = []}) {
    const items = partsOf(input)
    return {
      text: textOf(partsOf(items.findLast(({role}) => role === 'user')?.content)),
      isToolResult: /_output$/.test(items.at(-1)?.type ?? ''),
      tools: tools.map(({name}) => name),
    }
  },
  whole({pieces, call}) {
    const message = {
      type: 'message',
      id: `msg_${randomUUID()}`,
      role: 'assistant',
      status: 'completed',
      content: [{type: 'output_text', text: pieces.join(''), annotations: []}],
    }
    const toolCall = call && {
      type: 'function_call',
      id: `fc_${randomUUID()}`,
      call_id: `call_${randomUUID()}`,
      name: call.name,
      arguments: JSON.stringify(call.input),
    }
    return {
      id: `resp_${randomUUID()}`,
      object: 'response',
      status: 'completed',
      output: [message, ...(toolCall ? [toolCall] : [])],
      usage: {input_tokens: 9, output_tokens: 9, total_tokens: 18},
    }
  },
  *stream(reply) {
    const response = responses.whole(reply)
    yield {type: 'response.created', response: {...response, status: 'in_progress', output: []}}
    for (const [output_index, item] of response.output.entries()) {
      yield {type: 'response.output_item.added', output_index, item}
      if (item.type === 'message') yield* textDeltas(item.id, output_index, reply.pieces)
      yield {type: 'response.output_item.done', output_index, item}
    }
    yield {type: 'response.completed', response}
  },
  error: openaiError,
}

function* textDeltas(item_id, output_index, pieces) {
  const place = {item_id, output_index, content_index: 0}
  const part = {type: 'output_text', text: '', annotations: []}
  yield {type: 'response.content_part.added', ...place, part}
  for (const delta of pieces) yield {type: 'response.output_text.delta', ...place, delta}
}

export const chat = {
  read({messages = [], tools = []}) {
    return {
      text: textOf(partsOf(messages.findLast(({role}) => role === 'user')?.content)),
      isToolResult: messages.at(-1)?.role === 'tool',
      tools: tools.map((tool) => tool.function.name),
    }
  },
  whole({pieces, call}) {
    const message = {role: 'assistant', content: pieces.join(''), ...(call && {tool_calls: [chatCall(call)]})}
    return {
      id: randomUUID(),
      object: 'chat.completion',
      choices: [{index: 0, message, finish_reason: call ? 'tool_calls' : 'stop'}],
    }
  },
  *stream({pieces, call}) {
    const id = randomUUID()
    const chunk = (delta, finish_reason = null) => ({
      id,
      object: 'chat.completion.chunk',
      choices: [{index: 0, delta, finish_reason}],
    })
    for (const content of pieces) yield chunk({role: 'assistant', content})
    if (call) yield chunk({tool_calls: [{index: 0, ...chatCall(call)}]})
    yield chunk({}, call ? 'tool_calls' : 'stop')
    yield '[DONE]'
  },
  error: openaiError,
}

function chatCall({name, input}) {
  return {id: `call_${randomUUID()}`, type: 'function', function: {name, arguments: JSON.stringify(input)}}
}

export const gemini = {
  read({contents = [], tools = [], generationConfig}) {
    const parts = contents.at(-1)?.parts ?? []
    return {
      text: textOf(parts),
      isToolResult: parts.some(({functionResponse}) => functionResponse),
      tools: tools.flatMap(({functionDeclarations = []}) => functionDeclarations.map(({name}) => name)),
      wantsJson: generationConfig?.responseMimeType === 'application/json',
    }
  },
  whole({pieces, call}) {
    const parts = [
      {text: pieces.join('')},
      ...(call ? [{functionCall: {name: call.name, args: call.input}}] : []),
    ]
    return {
      candidates: [{index: 0, content: {role: 'model', parts}, finishReason: 'STOP'}],
      usageMetadata: {promptTokenCount: 9, candidatesTokenCount: 9, totalTokenCount: 18},
    }
  },
  *stream({pieces, call}) {
    const rest = [...pieces]
    const last = rest.pop()
    for (const text of rest) yield {candidates: [{index: 0, content: {role: 'model', parts: [{text}]}}]}
    yield gemini.whole({pieces: [last], call})
  },
  error: (code) => ({
    error: {code, message: refusal(code), status: code === 401 ? 'UNAUTHENTICATED' : 'RESOURCE_EXHAUSTED'},
  }),
}

function openaiError(status) {
  const code = status === 401 ? 'invalid_api_key' : 'rate_limit_exceeded'
  return {error: {message: refusal(status), type: code, code, param: null}}
}

function refusal(status) {
  return status === 401 ? 'The key is not valid.' : 'There were too many requests.'
}

function partsOf(content = []) {
  return typeof content === 'string' ? [{text: content}] : content
}

function textOf(parts) {
  return parts.map(({text}) => text ?? '').join('\n')
}
